"""The problem codes of files that cannot be read, for ``blognet explain``."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code="BN390",
        title="the copy of an approved asset is damaged",
        meaning=(
            "record/assets/ keeps the bytes of every image and attachment that was approved. This copy is missing, "
            "is no base64, or holds other bytes than its name says, so the site cannot be built from it."
        ),
        mend="Take the file from git's history or from another clone, then run `mayor verify`.",
    ),
    CodeEntry(
        code="BN391",
        title="a part of the record cannot be read",
        meaning=(
            "Below record/ lies a link, a pipe, a file that is far too large or one that the system refuses to open. "
            "It may stand where a decision was, so nothing is built until it is gone."
        ),
        mend="Put the plain file back from git's history or from another clone, or remove what never belonged there.",
    ),
    CodeEntry(
        code="BN392",
        title="a file of a theme cannot be read",
        meaning=(
            "A theme holds plain files only, and templates and style sheets are UTF-8. This one is a link, a pipe, "
            "far too large, or not UTF-8; a link could bring files from outside of the network into the site."
        ),
        mend="Put a plain file in its place, or save the template or style sheet as UTF-8.",
    ),
)

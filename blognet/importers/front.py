"""Front matter of foreign files: split off, read, and its values taken as plain texts. Knows no key by name.

A value of the wrong sort never stops an import: it is taken as the nearest sensible text and remarked on.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from blognet.importers import codes
from blognet.importers.values import Remark
from blognet.kernel.problems import Location, Problem, Severity
from blognet.kernel.text import Undecodable, decode_source
from blognet.kernel.yamltext import load_yaml
from blognet.kernel.yamltree import (
    YamlDocument,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    is_empty,
)

_FRONT = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_TABS = re.compile(r"^[ ]*\t[ \t]*|(?<=[:-])[ ]*\t[ \t]*|[ ]*\t[ \t]*$")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\]\([^()\s]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignFile:
    """A file with front matter.

    Attributes:
        front: Its keys and values.
        body: What follows, from `body_line` on, counted from 1.
        remarks: What was repaired to read it.
    """

    front: YamlMapping
    body: str
    body_line: int
    remarks: tuple[Remark, ...] = ()


def read_foreign(path: str, raw: bytes) -> ForeignFile | tuple[Problem, ...]:
    """Read a file with front matter; the problems when that cannot be done, at least one."""
    text = decode_source(raw)
    if isinstance(text, Undecodable):
        where = Location(path=path, line=text.line, column=text.column)
        return (_unreadable(where, f"the file is {text.reason}"),)
    match = _FRONT.match(text)
    if match is None:
        return (
            _unreadable(
                Location(path=path, line=1), "there is no front matter between two lines of '---'"
            ),
        )
    yaml, remarks = _repaired(match["yaml"])
    document = load_yaml(yaml, path=path, first_line=2)
    if not isinstance(document, YamlDocument):
        return tuple(_unreadable(problem.location, problem.message) for problem in document)
    return ForeignFile(
        front=document.root,
        body=text[match.end() :],
        body_line=text.count("\n", 0, match.end()) + 1,
        remarks=remarks,
    )


def text_of(node: YamlNode) -> str:
    """Return a value as one line of text; lists and mappings give ""."""
    return (
        " ".join(node.text.split()) if isinstance(node, YamlScalar) and not is_empty(node) else ""
    )


def texts_of(node: YamlNode) -> tuple[str, ...]:
    """Return a list's texts, empty ones and repetitions left out; a single text is split at commas, else blanks."""
    texts: list[str] = []
    match node:
        case YamlSequence():
            texts = [text_of(item) for item in node.items]
        case YamlScalar():
            text = text_of(node)
            texts = [part.strip() for part in text.split("," if "," in text else None)]
        case YamlMapping():
            pass
    return tuple(dict.fromkeys(text for text in texts if text))


def flag_of(node: YamlNode) -> bool | None:
    """Return true or false; None when it says neither."""
    return node.value if isinstance(node, YamlScalar) and isinstance(node.value, bool) else None


def plain_text(text: str) -> tuple[str, bool]:
    """Return what a reader saw of a text that was put into a page as HTML, and whether marks were taken out."""
    without = _LINK.sub(r"\g<words>", _TAG.sub("", text))
    return " ".join(html.unescape(without).split()), without != text


def _repaired(yaml: str) -> tuple[str, tuple[Remark, ...]]:
    """Put spaces in place of tabs where strict YAML refuses them and Jekyll did not: around a line's text."""
    lines = yaml.split("\n")
    repaired = [
        _TABS.sub(_blanks, line).rstrip(" ") if _TABS.search(line) else line for line in lines
    ]
    remarks = tuple(
        Remark(
            line=number,
            code=codes.FRONT_MATTER_REPAIRED,
            severity=Severity.NOTE,
            message="a tab in the front matter was read as spaces",
        )
        for number, (old, new) in enumerate(zip(lines, repaired, strict=True), start=2)
        if old != new
    )
    return "\n".join(repaired), remarks


def _blanks(tabs: re.Match[str]) -> str:
    return tabs[0].replace("\t", "  ")


def _unreadable(where: Location, message: str) -> Problem:
    return Problem(
        location=where,
        code=codes.FRONT_MATTER_UNREADABLE,
        message=f"{message}, so the file was left out",
        hint="mend the file and import again",
    )

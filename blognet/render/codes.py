"""What the problem codes of this room mean: BN420 to BN429, BN836 and BN884."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

LINK_LEADS_NOWHERE = "BN420"
PICTURE_MISSING = "BN421"
SETTING_LEADS_NOWHERE = "BN836"
MEDIA_MISSING = "BN884"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=LINK_LEADS_NOWHERE,
        title="link leads nowhere",
        meaning=(
            "A text links to an address of this site, or to another post's file, and nothing is published there."
            " Readers who follow it will see the page for wrong addresses."
        ),
        mend="Correct the link; or approve what it points at, if that still waits.",
    ),
    CodeEntry(
        code=PICTURE_MISSING,
        title="picture is not there",
        meaning="A text shows a picture, or names one as its image, that is not among its approved files.",
        mend="Put the file into the bundle beside the text and write its name exactly, capital letters too.",
    ),
    CodeEntry(
        code=SETTING_LEADS_NOWHERE,
        title="setting leads nowhere",
        meaning=(
            "A link under navigation or links in blognet.yml names a path of this site where nothing is published. It"
            " is left out of the pages."
        ),
        mend="Correct the path, or approve the page it names. What another program serves at the same host needs its"
        " whole address, with https://.",
    ),
    CodeEntry(
        code=MEDIA_MISSING,
        title="sound or film is not there",
        meaning="`media` of a text names a file that is not among its approved files. The page and the feeds go"
        " without.",
        mend="Put the file into the bundle beside the text and write its name exactly, capital letters too.",
    ),
)

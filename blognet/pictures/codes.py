"""What the problem codes of this room mean: BN801 to BN829."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

TOO_MANY_PIXELS = "BN801"
TOO_MANY_FRAMES = "BN802"
DAMAGED = "BN803"
TWO_FILES = "BN804"
NOT_SHOWN = "BN805"
CARD_WITHOUT_TITLE = "BN806"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=TOO_MANY_PIXELS,
        title="picture with too many pixels",
        meaning=(
            "A small file can say that it holds billions of pixels, and a program that believes it runs out of memory."
            " Pictures have at most 80 million pixels, and no side longer than 30,000."
        ),
        mend="Scale the picture down; 4,000 pixels on its longer side are plenty.",
    ),
    CodeEntry(
        code=TOO_MANY_FRAMES,
        title="animation that is too long",
        meaning=(
            "An animated picture has at most 500 frames, and all of them together at most 100 million pixels: each"
            " reader would have to load and play it."
        ),
        mend="Make a short film of it (.mp4 or .webm), or keep fewer or smaller frames.",
    ),
    CodeEntry(
        code=DAMAGED,
        title="damaged picture",
        meaning=(
            "The file begins as a picture does, but a part of it is missing or wrong: often a download or a copy that"
            " was interrupted."
        ),
        mend="Copy or export the picture again.",
    ),
    CodeEntry(
        code=TWO_FILES,
        title="another file behind the picture",
        meaning=(
            "Where the picture ends, the file goes on with something else: a file that is a picture to one program and"
            " an archive or a page to another. What cameras add to a photograph is accepted."
        ),
        mend="Open the picture and export it anew.",
    ),
    CodeEntry(
        code=NOT_SHOWN,
        title="picture is left out",
        meaning="An approved picture cannot be decoded, so readers get its alternative text in its place.",
        mend="Export the picture anew and have that version approved.",
    ),
    CodeEntry(
        code=CARD_WITHOUT_TITLE,
        title="social card without a title",
        meaning=(
            "The fonts that come with blognet write Latin, Greek, Cyrillic, Arabic, Armenian, Bengali, Devanagari,"
            " Georgian, Hebrew, Tamil and Thai; the last scripts but for Armenian and Georgian need the library"
            " FriBiDi on the machine. A title in another script is left out of the card, rather than drawn as boxes."
        ),
        mend="Put a font file into the network, and its path under `social_cards: fonts:` in blognet.yml.",
    ),
)

"""What the problem codes of this room mean: BN450 to BN469, BN861 to BN869 and BN873 to BN879."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

ELEMENT_REMOVED = "BN450"
ADDRESS_REMOVED = "BN451"
TOO_DEEP = "BN452"
TOO_LARGE = "BN453"
FRAGMENT_MISSING = "BN454"
ALT_MISSING = "BN455"
CODE_ATTRIBUTE = "BN873"
CODE_LINES = "BN874"
BOX_UNKNOWN = "BN875"
BOX_OPEN = "BN876"
FORMULA = "BN861"
DIAGRAM = "BN862"
DIAGRAMS_OFF = "BN863"
FORMULAS_OFF = "BN864"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=ELEMENT_REMOVED,
        title="HTML element left out",
        meaning=(
            "The text holds an HTML element that could run code, load a page of someone else's, or imitate the site."
            " The page is built without it."
        ),
        mend="Write it in Markdown, or link to the thing instead. Allowed elements are listed in the posts' format.",
    ),
    CodeEntry(
        code=ADDRESS_REMOVED,
        title="unsafe address left out",
        meaning="A link or an image has an address that is neither relative nor http, https, mailto or tel.",
        mend="Use a plain web address; put an image beside the post and name its file.",
    ),
    CodeEntry(
        code=TOO_DEEP,
        title="nested too deeply",
        meaning="Lists, quotations, emphasis or HTML elements nest deeper than any reader can follow.",
        mend="Flatten the text at this place. An HTML element that was never closed is a common cause.",
    ),
    CodeEntry(
        code=TOO_LARGE,
        title="too large for Markdown",
        meaning=(
            "One paragraph is so long that its markup is not read, and it is shown as plain text;"
            " or the whole text is so long that its end is left out."
        ),
        mend="Split it with blank lines, or put the large part beside the post as a file.",
    ),
    CodeEntry(
        code=FRAGMENT_MISSING,
        title="link to a place that is not in the text",
        meaning="A link such as #details points at no heading and no id of this text.",
        mend="Compare it with the heading: its id is the heading in lower case with hyphens.",
    ),
    CodeEntry(
        code=ALT_MISSING,
        title="image without alternative text",
        meaning="An HTML image says nothing to people who cannot see it.",
        mend='Add alt="what it shows", or alt="" when it is decoration.',
    ),
    CodeEntry(
        code=CODE_ATTRIBUTE,
        title="unknown word behind a fence",
        meaning="Behind the fence of a listing stands something that is no language, title, line number or numbering.",
        mend='Known are title="app.py", hl_lines="1 3-4" and linenums="1", each after the language.',
    ),
    CodeEntry(
        code=CODE_LINES,
        title="lines that the listing does not have",
        meaning="A listing is to mark lines, but what names them is no number of a line of it.",
        mend='Count from 1, whatever number the first line shows: hl_lines="1 3-4".',
    ),
    CodeEntry(
        code=BOX_UNKNOWN,
        title="unknown kind of box",
        meaning="A box such as '!!! note' or '::: note' has a kind that is not known. What is in it is shown.",
        mend="Known are note, tip, important, warning and caution, and other names such as info, hint or danger.",
    ),
    CodeEntry(
        code=BOX_OPEN,
        title="box without a beginning or an end",
        meaning="A box that begins with ':::' is never closed, or nothing is indented below '!!!' or '???'.",
        mend="Close ':::' with a line ':::'; indent what belongs to '!!!' by four blanks.",
    ),
    CodeEntry(
        code=FORMULA,
        title="formula that cannot be shown",
        meaning=(
            "A formula is not TeX that can be read, or asks for something that pages do not offer: colours, links,"
            " definitions. Readers would see what was written between the dollars."
        ),
        mend="Mend it at the place that is underlined. A dollar that is meant as one is written \\$.",
    ),
    CodeEntry(
        code=DIAGRAM,
        title="diagram that cannot be drawn",
        meaning=(
            "A fence of the language dot has no words for people who cannot see it, is no diagram that Graphviz can"
            " read, or takes too long to draw. Readers would see its source."
        ),
        mend='Mend the line that is named, or say what it shows: a fence that begins with ```dot alt="…".',
    ),
    CodeEntry(
        code=DIAGRAMS_OFF,
        title="diagram in a network without diagrams",
        meaning="A fence of the language dot has words about what it shows, and the network draws no diagrams.",
        mend="A mayor writes markdown: {diagrams: true} into blognet.yml, where the extra is installed:"
        " pip install 'blognet[diagrams]'.",
    ),
    CodeEntry(
        code=FORMULAS_OFF,
        title="formula in a network without formulas",
        meaning="A fence of the language math stands in a text, and the network shows no formulas: it is a listing.",
        mend="A mayor writes markdown: {math: true} into blognet.yml.",
    ),
)

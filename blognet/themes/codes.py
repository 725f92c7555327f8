"""The problem codes of themes: BN480 to BN489."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

NO_TEMPLATE = "BN480"
BAD_SYNTAX = "BN481"
FAILED = "BN482"
NOT_A_COLOUR = "BN483"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=NO_TEMPLATE,
        title="no such template",
        meaning="A template was asked for, by the build or by another template, that neither the network's theme nor "
        "the built-in one has.",
        mend="Correct the name, or add the file to themes/NAME/templates/.",
    ),
    CodeEntry(
        code=BAD_SYNTAX,
        title="template cannot be read",
        meaning="A template of the theme is not valid Jinja, or uses a filter or tag that themes do not have. The site "
        "is not built; what was built before stays.",
        mend="Correct the line; docs/themes.md lists the filters. To get the built-in page back, delete the override.",
    ),
    CodeEntry(
        code=FAILED,
        title="template failed",
        meaning="A template was running when it used a value that is not there, an address that may not be linked, or "
        "something that themes may not touch.",
        mend="Correct the line; docs/themes.md lists what each template is given.",
    ),
    CodeEntry(
        code=NOT_A_COLOUR,
        title="not a colour",
        meaning="The theme's accent has to be a colour in hex.",
        mend='Write it as #rrggbb, e.g. accent: "#1f45c4".',
    ),
)

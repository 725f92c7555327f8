"""The catalogues of the built-in theme, written anew from the English words: `make strings`.

Each keeps its translations; what is new in English stands there empty, what English no longer has is gone, and where
the English was changed the old translation is marked as fuzzy. `test_catalogues.py` says whether they are current.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from blognet.themes.strings import ENGLISH, NOTES

LOCALES = Path(__file__).parents[1] / "themes" / "default" / "locales"
TEMPLATE = LOCALES / "default.pot"
_ABOUT = """\
The words of blognet's built-in theme.
msgctxt is the key that templates ask for. Words in braces, such as {name}, are
filled in; keep them as they are. docs/languages.md says more."""
_LEFT_OUT = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Report-Msgid",
    "Language-Team",
    "Generated-By",
)
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def template() -> Catalog:
    """Return the English words as a catalogue without translations."""
    catalog = _named(Catalog())
    for key in sorted(ENGLISH):
        forms = ENGLISH[key]
        catalog.add(
            forms if len(forms) > 1 else forms[0],
            context=key,
            auto_comments=[NOTES[key]] if key in NOTES else [],
        )
    return catalog


def current(text: str) -> str:
    """Return a catalogue as it should be."""
    catalog = _named(read_po(StringIO(text), abort_invalid=True))
    catalog.update(template(), no_fuzzy_matching=True)
    by_key = {message.context: message for message in read_po(StringIO(text)) if message.context}
    for message in catalog:
        old = by_key.get(message.context or "")
        if old is not None and not message.string and old.id != message.id:
            message.string = old.string
            message.flags.add("fuzzy")
    catalog.obsolete.clear()
    return written(catalog)


def written(catalog: Catalog) -> str:
    """Return a catalogue as text, without what differs from day to day."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, sort_output=False, ignore_obsolete=True)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(tuple(f'"{name}' for name in _LEFT_OUT))
    )


def _named(catalog: Catalog) -> Catalog:
    catalog.project, catalog.version = "blognet", "1"
    catalog.creation_date = catalog.revision_date = _SOME_DAY
    catalog.fuzzy = False
    catalog.header_comment = "\n".join(f"# {line}" for line in _ABOUT.splitlines())
    return catalog


def update() -> None:
    """Write every catalogue anew."""
    TEMPLATE.write_text(written(template()), "utf-8")
    for path in sorted(LOCALES.glob("*.po")):
        path.write_text(current(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    update()

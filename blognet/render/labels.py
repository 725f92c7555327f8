"""The words that stand inside texts (alerts, footnotes, media elsewhere), in the language of the text.

`blognet.markup` has them in English; a language that is not here falls back to that.
"""

from __future__ import annotations

from blognet.markup import Labels

_GERMAN = Labels(
    note="Hinweis",
    tip="Tipp",
    important="Wichtig",
    warning="Warnung",
    caution="Vorsicht",
    anchor="Link zu diesem Abschnitt: {title}",
    footnotes="Fußnoten",
    footnote_back="Zurück zum Text von Fußnote {number}",
    table="Tabelle",
    code="Code",
    task_open="Offen",
    task_done="Erledigt",
    image="Bild auf {host}",
    media="Medien auf {host}",
    frame="Eingebettete Seite auf {host}",
    elsewhere="{text} ({host})",
)


def labels_in(tag: str) -> Labels:
    """Return the words for texts in a language; its region does not matter."""
    return _GERMAN if tag.partition("-")[0] == "de" else Labels()

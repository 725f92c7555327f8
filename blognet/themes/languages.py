"""Languages as tags. Answers: which way is it written, what do its speakers call it, which of these tags is nearest?

A tag is one of BCP 47 (``de``, ``pt-BR``, ``zh-Hans``). What a tag leaves out, its script above all, is filled in from
CLDR's likely subtags, https://www.unicode.org/reports/tr35/#Likely_Subtags.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from blognet.themes.dates import locale_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_RIGHT_TO_LEFT = frozenset(
    "Adlm Arab Armi Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split()
)  # the scripts of languages of today that run from right to left
_SCRIPT_LETTERS = 4


def direction_of(tag: str) -> str:
    """Return in which direction a language is written: ``ltr`` or ``rtl``."""
    return "rtl" if _parts(tag)[1] in _RIGHT_TO_LEFT else "ltr"


def language_name(tag: str) -> str:
    """Return what speakers of a language call it; the tag when it is unknown."""
    locale = locale_of(tag)
    if locale.language != tag.partition("-")[0]:
        return tag
    name = locale.get_display_name() or tag
    return name[:1].upper() + name[1:]


def locale_in_open_graph(tag: str) -> str:
    """Return a language with its region, as Open Graph writes it (``de_DE``); the likely region where none is said."""
    language, _, region = _parts(tag)
    return f"{language}_{region}" if region else language


def nearest_tag(wanted: str, known: Iterable[str]) -> str | None:
    """Return the known tag whose words speakers of a language can read; None when there is none.

    The same language in the same script will do: ``pt-PT`` takes ``pt-BR``, while ``zh-TW``, which is written in
    traditional characters, does not take ``zh-Hans``. Of several the same tag is best, then the same region.
    """
    language, script, region = _parts(wanted)
    fitting = [tag for tag in known if _parts(tag)[:2] == (language, script)]
    return min(
        fitting,
        key=lambda tag: (tag.casefold() != wanted.casefold(), _parts(tag)[2] != region, tag),
        default=None,
    )


@cache
def _parts(tag: str) -> tuple[str, str, str]:
    """Return language, script and region of a tag, the likely ones where it leaves them out; "" when unknown."""
    language, script, region = _written(tag)
    for key in (f"{language}_{script}", f"{language}_{region}", language):
        likely = _written(_likely(key).replace("_", "-")) if not key.endswith("_") else ("", "", "")
        script, region = script or likely[1], region or likely[2]
    return language, script, region


def _written(tag: str) -> tuple[str, str, str]:
    language, *rest = tag.split("-")
    script = next((part for part in rest if len(part) == _SCRIPT_LETTERS and part.isalpha()), "")
    region = next((part for part in rest if len(part) in {2, 3} and part != script), "")
    return language.lower(), script.title(), region.upper()


def _likely(key: str) -> str:
    from babel.core import get_global  # noqa: PLC0415  # lazily: commands that write no page do not pay

    found: str = get_global("likely_subtags").get(key, "")
    return found

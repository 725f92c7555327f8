"""Catalogues of words: a gettext ``.po`` as text goes in, words by key come out. Knows no file and no page.

The format is gettext's, https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html: `msgctxt` is the key that
templates ask for, `msgid` is the English, `msgstr` the words. The rules kept here: a catalogue that is checked fills
the same places as the English, has a form for each grammatical number of its language, and names no key that nobody
asks for. A fuzzy or empty entry counts as not translated.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from io import StringIO
from string import Formatter
from typing import TYPE_CHECKING

from blognet.kernel.nearest import did_you_mean
from blognet.kernel.problems import Location, Problem
from blognet.kernel.yamltree import shortened
from blognet.themes import codes
from blognet.themes.dates import locale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from babel.messages.catalog import Catalog, Message

SUFFIX = ".po"
FALLBACK = "en"
"""The language whose words are always there."""
_COUNTS_TRIED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The words of one language.

    Attributes:
        forms: By key: the words, or a form for each grammatical number in the order of `plural`.
        originals: By key: the English that was translated, one form or two.
        plural: The rule of the header that gives the place of a number's form, as C writes it.
    """

    forms: Mapping[str, tuple[str, ...]]
    originals: Mapping[str, tuple[str, ...]]
    plural: str

    def form_of(self, key: str, count: int) -> str:
        """Return the form of a key that fits a number.

        Raises:
            KeyError: The key has no words here.
        """
        forms = self.forms[key]
        return forms[min(_rule(self.plural)(count), len(forms) - 1)]


def tag_of(name: str) -> str:
    """Return the language tag that a catalogue's file name means: ``pt_BR.po`` is ``pt-BR``."""
    return name.removesuffix(SUFFIX).replace("_", "-")


@cache
def catalogue_in(text: str, tag: str) -> Catalogue:
    """Read a catalogue that has no problems; a text is read once in the life of a process."""
    read = _read(text, tag)
    assert not isinstance(read, _Unreadable), read.reason  # noqa: S101  # refused when the theme was read
    forms = {
        message.context: _texts(message.string)
        for message in read
        if message.context and _is_translated(message)
    }
    originals = {message.context: _texts(message.id) for message in read if message.context}
    return Catalogue(forms=forms, originals=originals, plural=read.plural_expr)


def catalogue_problems(
    text: str, tag: str, *, path: str, english: Mapping[str, tuple[str, ...]]
) -> tuple[Problem, ...]:
    """Return everything that is wrong with a catalogue, sorted.

    Args:
        text: The catalogue, LF line ends only.
        tag: Its language.
        path: As shown in problems.
        english: By key: the words that places are compared with. An English catalogue may add keys to these.
    """
    read = _read(text, tag)
    if isinstance(read, _Unreadable):
        place = Location(path=path, line=read.line)
        message = f"not a catalogue of words: {read.reason}"
        hint = "correct the line, or write the file with a program for gettext catalogues"
        return (
            Problem(location=place, code=codes.CATALOGUE_UNREADABLE, message=message, hint=hint),
        )
    own_words = is_english(tag)
    found = [
        problem
        for message in read
        if message.id
        for problem in _faults(message, path, english, count=read.num_plurals, adds=own_words)
    ]
    return tuple(sorted(found))


def is_english(tag: str) -> bool:
    """Whether a catalogue of this tag holds the words that others are compared with and fall back to."""
    return tag.casefold() == FALLBACK


def places_in(words: str) -> frozenset[str]:
    """Return the names of the places for values.

    Raises:
        ValueError: A brace has no partner, or a place is no plain name.
    """
    names = [(name, spec, kind) for _, name, spec, kind in Formatter().parse(words)]
    if any(
        name is not None and (not name.isidentifier() or spec or kind) for name, spec, kind in names
    ):
        message = "a place is written {name}"
        raise ValueError(message)
    return frozenset(name for name, _, _ in names if name is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unreadable:
    reason: str
    line: int


@cache
def _read(text: str, tag: str) -> Catalog | _Unreadable:
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415  # lazily: pages alone need words

    try:
        catalog = read_po(StringIO(text), locale=locale_of(tag), abort_invalid=True)
        rule = _rule(catalog.plural_expr)
        if not {rule(count) for count in range(_COUNTS_TRIED)} <= set(range(catalog.num_plurals)):
            return _Unreadable(reason="Plural-Forms gives a form beyond nplurals", line=1)
    except PoFileError as error:
        return _Unreadable(reason=str(error).partition(" on ")[0], line=error.lineno + 1)
    except (ValueError, TypeError, LookupError, ArithmeticError) as error:
        return _Unreadable(reason=f"{error}" or "something is missing", line=1)
    return catalog


@cache
def _rule(expression: str) -> Callable[[int], int]:
    return gettext.c2py(expression)


def _texts(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _is_translated(message: Message) -> bool:
    return not message.fuzzy and all(_texts(message.string))


def _faults(
    message: Message,
    path: str,
    english: Mapping[str, tuple[str, ...]],
    *,
    count: int,
    adds: bool,
) -> Iterator[Problem]:
    """Yield what is wrong with one entry of a catalogue with `count` forms."""
    place = Location(path=path, line=message.lineno or 0)
    key = message.context or ""
    model = english.get(key, _texts(message.id) if adds and key else ())
    if not model:
        yield Problem(
            location=place,
            code=codes.NO_SUCH_WORDS,
            message=f"no words have the key '{shortened(key)}'"
            if key
            else "the entry has no msgctxt",
            hint=did_you_mean(key, english)
            or "copy the entry from themes/default/locales/default.pot",
        )
        return
    forms = tuple(filter(None, _texts(message.string)))
    if message.fuzzy or not forms:
        return
    wanted = count if len(model) > 1 else 1
    if len(forms) != wanted:
        yield Problem(
            location=place,
            code=codes.WRONG_FORMS,
            message=f"'{key}' has {_forms(len(forms))}, expected {_forms(wanted)}",
            hint="take msgid_plural and msgstr[0], msgstr[1] … from default.pot"
            if wanted > len(forms)
            else "write msgid and msgstr alone",
        )
    for form in forms:
        if fault := _misplaced(form, model):
            yield Problem(
                location=place,
                code=codes.WRONG_PLACES,
                message=f"'{key}': {fault[0]}",
                hint=fault[1],
            )


def _forms(number: int) -> str:
    return f"{number} forms" if number != 1 else "1 form"


def _misplaced(form: str, model: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what is wrong with the places of a form, and what to write; None when all is well.

    A form for a single number may leave ``{count}`` out: "one post".
    """
    needed = places_in(model[-1])
    try:
        found = places_in(form)
    except ValueError:
        return "a brace stands alone", "write each place as in the msgid, such as {name}"
    spare = frozenset({"count"}) if len(model) > 1 else frozenset()
    if surplus := sorted(found - needed):
        return f"there is no value for {{{surplus[0]}}}", did_you_mean(
            surplus[0], needed
        ) or "leave it out"
    if missing := sorted(needed - found - spare):
        return f"{{{missing[0]}}} is missing", "put it where the value belongs"
    return None

"""Suggestions. Answers: which known word did the person probably mean? Knows nothing about the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# The comparison takes time in the product of both lengths; nobody mistypes a word longer than this by a letter.
_MAX_WORD = 60
_SIMILAR = 0.7


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that looks most like this one in any case of letters, or ""."""
    if not 0 < len(word) <= _MAX_WORD:
        return ""
    by_folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    if word.casefold() in by_folded:
        return by_folded[word.casefold()]
    from difflib import get_close_matches  # noqa: PLC0415  # words are mistyped seldom

    found = get_close_matches(word.casefold(), by_folded, n=1, cutoff=_SIMILAR)
    return by_folded[found[0]] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'tags'?``, or "" when nothing resembles the word."""
    found = nearest(word, known)
    return f"did you mean '{found}'?" if found else ""

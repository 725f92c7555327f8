"""Views whose number of posts is looked up when a template asks for it. Knows no lists.

A page that does not show how many posts there are need not change when there is one more; so nothing is counted before
somebody asks. These kinds are not among `blognet.themes.fields.VIEWS`: what a macro says of one is never kept for
another page, which would then not know what it depends on.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from blognet.themes.parts import AuthorView, TermView

if TYPE_CHECKING:
    from collections.abc import Callable

_COUNT = "count"


class _CountedTerm(TermView):
    """A term that is counted when asked."""

    __slots__ = ("_ask",)
    _ask: Callable[[], int]


class _CountedAuthor(AuthorView):
    """An author whose posts are counted when asked."""

    __slots__ = ("_ask",)
    _ask: Callable[[], int]


def _asked(view: _CountedTerm | _CountedAuthor) -> int:
    return view._ask()  # noqa: SLF001  # a part of those classes


for _kind in (_CountedTerm, _CountedAuthor):
    setattr(_kind, _COUNT, property(_asked))


def counted_term(term: TermView, ask: Callable[[], int]) -> TermView:
    """Return a term whose `count` is what `ask` gives whenever it is read."""
    counted = object.__new__(_CountedTerm)
    _fill(counted, term, ask)
    return counted


def counted_author(author: AuthorView, ask: Callable[[], int]) -> AuthorView:
    """Return an author whose `count` is what `ask` gives whenever it is read."""
    counted = object.__new__(_CountedAuthor)
    _fill(counted, author, ask)
    return counted


def _fill(counted: object, view: TermView | AuthorView, ask: Callable[[], int]) -> None:
    for each in fields(view):
        if each.name != _COUNT:
            object.__setattr__(counted, each.name, getattr(view, each.name))
    object.__setattr__(counted, "_ask", ask)

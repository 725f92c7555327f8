"""The style sheet of posts and plain pages: the theme's own without what these pages have no use for.

Most readers come to one post and see no other page, so a post brings only what it needs, in one sheet. Which classes
the other pages have to themselves is read off the templates; what no template names, as the classes of texts, stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blognet.themes.faults import TEMPLATE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blognet.themes.environment import Renderer

ARTICLES = ("post.html", "page.html")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_WORD = re.compile(r"(?<![.\w-])[\w-]+")
_CLASS = re.compile(r"\bclass\s*=")
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r"""\"[^\"]*\"|'[^']*'""")
_OF_CLASSES = re.compile(r"""class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\}|\{)*)\"""")


def classes_elsewhere(renderer: Renderer) -> frozenset[str]:
    """Return the classes that templates give to elements, but never to one of a post or a plain page.

    A class counts as used where its name stands in a class or in a quoted word of an expression of a template behind
    these pages. Where a theme names templates by expressions, so that any could be behind them, there are none.
    """
    of_articles, of_all = _behind(renderer, ARTICLES), _behind(renderer, TEMPLATE_NAMES)
    if of_articles is None or of_all is None:
        return frozenset()
    used = {word for name in of_articles for word in _words_for_classes(_source(renderer, name))}
    given = (_OF_CLASSES.findall(_source(renderer, name)) for name in of_all)
    words = {word for found in given for said in found for word in _WORD.findall(said)}
    return frozenset(words - used)


def _words_for_classes(source: str) -> Iterator[str]:
    """Give the words of a template that may be classes; where it writes them in an unusual way, all of its words."""
    found = _OF_CLASSES.findall(source)
    if len(found) != len(_CLASS.findall(source)):
        yield from _WORD.findall(source)
    for said in found:
        yield from _WORD.findall(said)
    for code in _CODE.findall(source):
        for quoted in _QUOTED.findall(code):
            yield from _WORD.findall(quoted)


def _behind(renderer: Renderer, names: Iterable[str]) -> frozenset[str] | None:
    found: set[str] = set()
    for name in names:
        behind = renderer.templates_behind(name)
        if behind is None:
            return None
        found.update(behind)
    return frozenset(found)


def _source(renderer: Renderer, name: str) -> str:
    return _COMMENT.sub("", renderer.load(name) or "")

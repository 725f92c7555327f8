"""Both parsers under one name: a test that asks for `render` runs once with each."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from blognet.markup import Document, MarkupOptions, Parser, render_markdown

DEFAULT = MarkupOptions()


class Render(Protocol):
    """What `render_markdown` is, with the parser chosen."""

    def __call__(
        self, text: str, *, prefix: str = "", options: MarkupOptions = DEFAULT
    ) -> Document: ...


def renderer(parser: Parser) -> Render:
    """Return `render_markdown` with a parser."""

    def render(text: str, *, prefix: str = "", options: MarkupOptions = DEFAULT) -> Document:
        return render_markdown(text, prefix=prefix, options=replace(options, parser=parser))

    return render

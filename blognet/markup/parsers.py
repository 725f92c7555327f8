"""The two Markdown parsers behind one door. Answers: which there are, whether one can be used, and what it writes.

Which one reads a network's texts is a setting, so an input of the build: what is installed never decides it. A parser
is imported when it is first needed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blognet.kernel.errors import ConfigError
from blognet.markup import allow, codes
from blognet.markup.boxes import with_boxes
from blognet.markup.formulas import blocks
from blognet.markup.source_lines import LineNumbers
from blognet.markup.values import Parser

if TYPE_CHECKING:
    from blognet.markup.raw import RawHtml

_PACKAGES = {
    Parser.MARKDOWN_IT: ("markdown-it-py", "mdit-py-plugins"),
    Parser.PYROMARK: ("pyromark",),
}

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_BETWEEN_TAGS = re.compile(r"(?:^|(?<=>))[^<]+")


def write_markdown(
    text: str, raw: RawHtml, *, parser: Parser, first_line: int = 1, math: bool = False
) -> str:
    """Return the HTML of a Markdown text, to be sanitised; problems are added to `raw`.

    Args:
        text: The source; only LF ends a line.
        raw: A fresh one for each text.
        parser: Which parser reads it.
        first_line: Line of the source on which the text begins.
        math: Whether dollars enclose formulas.

    Raises:
        ConfigError: The parser is not installed.
    """
    if len(text) > allow.MAX_TEXT:
        cut = text.rfind("\n", 0, allow.MAX_TEXT) + 1 or allow.MAX_TEXT
        line = first_line + text.count("\n", 0, cut)
        message = f"the text is longer than {allow.MAX_TEXT} characters and was cut here"
        raw.report(codes.TOO_LARGE, line, message)
        text = text[:cut]
    text, fence = blocks.fenced(text) if math else (text, "")
    boxed = with_boxes(text, raw, first_line)
    lines = LineNumbers(first=first_line, moved=boxed.moved)
    html = _write(boxed.text, raw, lines, parser=parser, math=math)
    return blocks.unfenced(html, fence)


def _write(text: str, raw: RawHtml, lines: LineNumbers, *, parser: Parser, math: bool) -> str:
    if parser is Parser.PYROMARK:
        try:
            from blognet.markup import pull  # noqa: PLC0415 - it may not be installed
        except ModuleNotFoundError as error:
            raise _missing(parser) from error
        return _readable(pull.write_markdown(text, raw, lines, math=math))
    from blognet.markup import parse  # noqa: PLC0415 - whoever chose the other need not wait for it

    return parse.write_markdown(text, raw, lines, math=math)


def _readable(html: str) -> str:
    """Put the sign for what nobody can read where text holds what entities of control characters stand for.

    The other parser does so by itself.
    """
    if not _CONTROLS.search(html):
        return html
    return _BETWEEN_TAGS.sub(lambda text: _CONTROLS.sub("\ufffd", text[0]), html)


def parser_versions(parser: Parser) -> tuple[str, ...]:
    """Return what the bytes of a text depend on beside the text: ``markdown-it-py 4.2.0`` and the like.

    Raises:
        ConfigError: The parser is not installed.
    """
    from importlib import metadata  # noqa: PLC0415  # it reads mail, for the doctor alone

    try:
        return tuple(f"{name} {metadata.version(name)}" for name in _PACKAGES[parser])
    except metadata.PackageNotFoundError as error:
        raise _missing(parser) from error


def _missing(parser: Parser) -> ConfigError:
    message = f"blognet.yml chooses the Markdown parser '{parser}', which is not installed here"
    hint = "pip install 'blognet[fast]'; without it, another parser would make another site"
    return ConfigError(message, hint=hint)

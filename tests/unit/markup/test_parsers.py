"""Which parser reads a text is an option, and never a matter of what is installed."""

from __future__ import annotations

import sys

import pytest

from blognet.config import settings
from blognet.kernel.errors import ConfigError
from blognet.markup import MarkupOptions, Parser, parser_versions, render_markdown


def test_the_setting_and_markup_know_the_same_parsers() -> None:
    assert tuple(parser.value for parser in Parser) == settings.PARSERS


@pytest.mark.parametrize("parser", Parser, ids=str)
def test_a_parser_says_which_releases_its_bytes_depend_on(parser: Parser) -> None:
    for version in parser_versions(parser):
        name, _, number = version.partition(" ")
        assert name
        assert number[0].isdigit()


def test_a_parser_that_is_missing_is_an_error_that_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyromark", None)
    for name in ("pull", "pulled"):
        monkeypatch.delitem(sys.modules, f"blognet.markup.{name}", raising=False)
    monkeypatch.delattr("blognet.markup.pull", raising=False)
    with pytest.raises(ConfigError) as caught:
        render_markdown("x", options=MarkupOptions(parser=Parser.PYROMARK))
    assert "pip install 'blognet[fast]'" in caught.value.hint
    assert render_markdown("x").html == "<p>x</p>\n"

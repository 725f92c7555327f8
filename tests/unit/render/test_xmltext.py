"""No sign that XML forbids reaches a document, whatever else the text holds."""

from __future__ import annotations

import pytest

from blognet.render.xmltext import allowed


@pytest.mark.parametrize("other", ["", "\u00e4"], ids=["ascii", "more"])
def test_control_signs_but_blanks_are_left_out(other: str) -> None:
    text = "".join(map(chr, range(0x80))) + other
    kept = [sign for sign in text if sign in "\t\n\r" or sign >= " "]
    assert allowed(text) == "".join(kept)


def test_surrogates_and_signs_that_are_none_are_left_out() -> None:
    assert allowed("a\ud800\udfff\ufffe\uffffb\U0001f514") == "ab\U0001f514"

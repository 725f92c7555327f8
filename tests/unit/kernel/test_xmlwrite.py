"""Text in XML is written as the standard library writes it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.xmlwrite import attribute, escaped

TEXTS = st.text(st.sampled_from("&<>\"' \n\r\tab;ü") | st.characters(codec="utf-8"))


@given(TEXTS)
def test_text_in_xml_is_the_librarys(text: str) -> None:
    assert (escaped(text), attribute(text)) == (escape(text), quoteattr(text))

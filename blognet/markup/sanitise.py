"""The sanitiser: the one gate between outside text and the site. Answers: HTML that can do nothing but be read.

It trusts nobody, `raw` neither: nh3 (a browser-grade parser) reads the text, drops what `allow` does not name, and
writes it anew. After it only our own passes touch the HTML. The rule it keeps: what comes out is a fixed point,
so a browser that parses it again finds the same tree; text that keeps changing is shown as text instead.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

import nh3

from blognet.markup import allow

_ROUNDS = 5
_AFTER_PRE = re.compile(r"(<pre(?: [^>]*)?>)\n+")


def sanitise(html: str) -> str:
    """Return HTML with nothing but allowed elements, attributes, classes and addresses. Idempotent.

    Attributes named `allow.OWN_MARK` and `allow.OWN_LINE` pass; `dress` takes them away.
    """
    for _ in range(_ROUNDS):
        clean = _clean(html)
        if clean == html:
            return clean
        html = clean
    return _clean(escape(html, quote=False))


def _clean(html: str) -> str:
    # A parser drops the line end that follows <pre>, the next parser the one after it: drop them all at once.
    return _AFTER_PRE.sub(r"\1", _cleaner().clean(html))


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {name: set(names) for name, names in allow.ATTRIBUTES.items()}
    attributes["*"] = {*allow.GENERIC_ATTRIBUTES, allow.OWN_MARK, allow.OWN_LINE}
    return nh3.Cleaner(
        tags=set(allow.ELEMENTS),
        clean_content_tags=set(allow.SWALLOWED),
        attributes=attributes,
        attribute_filter=_filtered,
        allowed_classes={name: set(allow.CLASSES) for name in allow.ELEMENTS},
        url_schemes=set(allow.SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def _filtered(_element: str, attribute: str, value: str) -> str | None:
    """Refuse the addresses that the parser does not know as addresses."""
    if attribute == "srcset":
        return value if allow.is_safe_srcset(value) else None
    if attribute in allow.ADDRESSES:
        return value if allow.is_safe_address(value) else None
    return value

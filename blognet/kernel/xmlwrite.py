"""Text as it stands in XML, https://www.w3.org/TR/xml/#syntax. Knows no elements.

The standard library's functions for it come with what opens addresses, sockets and ciphers.
"""

from __future__ import annotations


def escaped(text: str) -> str:
    """Return a text as it stands in an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """Return the value of an attribute in its quotes, which are single where it holds double ones alone."""
    safe = escaped(value).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    if '"' not in safe:
        return f'"{safe}"'
    return f"'{safe}'" if "'" not in safe else '"' + safe.replace('"', "&quot;") + '"'

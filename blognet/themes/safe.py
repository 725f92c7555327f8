"""Where text becomes trusted HTML: the only module that makes `Markup`. Cleans no HTML itself.

Templates escape everything else. Only HTML that left the sanitiser of ``blognet.markup``, what our own trusted code
wrapped around it, and JSON whose every dangerous sign is escaped here may come through.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_SIGNS = re.compile("[<>&\u2028\u2029]")
"""What could end a block of data early, or begin something inside it."""


def trusted_html(html: str) -> Markup:
    """Mark HTML that was sanitised, so that templates write it as it is.

    Args:
        html: Markup that came out of the sanitiser. Anything else makes the site unsafe to read.
    """
    return Markup(html)  # noqa: S704  # the one place, for sanitised HTML alone


def data_block(json: str) -> Markup:
    """Mark JSON for a block of data in a page, so that no text in it can end the block or begin another.

    https://html.spec.whatwg.org/multipage/scripting.html#data-block

    Args:
        json: The text of a JSON value. Outside its strings the escaped signs do not occur, inside they mean the same.
    """
    return Markup(_SIGNS.sub(_as_json_escape, json))  # noqa: S704  # nothing is left that HTML reads


def _as_json_escape(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"

"""MathML as it stands on our pages, written from a tree. Answers: the elements, or why there are none.

Nothing is let through that the tables here do not name with the values that they name: what math_core writes today is
known, what it may write tomorrow is not. A strict Content-Security-Policy knows no ``style``, so what math_core says
there becomes a class (``m-…``) that themes know; what cannot become one is refused by name.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blognet.markup.tree import Element

_FLAG = re.compile(r"true|false")
_LENGTH = re.compile(r"-?\d{1,2}(?:\.\d{1,8})?(?:em|ex|pt|px|mm|cm|in|pc)|0")
_ATTRIBUTES: dict[str, dict[str, re.Pattern[str]]] = {
    "mrow": {},
    "mi": {"mathvariant": re.compile("normal")},
    "mn": {},
    "mo": {
        "stretchy": _FLAG, "movablelimits": _FLAG, "symmetric": _FLAG, "largeop": _FLAG, "fence": _FLAG,
        "separator": _FLAG, "form": re.compile("prefix|infix|postfix"),
        "lspace": _LENGTH, "rspace": _LENGTH, "minsize": _LENGTH, "maxsize": _LENGTH,
    },
    "mtext": {},
    "mspace": {"width": _LENGTH, "height": _LENGTH, "depth": _LENGTH},
    "mfrac": {"linethickness": _LENGTH},
    "msqrt": {}, "mroot": {}, "msub": {}, "msup": {}, "msubsup": {}, "mmultiscripts": {}, "mprescripts": {},
    "mphantom": {}, "mstyle": {},
    "mover": {"accent": _FLAG}, "munder": {"accentunder": _FLAG}, "munderover": {"accent": _FLAG, "accentunder": _FLAG},
    "mpadded": {"voffset": _LENGTH, "width": _LENGTH, "height": _LENGTH, "depth": _LENGTH, "lspace": _LENGTH},
    "mtable": {}, "mtr": {}, "mtd": {},
}  # fmt: skip
_STYLE = {"displaystyle": _FLAG, "scriptlevel": re.compile("[0-3]")}
_IN_TEXT = frozenset({"b", "code", "em", "i", "s", "u"})
_CLASSES = {
    "text-align: right": ("m-right",),
    "text-align: left": ("m-left",),
    "padding-right: 0": ("m-tight-end",),
    "padding-left: 0": ("m-tight-start",),
    "padding-left:1em": ("m-case",),
    "padding-top: 0": ("m-flat",),
    "border-right: 0.05em solid currentcolor": ("m-rule-right",),
    "border-left: 0.05em solid currentcolor": ("m-rule-left",),
    "border-top: 0.05em solid currentcolor": ("m-rule-top",),
    "border-right: 0.05em dashed currentcolor": ("m-rule-right", "m-dash"),
    "border-left: 0.05em dashed currentcolor": ("m-rule-left", "m-dash"),
    "border-top: 0.05em dashed currentcolor": ("m-rule-top", "m-dash"),
    "width: 50%": ("m-number",),
    "margin-left:-0.16666667em": ("m-back",),
    "margin-left:-0.22222222em": ("m-back",),
    "margin-left:-0.27777778em": ("m-back",),
    **dict.fromkeys(
        (
            "justify-items: end",
            "justify-items: start",
            "padding-bottom: 0",
            "padding-top: 0.1667em",
            "padding-left:0.2222em",
            "padding-right:0.2222em",
            "math-shift:compact",
            "width: 100%",
        ),
        (),
    ),
}
_ENCLOSED = {
    "box": "m-box",
    "updiagonalstrike": "m-up",
    "downdiagonalstrike": "m-down",
    "updiagonalstrike downdiagonalstrike": "m-up m-down",
}
_MOST_EM = 20
_PER_EM = {"em": 1, "ex": 2, "pt": 10, "px": 14, "mm": 4, "cm": 0.4, "in": 0.2, "pc": 1}
_PARTS = re.compile(r"(-?[\d.]+)([a-z]*)")


class RefusedError(Exception):
    """A formula asks for what pages do not offer; the message says for what."""


def write_mathml(element: Element) -> str:
    """Return the HTML of an element and of those inside.

    Raises:
        RefusedError: It holds something that the tables do not name.
    """
    name = element.name
    if name == "menclose":
        return _enclosed(element)
    if name not in _ATTRIBUTES:
        raise RefusedError(_REASONS.get(name, _OTHER))
    if name == "mtext":
        return f"<mtext>{_text(element)}</mtext>"
    attributes, classes = _attributes(element)
    inside = escape(element.text, quote=False)
    inside += "".join(write_mathml(child) for child in element.children)
    if classes:
        attributes = f' class="{" ".join(classes)}"{attributes}'
    written = f"<{name}{attributes}>{inside}</{name}>"
    style = _style(element)
    return f"<mstyle{style}>{written}</mstyle>" if style else written


def _style(element: Element) -> str:
    """Return how large what is inside is, to stand on an ``mstyle``: validators know it nowhere else."""
    return "".join(
        f' {key}="{escape(element.attributes[key])}"'
        for key, form in _STYLE.items()
        if form.fullmatch(element.attributes.get(key, ""))
    )


def _text(element: Element) -> str:
    """Return the text of a token, with the few elements of HTML that may stand in it."""
    written = escape(element.text, quote=False)
    for child in element.children:
        if child.name != "span" and child.name not in _IN_TEXT:
            raise RefusedError(_REASONS.get(child.name, _OTHER))
        inside = _text(child)
        written += inside if child.name == "span" else f"<{child.name}>{inside}</{child.name}>"
    return written


def _attributes(element: Element) -> tuple[str, list[str]]:
    """Return what is written behind the name, and the classes."""
    kept, classes = "", []
    allowed = _ATTRIBUTES[element.name]
    for key, value in element.attributes.items():
        if key == "style":
            classes = _classes(value)
        elif key in allowed and allowed[key].fullmatch(value):
            if allowed[key] is _LENGTH and not _is_modest(value):
                raise RefusedError(_LARGE)
            kept += f' {key}="{escape(value)}"'
        elif key not in {"id", "class"} and not (key in _STYLE and _STYLE[key].fullmatch(value)):
            raise RefusedError(_LARGE if allowed.get(key) is _LENGTH else _OTHER)
    return kept, classes


def _classes(style: str) -> list[str]:
    found: list[str] = []
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        if declaration.startswith("color:"):
            raise RefusedError(_REASONS["color"])
        if declaration not in _CLASSES:
            raise RefusedError(_LARGE if declaration.startswith("margin-left:") else _OTHER)
        found += _CLASSES[declaration]
    return list(dict.fromkeys(found))


def _enclosed(element: Element) -> str:
    """Return an ``mrow`` with a class: no browser of the Chromium family knows ``menclose``."""
    classes = _ENCLOSED.get(element.attributes.get("notation", ""))
    if classes is None:
        raise RefusedError(_OTHER)
    inside = "".join(
        write_mathml(child) for child in element.children if "class" not in child.attributes
    )
    return f'<mrow class="{classes}">{inside}</mrow>'


def _is_modest(length: str) -> bool:
    match = _PARTS.fullmatch(length)
    if match is None:
        return False
    em = float(match[1]) / _PER_EM.get(match[2], 1)
    return -1 <= em <= _MOST_EM


_OTHER = "a command that pages of this site do not offer"
_LARGE = f"a space or a shift of more than {_MOST_EM} em, or one backwards"
_REASONS = {
    "a": "a link or a reference to a number",
    "color": "a colour, which cannot be read in both the light and the dark look of a page",
}

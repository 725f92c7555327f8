"""A drawing of Graphviz as it may stand in a page. Answers: its SVG, written anew from a table.

Only shapes and words are kept, only with the attributes named here, and no colour but the page's: what Graphviz draws
in black gets the colour of the text, what an author coloured gets the accent, what is filled a shade of either. So
a drawing can be read in light and in dark, and needs no style. Links, pictures, ids and classes of the author's go.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from blognet.markup.tree import read_tree

if TYPE_CHECKING:
    from blognet.markup.tree import Element

_NUMBER = r"-?\d{1,7}(?:\.\d{1,6})?"
_POINTS = re.compile(rf"(?:{_NUMBER},{_NUMBER}\s*)+")
_VALUES: dict[str, dict[str, re.Pattern[str]]] = {
    "path": {"d": re.compile(rf"(?:[MCLZz]|{_NUMBER}|[ ,])+")},
    "polygon": {"points": _POINTS},
    "polyline": {"points": _POINTS},
    "ellipse": dict.fromkeys(("cx", "cy", "rx", "ry"), re.compile(_NUMBER)),
    "text": {
        "x": re.compile(_NUMBER), "y": re.compile(_NUMBER), "font-size": re.compile(_NUMBER),
        "text-anchor": re.compile("start|middle|end"), "font-weight": re.compile("bold"),
        "font-style": re.compile("italic"), "text-decoration": re.compile("underline|line-through"),
    },
}  # fmt: skip
_STROKE = {
    "stroke-width": re.compile(r"\d{1,2}(?:\.\d{1,3})?"),
    "stroke-dasharray": re.compile(r"\d{1,2}(?:\.\d)?(?:,\d{1,2}(?:\.\d)?){0,3}"),
}
_PROLOG = re.compile(r"<\?xml[^>]*>|<!DOCTYPE[^>]*>|<!--.*?-->", re.DOTALL)
_SIZE = re.compile(r"(\d{1,6}(?:\.\d+)?)pt")
_BOX = re.compile(rf"{_NUMBER}(?: {_NUMBER}){{3}}")
_SHIFT = re.compile(rf"scale\([\d. ]+\) rotate\({_NUMBER}\) translate\({_NUMBER} {_NUMBER}\)")
_NOTHING, _INK = frozenset({"none", "transparent"}), frozenset({"black", "#000000"})
_PAPER = frozenset({"white", "#ffffff"})
_PIXELS = 4 / 3
FONTS = "Helvetica,Arial,Liberation Sans,sans-serif"
"""Families with the widths that Graphviz counts with."""


def write_svg(written: str, name: str) -> str:
    """Return the SVG for a page.

    Args:
        written: What Graphviz wrote.
        name: What the drawing shows, for people who do not see it.

    Raises:
        NotWholeError: It cannot be read.
    """
    root = read_tree(_PROLOG.sub("", written).strip())
    box = root.attributes.get("viewBox", "")
    sizes = "".join(
        f' {key}="{round(float(match[1]) * _PIXELS)}"'
        for key in ("width", "height")
        if (match := _SIZE.fullmatch(root.attributes.get(key, "")))
    )
    # A browser that reads HTML knows viewBox in lower case, and so do our passes.
    box = f' viewbox="{box}"' if _BOX.fullmatch(box) else ""
    inside = "".join(_written(child) for child in root.children)
    return f'<svg role="img" aria-label="{escape(name)}"{box}{sizes} font-family="{FONTS}">{inside}</svg>'


def _written(element: Element) -> str:
    name, attributes = element.name, element.attributes
    if name in {"g", "a"}:
        inside = "".join(_written(child) for child in element.children)
        shift = attributes.get("transform", "")
        return f'<g transform="{shift}">{inside}</g>' if _SHIFT.fullmatch(shift) else inside
    if name not in _VALUES or _is_ground(element):
        return ""
    allowed = _VALUES[name] if name == "text" else {**_VALUES[name], **_STROKE}
    kept = "".join(
        f' {key}="{escape(attributes[key].strip())}"'
        for key, form in allowed.items()
        if key in attributes and form.fullmatch(attributes[key].strip())
    )
    colours = _text_colours(attributes) if name == "text" else _shape_colours(attributes)
    inside = escape(element.all_text(), quote=False) if name == "text" else ""
    return f"<{name}{colours}{kept}>{inside}</{name}>"


def _is_ground(element: Element) -> bool:
    """Whether this is the sheet that Graphviz draws on."""
    return (
        element.attributes.get("stroke") in _NOTHING
        and element.attributes.get("fill", "") in _PAPER
    )


def _text_colours(attributes: dict[str, str]) -> str:
    return f'{_accent(attributes.get("fill", "black"))} fill="currentColor"'


def _shape_colours(attributes: dict[str, str]) -> str:
    stroke, fill = attributes.get("stroke", "none"), attributes.get("fill", "none")
    line = "none" if stroke in _NOTHING else "currentColor"
    if fill in _NOTHING or fill in _PAPER:
        return f'{_accent(stroke)} fill="none" stroke="{line}"'
    if fill == stroke:
        return f'{_accent(stroke)} fill="currentColor" stroke="{line}"'
    return f'{_accent(stroke)} fill="currentColor" fill-opacity=".08" stroke="{line}"'


def _accent(colour: str) -> str:
    return "" if colour in _INK | _NOTHING | _PAPER else ' class="d-accent"'

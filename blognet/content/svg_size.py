"""How large a drawing wants to be shown. Reads the first element of an SVG that `blognet.content.svg` let by."""

from __future__ import annotations

import re
from xml.parsers import expat

_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:px)?\s*")
_BETWEEN = re.compile(r"[\s,]+")
_LARGEST = 100_000


def svg_size(raw: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels: what the drawing says, else the shape of its view box; None when neither."""
    found: list[dict[str, str]] = []

    def first(_name: str, attributes: dict[str, str]) -> None:
        if not found:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = first
    try:
        parser.Parse(raw, True)  # noqa: FBT003  # expat's own signature: this is all of it
    except expat.ExpatError:
        return None
    said = found[0] if found else {}
    size = (_length(said.get("width", "")), _length(said.get("height", "")))
    box = [_length(part) for part in _BETWEEN.split(said.get("viewBox", "").strip())]
    view = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)  # noqa: PLR2004  # x, y, width, height
    shape = size if all(size) else view
    if size[0] and not size[1] and all(view):
        shape = (size[0], size[0] * view[1] / view[0])
    width, height = round(shape[0]), round(shape[1])
    return (width, height) if 0 < width <= _LARGEST and 0 < height <= _LARGEST else None


def _length(text: str) -> float:
    match = _LENGTH.fullmatch(text)
    return float(match[1]) if match else 0.0

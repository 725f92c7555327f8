"""What a formula says without markup: for the search, summaries and counts. Knows MathML, no TeX and no HTML.

``(a+b)/2``, ``x^2``, ``√(x+1)``: short, in the order of reading, and never a command of TeX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blognet.markup.tree import Element

_SPACED = frozenset("=<>≤≥≠≈≡~→←⇒⇔↦∈∉⊂⊆≔")
_TOKENS = frozenset({"mi", "mn", "mo", "mtext"})
_UNSAID = frozenset("\u2061\u2062\u2063\u2064\u200b")
_SCRIPTS = {
    "msub": ("_",), "munder": ("_",), "msup": ("^",), "mover": ("^",), "msubsup": ("_", "^"), "munderover": ("_", "^"),
}  # fmt: skip


def words_of(element: Element) -> str:
    """Return the formula on one line."""
    return " ".join(_said(element).split())


def _said(element: Element) -> str:
    said = ""
    match element.name, element.children:
        case "mspace", _:
            said = " " if element.attributes.get("width", "0")[:1] in "12" else ""
        case "mphantom", _:
            pass
        case name, _ if name in _TOKENS:
            said = _token(element)
        case "mfrac", [above, below]:
            said = f"{_grouped(_said(above))}/{_grouped(_said(below))}"
        case "msqrt", _:
            said = f"√{_grouped(_inside(element))}"
        case "mroot", [inside, degree]:
            said = f"{_said(degree)}√{_grouped(_said(inside))}"
        case name, parts if name in _SCRIPTS and len(parts) == len(_SCRIPTS[name]) + 1:
            said = _with_scripts(parts, _SCRIPTS[name])
        case "mtable", rows:
            said = "; ".join(filter(None, (_row(row) for row in rows)))
        case _:
            said = _inside(element)
    return said


def _token(element: Element) -> str:
    text = "".join(sign for sign in element.all_text() if sign not in _UNSAID)
    return f" {text} " if element.name == "mo" and text in _SPACED else text


def _with_scripts(parts: Sequence[Element], signs: tuple[str, ...]) -> str:
    said = _said(parts[0])
    for sign, part in zip(signs, parts[1:], strict=True):
        script = _grouped(_said(part))
        is_accent = part.name == "mo" and not script.isascii()
        said += script if is_accent else f"{sign}{script}"
    return said


def _row(row: Element) -> str:
    return " ".join(filter(None, (_said(cell).strip() for cell in row.children)))


def _inside(element: Element) -> str:
    return "".join(_said(part) for part in element.children)


def _grouped(said: str) -> str:
    said = said.strip()
    return said if said.isdecimal() or len(said) <= 1 else f"({said})"

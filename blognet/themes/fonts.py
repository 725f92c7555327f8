"""Kinds of letters by name. Each is a list of fonts that readers' machines have already: nothing is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HUMANIST = 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", sans-serif'
_SLAB = 'Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif'

LETTERS: Mapping[str, Mapping[str, str]] = {
    "serif": {},
    "sans": {"serif": "var(--sans)"},
    "humanist": {"serif": _HUMANIST, "sans": _HUMANIST},
    "slab": {"serif": _SLAB},
    "mono": {"serif": "var(--mono)", "sans": "var(--mono)"},
}
"""Which custom properties of a theme's sheet each name sets: ``serif`` for titles and texts, ``sans`` for the rest."""

"""Which themes ship with the program. Apart, since whoever only asks whether anything changed loads nothing else."""

from __future__ import annotations

BUILT_IN = "default"
BUILT_IN_THEMES = (BUILT_IN, "plain")
"""Every one stands on the first."""

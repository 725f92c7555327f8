"""What a single check says, before the settings give it a name and a severity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blognet.kernel.problems import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One thing that a check found: a finding that does not know yet how bad it is."""

    code: str
    location: Location
    message: str
    hint: str = ""

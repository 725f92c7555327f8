"""Processes that can be given work, wherever they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Processes that have a *kit*: what all pieces of their work share.

    Attributes:
        executor: Takes the work.
        many: How many processes there are, about.
        kit: What each piece of work is given: the kit, or what leads to it.
        is_there: Whether anybody is left to work.
    """

    executor: Executor
    many: int
    kit: object
    is_there: Callable[[], bool]

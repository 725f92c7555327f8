"""What has to be made again, and why: a function of old traces and changed facts. Makes nothing itself.

The wave starts at the facts that changed and runs to whatever read them. Before something inside (a card, the words
of a footer) is passed on, it is made again by the caller; when it comes out as before, the wave ends there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from blognet.engine.facts import FactKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why something is out of date.

    Attributes:
        changed: The first, by key, of the things it read that changed.
    """

    changed: FactKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a change of facts comes to.

    Attributes:
        outdated: What must be made again and was not yet made by `remake`, each with its cause, sorted by key.
        remade: What was made again and came out different, with its cause.
        same: What was made again and came out as before: here the wave ended.
    """

    outdated: Mapping[FactKey, Cause]
    remade: Mapping[FactKey, Cause]
    same: tuple[FactKey, ...]

    def chain_of(self, key: FactKey) -> tuple[FactKey, ...]:
        """Return the way from something out of date to the fact that began it: itself first, the fact last."""
        chain = [key]
        cause = self.outdated.get(key) or self.remade.get(key)
        while cause is not None:
            chain.append(cause.changed)
            cause = self.remade.get(cause.changed)
        return tuple(chain)


def settle(
    changed: Iterable[FactKey],
    readers: Callable[[Iterable[FactKey]], Iterable[tuple[FactKey, FactKey]]],
    remake: Callable[[FactKey], bool | None],
) -> Settled:
    """Follow changed facts to what must be made again.

    Args:
        changed: Facts whose digests differ from those that the traces saw.
        readers: Gives for keys the pairs of (what was read, what read it).
        remake: Makes something inside again: True when it came out different, False when the same, None when it is
            not for making now: then it is out of date.
    """
    facts = frozenset(changed)
    needs = _reached(facts, readers)
    different: dict[FactKey, Cause] = {}
    outdated: dict[FactKey, Cause] = {}
    same: list[FactKey] = []
    for key in _inner_first(needs):
        hits = [need for need in needs[key] if need in facts or need in different]
        if not hits:
            continue
        cause = Cause(changed=min(hits))
        match remake(key):
            case None:
                outdated[key] = cause
            case True:
                different[key] = cause
            case False:
                same.append(key)
    return Settled(outdated=dict(sorted(outdated.items())), remade=different, same=tuple(same))


def _reached(
    facts: frozenset[FactKey],
    readers: Callable[[Iterable[FactKey]], Iterable[tuple[FactKey, FactKey]]],
) -> dict[FactKey, list[FactKey]]:
    """Return everything that the wave could reach, with the part of what it read that the wave could reach, too."""
    needs: dict[FactKey, list[FactKey]] = {}
    front: Iterable[FactKey] = sorted(facts)
    while front:
        fresh: set[FactKey] = set()
        for need, key in readers(front):
            if key not in needs:
                needs[key] = []
                fresh.add(key)
            needs[key].append(need)
        front = sorted(fresh)
    return needs


def _inner_first(needs: Mapping[FactKey, list[FactKey]]) -> list[FactKey]:
    """Sort so that whatever was read comes before what read it; of two that do not touch, by key."""
    ordered: dict[FactKey, None] = {}
    begun: set[FactKey] = set()
    for start in sorted(needs):
        waiting = [start]
        while waiting:
            key = waiting[-1]
            if key in begun:
                ordered.setdefault(key)
                waiting.pop()
                continue
            begun.add(key)
            inner = (need for need in needs[key] if need in needs and need not in begun)
            waiting.extend(sorted(inner, reverse=True))
    return list(ordered)

"""What a build leaves for the next: which of the facts behind its files have to be written down, and which are known.

It is asked for when the site is in place. What cannot be told then, since a memory is damaged or traces are gone from
where they were laid, fails nothing: the next build remembers nothing, and makes everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from blognet.disk.memory import MemoryFault, Saved
from blognet.engine import ABSENT
from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.actions.far_traces import Traces
    from blognet.actions.outdated import Outdated
    from blognet.disk.memory import Recall
    from blognet.engine import FactKey
    from blognet.render.facts import Facts

ValueT = TypeVar("ValueT")


def as_far_as_told(ask: Callable[[], ValueT]) -> ValueT | None:
    """Return what traces and memory come to; None when they cannot be read, or are not what was written."""
    try:
        return ask()
    except (MemoryFault, BlognetError, OSError):
        return None


def _not_known(_key: FactKey) -> str:
    return ABSENT


def saved_of(
    traces: Traces,
    facts: Facts,
    needed: Outdated,
    notes: Mapping[str, str],
    recalled: Recall,
    *,
    known: Callable[[FactKey], str] = _not_known,
) -> Saved:
    """Return what the next build is to know of files and facts.

    Args:
        traces: Of everything that was made.
        facts: What is true now.
        needed: Why it was made.
        notes: As in `Saved`.
        recalled: What the last build remembers.
        known: Gives the present digest of a fact that is as it was, `ABSENT` where nobody knows.

    Raises:
        MemoryFault: What is remembered is damaged.
        BlognetError: Traces that were laid down are others now.
        OSError: They are gone.
    """
    made = traces.keys()
    readings = {} if needed.lost else recalled.readings_of(made)
    as_before: set[FactKey] = set()
    read: set[FactKey] = set()
    for trace in traces:
        before = readings.get(trace.key)
        if before is not None and before == trace.reading:
            as_before.add(trace.key)
        else:
            read.update(trace.needs)
    read -= made
    present = {key: needed.changed.get(key) or known(key) or facts.digest_of(key) for key in read}
    present.update(needed.changed)
    unit = dict[str, str]()  # one text for all facts of a unit
    return Saved(
        traces=traces,
        facts=present,
        units={
            key: unit.setdefault(name, name) for key in present for name in (facts.unit_of(key),)
        },
        as_before=frozenset(as_before),
        gone=tuple(key for key in needed.gone if key not in made),
        notes=notes,
    )

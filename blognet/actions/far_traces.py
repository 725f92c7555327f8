"""How everything was made, also what others made: theirs stay as bytes, or where they lie, until somebody asks.

With ten thousand posts they would take as much as all that is known of the posts, while workers have their share, too.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.disk.laid import Laid, lay
from blognet.engine.traces import digests_in, traces_as_bytes, traces_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from blognet.engine import FactKey, Recorder, Trace


NO_CARDS: Mapping[str, bytes | Laid] = MappingProxyType({})


class FarTraces:
    """Traces that others recorded, and those of one's own that are many."""

    def __init__(self) -> None:
        """Begin with none."""
        self._parts: list[bytes | Laid] = []
        self._cards: dict[str, bytes | Laid] = {}

    def add(self, part: bytes | Laid, cards: Mapping[str, bytes | Laid] = NO_CARDS) -> None:
        """Keep traces that are whole, as `blognet.engine.traces` writes them, and what is to be kept of cards."""
        self._parts.append(part)
        self._cards.update(cards)

    def cards(self) -> Mapping[str, bytes]:
        """Return what is to be kept of the cards that others made, by the names of the values.

        Raises:
            BlognetError: What was laid down changed meanwhile.
        """
        return {name: bytes_of(part) for name, part in self._cards.items()}

    def put_away(self, recorder: Recorder, folder: Path) -> None:
        """Take what a recorder recorded until now, and lay it down.

        Args:
            recorder: It keeps none of it.
            folder: From `blognet.disk.laid.laying`.
        """
        raw = traces_as_bytes(recorder.let_go())
        self.add(laid_or_bytes(str(folder), f"own {len(self._parts)}", raw))

    def raw(self) -> Iterator[bytes]:
        """Give them as bytes.

        Raises:
            BlognetError: What was laid down changed meanwhile.
            OSError: It is not there.
        """
        return map(bytes_of, self._parts)


class Traces:
    """All traces of a build; gone through as often as somebody likes. Of what was made twice there is one.

    Whatever is asked raises what `FarTraces.raw` does.
    """

    def __init__(self, recorder: Recorder, far: FarTraces) -> None:
        """Keep where they are: this process's own, and those of others."""
        self._own = recorder.traces()
        self._far = far

    def keys(self) -> set[FactKey]:
        """Return the keys of what was made."""
        made = {trace.key for trace in self._own}
        made.update(*map(digests_in, self._far.raw()))
        return made

    def of(self, key: FactKey) -> Trace | None:
        """Return how something was made; None when it was not."""
        return next((trace for trace in self if trace.key == key), None)

    def __iter__(self) -> Iterator[Trace]:
        """Go through them."""
        seen: set[FactKey] = set()
        far: Iterable[Trace] = chain.from_iterable(map(traces_in, self._far.raw()))
        for trace in chain(self._own, far):
            if trace.key not in seen:
                seen.add(trace.key)
                yield trace


def laid_or_bytes(folder: str, name: str, raw: bytes) -> bytes | Laid:
    """Lay traces down; return them where there is no place for it.

    Args:
        folder: Where to; "" for nowhere.
        name: What no other traces that are laid there are called.
        raw: The traces.
    """
    if folder:
        with suppress(OSError):
            return lay(folder, f"\0{name}", raw)  # no file of a site is called so
    return raw


def bytes_of(part: bytes | Laid) -> bytes:
    """Return traces as bytes.

    Raises:
        BlognetError: What was laid down changed meanwhile.
        OSError: It is not there.
    """
    return part.read() if isinstance(part, Laid) else part

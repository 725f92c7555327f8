"""A large value as bytes for another process of the same program, and back. For nobody else, as `packing` says.

Reading a large value at once leaves a third of the memory that it takes in holes: what was read on the way is held to
the end, between what stays. So it is written in *layers*: values that later ones name by their numbers, some at a time,
and last the value itself. What was read on the way to some of them makes room for the next.
"""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING

from blognet.actions.packing import Packer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PROTOCOL = 5
_SOME = 500
"""Values that are written together."""


class _LayerPacker(Packer):
    """Writes the numbers of values that are written already."""

    def __init__(self, out: io.BytesIO, numbers: dict[int, int]) -> None:
        super().__init__(out, _PROTOCOL)
        self._numbers = numbers

    def persistent_id(self, value: object) -> int | None:
        return self._numbers.get(id(value))


class _LayerUnpacker(pickle.Unpickler):
    """Puts values that were read already in the place of their numbers."""

    def __init__(self, raw: io.BytesIO, known: list[object]) -> None:
        super().__init__(raw)
        self._known = known

    def persistent_load(self, number: int) -> object:
        return self._known[number]


def packed_in_layers(layers: Iterable[Sequence[object]], value: object) -> bytes:
    """Write a value as bytes.

    Args:
        layers: Parts of it that many others name, or that are many; those that others are made of come first. Who calls
            this holds them, so that none is taken for another one.
        value: The value.
    """
    out = io.BytesIO()
    numbers: dict[int, int] = {}
    many = 0
    for layer in layers:
        for start in range(0, len(layer), _SOME):
            _LayerPacker(out, numbers).dump(list(layer[start : start + _SOME]))
        numbers.update((id(each), number) for number, each in enumerate(layer, many))
        many += len(layer)
    _LayerPacker(out, numbers).dump((value,))
    return out.getvalue()


def unpacked_from_layers(raw: bytes) -> object:
    """Read what `packed_in_layers` wrote in this program; the bytes must come from where this process came from."""
    source = io.BytesIO(raw)
    known: list[object] = []
    while isinstance(read := _LayerUnpacker(source, known).load(), list):
        known += read
    return read[0]

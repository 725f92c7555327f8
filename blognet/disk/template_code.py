"""The compiled templates of the themes that ship with the program, kept where Python keeps our compiled modules.

Reading compiled code and running it trusts whoever can write there. Of that folder Python itself thinks the same, of a
network's it does not: so a network's own templates are compiled by each process. Where Python may not write, or is told
not to, nothing is kept; what is damaged, or of another program, is compiled anew.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from hashlib import blake2b
from importlib.util import MAGIC_NUMBER, cache_from_source
from types import CodeType
from typing import TYPE_CHECKING

import blognet.themes
from blognet.disk.generator import generator_mark

if TYPE_CHECKING:
    from collections.abc import Callable

_HOME = os.path.dirname(blognet.themes.__file__)
_SIZE = 16


def code_of(name: str, file_name: str, source: str, make: Callable[[], CodeType]) -> CodeType:
    """Return the code of a built-in template: as it was kept, else made, and then kept.

    Args:
        name: The template's, e.g. ``default/post.html``.
        file_name: What tracebacks call it.
        source: Its text.
        make: Compiles it.
    """
    try:
        place = cache_from_source(os.path.join(_HOME, f"template-{name.replace('/', '-')}.py"))
    except NotImplementedError:  # a Python that keeps no compiled modules
        return make()
    mark = _digest(MAGIC_NUMBER, *map(os.fsencode, (generator_mark(), name, file_name, source)))
    kept = _read(place, mark)
    if kept is not None:
        return kept
    made = make()
    if not sys.dont_write_bytecode:
        raw = marshal.dumps(made)
        _write(place, mark + _digest(raw) + raw)
    return made


def _read(place: str, mark: bytes) -> CodeType | None:
    """Return what is kept at a place when it is what was written there, by this program for this source."""
    try:
        with open(place, "rb") as file:
            whole = file.read()
    except OSError:
        return None
    raw = whole[2 * _SIZE :]
    if whole[: 2 * _SIZE] != mark + _digest(raw):
        return None
    code = marshal.loads(raw)  # noqa: S302  # as Python does with the modules beside it
    return code if isinstance(code, CodeType) else None


def _write(place: str, raw: bytes) -> None:
    """Write a file at once or not at all; without waiting for the disk, since its digest tells whether it is whole."""
    temporary = f"{place.removesuffix('.pyc')}.{os.getpid()}.pyc"
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        file = open(temporary, "xb")  # noqa: SIM115  # closed below, where what it left is removed
    except OSError:  # the folder is not ours to write in
        return
    try:
        with file:
            file.write(raw)
        os.replace(temporary, place)
    except OSError:  # the disk is full
        with suppress(OSError):
            os.unlink(temporary)


def _digest(*parts: bytes) -> bytes:
    joined = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return blake2b(joined, digest_size=_SIZE).digest()

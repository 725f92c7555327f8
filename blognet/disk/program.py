"""Which program this is. Answers: could a file be read in another way than it was then? Knows no versions by number.

The marks of our own modules stand for what they do, so that nobody has to remember to count a number up; the system's
rules for times of day are asked for what they say.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING

import blognet
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from datetime import tzinfo

_ROOMS = ("actions", "config", "content", "disk", "kernel", "moderation", "moderation/checks")
_READERS = ("pydantic", "yaml")
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=28)


def program_mark() -> str:
    """Return a digest that differs when another program reads: ours, its Python, or a library that reads for it."""
    home = os.path.dirname(blognet.__file__)
    marks = [blognet.__version__, sys.version]
    for room in _ROOMS:
        try:
            with os.scandir(os.path.join(home, room)) as entries:
                found = [(each.name, each.stat()) for each in entries if each.name.endswith(".py")]
        except OSError:  # in a zip, whose modules change with its version
            continue
        marks += sorted(f"{room}/{name} {st.st_size} {st.st_mtime_ns}" for name, st in found)
    for reader in _READERS:
        spec = find_spec(reader)
        if spec is not None and spec.origin and os.path.exists(spec.origin):
            facts = os.stat(spec.origin)
            marks.append(f"{spec.origin} {facts.st_size} {facts.st_mtime_ns}")
    return sha256_hex("\n".join(marks).encode("utf-8", "surrogateescape"))


def zone_mark(zone: tzinfo) -> str:
    """Return a digest of what a time zone says, of which a name alone tells nothing."""
    moments = ((_FIRST + _STEP * step) for step in range((_LAST - _FIRST) // _STEP))
    said = ",".join(str(moment.astimezone(zone).utcoffset()) for moment in moments)
    return sha256_hex(said.encode("ascii"))

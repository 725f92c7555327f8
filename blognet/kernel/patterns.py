"""Regular expressions that are compiled when somebody first asks them. Knows none of them.

Some patterns name ranges of Unicode and take milliseconds to compile, which every command would pay on importing their
module. To type checkers these are patterns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING


class _LaterPattern:
    """A pattern that becomes one when anything of it is asked for, and is as quick as one from then on."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile it, and take over what it can do."""
        if name.startswith("__"):  # asked for by whoever copies or shows it
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        found = {each: getattr(compiled, each) for each in dir(compiled) if each[0] != "_"}
        vars(self).update(found)
        if name not in found:
            raise AttributeError(name)
        return found[name]


if TYPE_CHECKING:

    def later(text: str, flags: int = 0) -> re.Pattern[str]:
        """Return a pattern; a fault in it is told when it is first used."""
else:

    def later(text: str, flags: int = 0) -> _LaterPattern:
        """Return a pattern; a fault in it is told when it is first used."""
        return _LaterPattern(text, flags)

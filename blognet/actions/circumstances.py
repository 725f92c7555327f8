"""What must be the same for anything that an earlier build remembers to be of use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.disk.generator import generator_mark

if TYPE_CHECKING:
    from pathlib import Path


def circumstances(root: Path, target: Path) -> str:
    """Return it as `blognet.disk.memory.recall` takes it: program, network and output, one a line."""
    return f"program {generator_mark()}\nplace {root.resolve()}\noutput {target.resolve()}\n"

"""A preview whose process may begin no other one, as a program: a text is noticed, then everything is looked at twice.

It says the number of the state after each. Arguments: the network folder, and what was saved in it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from blognet.actions.prospect import viewable
from blognet.actions.showing import Onlooker
from blognet.preview.apart import Apart
from blognet.preview.session import Session
from tests.preview.serving import NOW


def main(root: Path, saved: str) -> None:
    """Notice and look."""

    def begin() -> Session:
        os.fork = _no_room
        onlooker = Onlooker(root, began=NOW, choose=lambda found: viewable(found, drafts=True))
        return Session(onlooker, clock=lambda: NOW)

    shown = Apart(begin)
    try:
        target = root / saved
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("---\ntitle: Saved\nauthors: [ada]\n---\n\nWords.\n", encoding="utf-8")
        shown.notice(frozenset((saved,)))
        numbers = [shown.told.version]
        for _ in range(3):
            shown.refresh()
            numbers.append(shown.told.version)
    finally:
        shown.end()
    sys.stdout.write(" ".join(map(str, numbers)))


def _no_room() -> int:
    raise BlockingIOError


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

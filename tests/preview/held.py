"""A preview for tests, as a program of its own: each whole look waits until the test lets it go.

It says ``looking`` and its process number before each look, and waits for a line. Arguments: the network folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Event

from blognet.actions.prospect import viewable
from blognet.actions.showing import Onlooker
from blognet.preview.answers import View
from blognet.preview.apart import Apart
from blognet.preview.run import Serving, serve
from blognet.preview.session import Session
from tests.preview.serving import NOW


class HeldSession(Session):
    """A session whose looks wait to be let go."""

    def refresh(self, only: frozenset[str] | None = None) -> bool:
        """Look when a line has come."""
        say(f"looking {os.getpid()}")
        sys.stdin.readline()
        return super().refresh(only)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(root: Path) -> None:
    """Serve until the process is ended."""

    def begin() -> Session:
        onlooker = Onlooker(root, began=NOW, choose=lambda found: viewable(found, drafts=True))
        return HeldSession(onlooker, clock=lambda: NOW)

    def began(serving: Serving) -> None:
        say(serving.server.address)

    serve(root, Apart(begin), view=View.SITE, port=0, poll=False, stop=Event(), began=began)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""A preview from its first look to Ctrl-C: session, server and watching put together."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.preview.server import PreviewServer
from blognet.preview.watch import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from threading import Event

    from blognet.preview.answers import View
    from blognet.preview.session import Session

_AUDIT = 5.0
"""Seconds between two looks at everything, although no event came."""
_POLL = 0.5
_BREATH = 0.2
"""Seconds after which the wish to stop is noticed."""
_SHARE = 20
"""Looking at everything takes at most one part in so many of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A preview that runs.

    Attributes:
        server: Its server.
        is_polling: Whether it looks now and then, because the system tells nothing.
    """

    server: PreviewServer
    is_polling: bool


def serve(
    root: Path,
    session: Session,
    *,
    view: View,
    port: int,
    poll: bool,
    stop: Event,
    began: Callable[[Serving], None],
) -> None:
    """Serve until `stop` is set or the person ends it.

    Args:
        root: The network folder.
        session: What is shown.
        view: What stands at the root of the server.
        port: Where; 0 for any that is free.
        poll: Never ask the system for events.
        stop: Ends it.
        began: Told once it can be asked.

    Raises:
        BlognetError: The port is taken.
    """
    server = PreviewServer(session, view=view, port=port)
    watcher: Watcher | None = None
    try:
        if not poll:
            with suppress(
                OSError
            ):  # too many watches, or none on this file system: looking works everywhere
                watcher = Watcher(root)
        server.start()
        began(Serving(server=server, is_polling=watcher is None))
        # What changed between the first look and the first watch.
        session.refresh()
        _follow(session, watcher, stop)
    finally:
        if watcher is not None:
            watcher.close()
        server.stop()


def _follow(session: Session, watcher: Watcher | None, stop: Event) -> None:
    usual = _POLL if watcher is None else _AUDIT
    due = time.monotonic() + usual
    while not stop.is_set():
        if watcher is not None and (found := watcher.wait(_BREATH)):
            session.refresh(found)
        elif watcher is None:
            stop.wait(_BREATH)
        begin = time.monotonic()
        if begin >= due:
            session.refresh()
            end = time.monotonic()
            due = end + max(usual, _SHARE * (end - begin))

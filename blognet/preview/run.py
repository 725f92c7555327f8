"""A preview from its first look to Ctrl-C: session, server and watching put together.

One thread listens, and shows what was saved as soon as it is quiet. The thread that began looks at the whole behind it,
so that lists, feeds and everything else follow; the larger the network, the longer it waits for people to pause.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.preview.server import PreviewServer
from blognet.preview.wanted import Wanted
from blognet.preview.watch import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path
    from threading import Event

    from blognet.preview.answers import View
    from blognet.preview.told import Showing

_AUDIT = 5.0
"""Seconds between two looks at everything, although no event came."""
_POLL = 0.5
_BREATH = 0.2
"""Seconds after which the wish to stop is noticed."""
_SHARE = 20
"""Looking at everything without cause takes at most one part in so many of the time."""
_REST, _LONGEST_REST = 0.25, 2.0
"""A whole look begins when nothing was saved for this part of the time that it takes; at most for so many seconds."""
_TURN = 0.001
"""Seconds after which a thread that computes lets another one go on: who shows an edit does not wait for who plans."""


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
    session: Showing,
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
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        if not poll:
            with suppress(
                OSError
            ):  # too many watches, or none on this file system: looking works everywhere
                watcher = Watcher(root)
        server.start()
        began(Serving(server=server, is_polling=watcher is None))
        session.warm()
        # What changed between the first look and the first watch.
        session.refresh()
        if watcher is None:
            _look_around(session, stop)
        else:
            _follow(session, watcher, stop)
    finally:
        sys.setswitchinterval(before)
        if watcher is not None:
            watcher.close()
        server.stop()


def _look_around(session: Showing, stop: Event) -> None:
    """Look at the marks of all files now and then."""
    rest, due = _POLL, time.monotonic() + _AUDIT
    while not stop.wait(rest):
        begin = time.monotonic()
        changed = session.changes()
        rest = max(_POLL, _SHARE * (time.monotonic() - begin))
        if changed:
            session.notice(changed)
        if changed or begin >= due:
            session.refresh()
            due = time.monotonic() + _AUDIT


def _follow(session: Showing, watcher: Watcher, stop: Event) -> None:
    """Show what was saved at once, and look at the whole behind it."""
    wanted = Wanted()
    with ThreadPoolExecutor(1) as executor:
        listening = executor.submit(_listen, session, watcher, wanted, stop)
        try:
            _settle(session, watcher, wanted, listening, stop)
        finally:
            stop.set()
        listening.result()


def _listen(session: Showing, watcher: Watcher, wanted: Wanted, stop: Event) -> None:
    while not stop.is_set():
        heard = watcher.wait(_BREATH)
        if heard.tops:
            if heard.paths:
                session.notice(heard.paths)
            wanted.add(heard.tops)


def _settle(
    session: Showing, watcher: Watcher, wanted: Wanted, listening: Future[None], stop: Event
) -> None:
    due, took = time.monotonic() + _AUDIT, 0.0
    glance = 0.0
    while not stop.is_set() and not listening.done():
        tops = wanted.take(_BREATH, quiet=min(_LONGEST_REST, took * _REST))
        begin = time.monotonic()
        if not tops and watcher.unwatched and begin >= glance:
            changed = session.changes(watcher.unwatched)
            tops = frozenset(path.partition("/")[0] for path in changed)
            end = time.monotonic()
            glance = end + max(_POLL, _SHARE * (end - begin))
        if not tops and begin < due:
            continue
        session.refresh(tops or None)
        end = time.monotonic()
        took = end - begin
        due = end + max(_AUDIT, _SHARE * took)

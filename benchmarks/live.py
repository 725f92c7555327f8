"""How soon a saved file is in the browser's hands: ``make bench-live``, or ``python -m benchmarks.live --posts 1000``.

A preview runs in a process of its own, as ``blognet serve`` does. A file is saved, as a person would; the clock stops
when the event that something changed has come, and again when the whole page with the new words has. The processor time
is that of all its processes, and says more than the clock on a machine that does other things as well.
"""

from __future__ import annotations

import argparse
import http.client
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.corpus import write_corpus
from blognet.config import read_config
from blognet.themes.settings import BUILT_IN_THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 600.0
"""Seconds after which a preview that says nothing has failed."""
_TICKS = os.sysconf("SC_CLK_TCK")
_PAUSE = 0.4
"""Seconds between two edits: nobody saves faster."""
_QUIET = 2.5
"""Seconds in which a preview does nothing, after which what it had to do in the background is done: it waits two."""
_IDLE = 0.1
"""As much of one processor it may take and still do nothing."""
_TEXT = """---
title: {title}
date: 2026-05-01 10:00
authors: [ada-000]
tags: [{tag}]
---

A post that is being written, for the {number}th time.

[stamp-{number}]
"""
_TEMPLATE = """\
{%% extends "default/base.html" %%}
{%% block head_end %%}{{ super() }}<meta name="edited" content="[stamp-%d]">{%% endblock %%}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What one edit took.

    Attributes:
        told: Milliseconds until the event.
        shown: Milliseconds until the page with the new words was there.
        until: Milliseconds of processor time of all processes of the preview until then.
        processor: The same, the look at the whole that follows included.
    """

    told: float
    shown: float
    until: float
    processor: float


class Serving:
    """A preview that runs, and somebody who listens to it."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        """Begin to listen."""
        self.process = process
        self._where = urlsplit(address)
        self._heard: queue.Queue[float] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def get(self, path: str) -> str:
        """Return the page at a path, also when it has moved."""
        for _ in range(4):
            connection = self._connection()
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read().decode()
            connection.close()
            if answer.status not in {301, 302}:
                return text
            path = answer.getheader("Location", "")
        return ""

    def next_event(self, *, since: float) -> float:
        """Return the moment of the next event after another moment."""
        while (moment := self._heard.get(timeout=PATIENCE)) < since:
            pass
        return moment

    def processor(self) -> float:
        """Return the milliseconds of processor time so far, of all its processes, also those that have ended."""
        times = [_fields(process)[11:15] for process in self._processes()]
        return sum(int(one) for four in times for one in four) * 1000 / _TICKS

    def be_quiet(self) -> None:
        """Wait until nothing is done in the background any more."""
        before = self.processor()
        while True:
            time.sleep(_QUIET)
            now = self.processor()
            if now - before <= _QUIET * _IDLE * 1000:
                return
            before = now

    def memory(self) -> int:
        """Return the memory that all its processes hold now, in MiB; what two share counts once."""
        found = 0
        for process in self._processes():
            with suppress(OSError):
                said = Path(f"/proc/{process}/smaps_rollup").read_text()
                found += int(re.search(r"^Pss:\s+(\d+)", said, re.MULTILINE)[1])  # type: ignore[index]
        return found // 1024

    def _processes(self) -> list[int]:
        found = [self.process.pid]
        for process in found:  # grows meanwhile
            for task in Path(f"/proc/{process}/task").glob("*/children"):
                with suppress(OSError):
                    found += map(int, task.read_text().split())
        return found

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(
            self._where.hostname or "", self._where.port, timeout=PATIENCE
        )

    def _listen(self) -> None:
        connection = self._connection()
        connection.request("GET", f"{self._where.path}_blognet/events")
        for line in iter(connection.getresponse().readline, b""):
            if line.startswith(b"data: "):
                self._heard.put(time.perf_counter())


@contextmanager
def serving(root: Path) -> Iterator[Serving]:
    """Serve a network until the block ends."""
    command = (sys.executable, "-m", "blognet", "-C", str(root), "serve", "--port", "0")
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        yield Serving(process, line.split()[1])
    finally:
        process.terminate()
        process.wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """One file that somebody is about to save.

    Attributes:
        page: The page that is looked at meanwhile.
        save: Saves the file.
    """

    page: str
    save: Callable[[], object]


def edits(root: Path) -> dict[str, Callable[[int], Saving]]:
    """Return the kinds of edits: each gets ready for the nth time, with words that have the number in them."""
    approved = next(path for path in sorted((root / "posts").rglob("*.md")))
    before = approved.read_text()
    slug = re.search(r"^slug: (.+)$", before, re.MULTILINE)
    if slug is None:
        raise AssertionError(approved)
    queue, templates = root / "queue", _own_templates(root)
    queue.mkdir(exist_ok=True)

    def text(number: int, title: str = "Measured", tag: str = "tide-01") -> str:
        return _TEXT.format(title=title, tag=tag, number=number)

    def waiting(number: int) -> Saving:
        return _writing("measured", queue / "measured.md", text(number))

    def retitled(number: int) -> Saving:
        words = text(number, title=f"Measured {number}", tag=f"fresh-{number % 3}")
        return _writing("measured", queue / "measured.md", words)

    def new(number: int) -> Saving:
        return _writing(f"new-{number}", queue / f"new-{number}.md", text(number, title="New"))

    def renamed(number: int) -> Saving:
        there = queue / f"before-{number}.md"
        there.write_text(text(number, title="Moving"))
        return Saving(
            page=_page_of(f"after-{number}"),
            save=lambda: there.rename(queue / f"after-{number}.md"),
        )

    def edited(number: int) -> Saving:
        return _writing(slug[1], approved, f"{before}\n[stamp-{number}]\n")

    def styled(number: int) -> Saving:
        return _writing(slug[1], templates / "base.html", _TEMPLATE % number)

    return {
        "text of a waiting post": waiting,
        "title and tag of a waiting post": retitled,
        "a new post": new,
        "another name for a waiting post": renamed,
        "text of an approved post": edited,
        "the template of all pages": styled,
    }


def _own_templates(root: Path) -> Path:
    """Return where the network's own templates are; give it a theme first, if it has none."""
    settings = root / "blognet.yml"
    name = read_config(settings.read_text()).theme.name
    if name in BUILT_IN_THEMES:
        name = "measured"
        settings.write_text(f"{settings.read_text()}theme: {{name: {name}}}\n")
    templates = root / f"themes/{name}/templates"
    templates.mkdir(parents=True, exist_ok=True)
    (templates / "base.html").write_text(_TEMPLATE % 0)
    return templates


def _page_of(name: str) -> str:
    return f"/_preview/post/{name}/"


def _writing(name: str, path: Path, text: str) -> Saving:
    return Saving(page=_page_of(name), save=lambda: path.write_text(text))


def measure(
    served: Serving, prepare: Callable[[int], Saving], *, first: int, rounds: int
) -> list[Edit]:
    """Save a file again and again and wait for its page each time."""
    found: list[Edit] = []
    for number in range(first, first + rounds):
        saving = prepare(number)
        time.sleep(_PAUSE)
        served.be_quiet()
        processor, begin = served.processor(), time.perf_counter()
        saving.save()
        told = served.next_event(since=begin)
        while f"[stamp-{number}]" not in served.get(saving.page):
            served.next_event(since=begin)
        end, until = time.perf_counter(), served.processor()
        served.be_quiet()
        found.append(
            Edit(
                told=(told - begin) * 1000,
                shown=(end - begin) * 1000,
                until=until - processor,
                processor=served.processor() - processor,
            )
        )
    return found


def _fields(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended; whoever began it counts its time
        return ["0"] * 15


def _row(name: str, found: list[Edit]) -> str:
    cells = (
        _spread([one.told for one in found]),
        _spread([one.shown for one in found]),
        _spread([one.until for one in found]),
        _spread([one.processor for one in found]),
    )
    return f"| {name} | {' | '.join(cells)} |"


def _spread(values: list[float]) -> str:
    return f"{median(values):.0f} ms ({min(values):.0f}–{max(values):.0f})"


def main() -> int:
    """Measure what the arguments ask for and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--network", type=Path, help="a network made by benchmarks.corpus")
    parser.add_argument("--in-place", action="store_true", help="change that network, not a copy")
    asked = parser.parse_args()
    if asked.network and asked.in_place:
        _print(asked.network, rounds=asked.rounds)
        return 0
    folder = Path(tempfile.mkdtemp(prefix="blognet-live-"))
    try:
        if asked.network:
            shutil.copytree(asked.network, folder / "network", dirs_exist_ok=True)
        else:
            write_corpus(folder / "network", posts=asked.posts, authors=50, tags=40)
        _print(folder / "network", rounds=asked.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _print(root: Path, *, rounds: int) -> None:
    _say(
        "| saved | told after | page after | processor time until then | with the look behind it |"
    )
    _say("|---|---|---|---|---|")
    kinds = edits(root)
    begin = time.perf_counter()
    with serving(root) as served:
        served.get("/")
        ready = time.perf_counter() - begin
        for place, (name, prepare) in enumerate(kinds.items()):
            first = 1 + place * (rounds + 1)
            measure(served, prepare, first=first, rounds=1)  # once to get warm
            _say(_row(name, measure(served, prepare, first=first + 1, rounds=rounds)))
        _say(f"first page after {ready:.1f} s, {served.memory()} MiB")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

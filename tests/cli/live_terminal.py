"""A terminal that stays open: a real pseudo-terminal, typed at and read key by key, with a size that can change."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE = 60
_SHELL = Path(__file__).with_name("shell_of_jobs.py")
_COLOURS = re.compile(r"\033\[[0-9;]*m")


class LiveTerminal:
    """A program on a terminal of its own."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        size: tuple[int, int] = (24, 80),
        settings: Mapping[str, str] | None = None,
        jobs: bool = False,
    ) -> None:
        """Start ``blognet`` with arguments; with `jobs`, under a shell that can bring it back to the front."""
        self._mine, theirs = pty.openpty()
        self._theirs = theirs
        self.resize(*size)
        self.modes_before = self.modes()
        self.process = subprocess.Popen(
            [
                *(sys.executable, str(_SHELL), *(["--jobs"] if jobs else [])),
                *(sys.executable, "-m", "blognet", *arguments),
            ],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": "1", **(settings or {})},
            start_new_session=True,
        )
        self.raw = ""
        self.shown = ""
        self._read_to = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._mine)
        if self._theirs >= 0:
            os.close(self._theirs)

    def resize(self, rows: int, columns: int) -> None:
        """Pull at the window."""
        fcntl.ioctl(self._mine, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def modes(self) -> list[object]:
        """Return how the terminal is set; another process's view of it."""
        return [*termios.tcgetattr(self._theirs)[:4]]

    def wait_for(self, text: str) -> str:
        """Read until a text is shown that was not waited for before; return all that came until then."""
        while text not in self.shown[self._read_to :]:
            self._more(f"waiting for {text!r}")
        begin = self._read_to
        self._read_to = self.shown.index(text, begin) + len(text)
        return self.shown[begin : self._read_to]

    def type(self, keys: str) -> None:
        """Type keys as they are."""
        os.write(self._mine, keys.encode())

    def press(self, keys: str, then: str) -> str:
        """Type keys and wait for a text; return what came."""
        self.type(keys)
        return self.wait_for(then)

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._theirs)
        self._theirs = -1
        os.close(self._mine)
        self._mine = os.open(os.devnull, os.O_RDWR)

    def end(self) -> int:
        """Read to the end and return the exit code; the end of a signal is negative."""
        code = None
        deadline = time.monotonic() + _PATIENCE
        while code is None and time.monotonic() < deadline:
            ready, _, _ = select.select([self._mine], [], [], 0.05)
            if ready:
                self._take()
            code = self.process.poll()
        while select.select([self._mine], [], [], 0)[0] and self._take():
            pass
        assert code is not None, f"it did not end after: {self.shown}"
        return code

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End it from outside."""
        self.process.send_signal(number)

    def _more(self, why: str) -> None:
        ready, _, _ = select.select([self._mine], [], [], _PATIENCE)
        assert ready, f"nothing more came, {why}, after: {self.shown}"
        if not self._take():
            message = f"it ended, {why}, after: {self.shown}"
            raise AssertionError(message)

    def _take(self) -> bool:
        try:
            chunk = os.read(self._mine, 65536)
        except OSError:
            return False
        self.raw += self._decoder.decode(chunk)
        self.shown = _COLOURS.sub("", self.raw.replace("\r\n", "\n"))
        return bool(chunk)

"""Single keys from a terminal, and whole lines in between. Whatever happens, the terminal is left as it was found.

On Linux and macOS the terminal is set to give each key at once and to echo nothing; Ctrl-C and Ctrl-Z keep their
meaning. On Windows the console's own functions do the same.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

RESIZED = "<resized>"
"""Not a key: the terminal has another size now, or the program came back to the front; show again."""
GONE = "<gone>"
"""Not a key: the terminal is gone."""
_TERMINATED = 128
_PATIENCE = 0.05
"""Seconds in which the rest of a key that sends several bytes has come."""
_ESCAPES = {b"[C": "n", b"[D": "p", b"[B": " ", b"[A": "b", b"[6~": " ", b"[5~": "b"}
_ESCAPE = b"\x1b"


if sys.platform == "win32":
    import msvcrt

    class Keyboard:
        """The console of Windows."""

        def __enter__(self) -> Self:
            """Nothing has to be set."""
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing has to be put back."""

        def key(self) -> str:
            """Wait for a key."""
            typed = msvcrt.getwch()
            if typed == "\x03":
                raise KeyboardInterrupt
            if typed in {"\x00", "\xe0"}:
                return {"M": "n", "K": "p", "Q": " ", "I": "b"}.get(msvcrt.getwch(), "")
            return typed

        def line(self, question: str) -> str | None:
            """Ask for a line."""
            try:
                return input(question)
            except (EOFError, KeyboardInterrupt):
                return None

        @contextmanager
        def apart(self) -> Iterator[None]:
            """Nothing has to be put back."""
            yield

else:
    import termios

    class Keyboard:
        """A terminal of Unix."""

        def __init__(self) -> None:
            self._input = sys.stdin.fileno()
            self._ahead = b""
            self._found = termios.tcgetattr(self._input)
            self._handlers: dict[int, object] = {}
            self._wake = (-1, -1)
            self._woken = -1

        def __enter__(self) -> Self:
            """Set the terminal; keep its settings and what signals did before."""
            self._wake = os.pipe()
            for end in self._wake:
                os.set_blocking(end, False)
            # A signal that comes between the last line of ours and the wait for a key would be heard at the next key.
            self._woken = signal.set_wakeup_fd(self._wake[1], warn_on_full_buffer=False)
            for number, handler in (
                (signal.SIGWINCH, self._on_resize),
                (signal.SIGTSTP, self._on_stop),
                (signal.SIGTERM, self._on_end),
                (signal.SIGHUP, self._on_end),
            ):
                self._handlers[number] = signal.signal(number, handler)
            self._set()
            return self

        def __exit__(self, *_: object) -> None:
            """Put the terminal and the signals back."""
            self._put_back()
            for number, handler in self._handlers.items():
                signal.signal(number, handler)  # type: ignore[arg-type]  # as signal gave it
            signal.set_wakeup_fd(self._woken)
            for end in self._wake:
                os.close(end)

        def key(self) -> str:
            """Wait for a key and return what it types, `RESIZED` or `GONE`.

            Raises:
                KeyboardInterrupt: Ctrl-C was typed.
            """
            if not self._ahead:
                ready, _, _ = select.select([self._input, self._wake[0]], [], [])
                if self._wake[0] in ready:
                    os.read(self._wake[0], 4096)
                    return RESIZED
            first = self._byte()
            if not first:
                return GONE
            if first == _ESCAPE:
                return _ESCAPES.get(self._rest_of_escape(), "")
            missing = _length_of(first[0]) - 1
            raw = first + b"".join(self._byte() for _ in range(missing))
            return raw.decode("utf-8", "replace")

        def line(self, question: str) -> str | None:
            """Ask for a line as the terminal edits it; None when it was broken off. What was typed ahead counts."""
            found = b""
            try:
                with self.apart():
                    # Only now: what is typed after the question appeared is echoed.
                    sys.stdout.write(question)
                    sys.stdout.flush()
                    while b"\n" not in found:
                        chunk = self._ahead or self._read(4096)
                        self._ahead = b""
                        if not chunk:
                            return None
                        found += chunk
            except KeyboardInterrupt:
                return None
            text, _, self._ahead = found.partition(b"\n")
            return text.decode("utf-8", "replace")

        @contextmanager
        def apart(self) -> Iterator[None]:
            """Put the terminal back for something else that wants it: an editor, a browser."""
            self._put_back()
            try:
                yield
            finally:
                self._set()

        def _set(self) -> None:
            wanted = termios.tcgetattr(self._input)
            wanted[3] &= ~(termios.ICANON | termios.ECHO)
            wanted[6][termios.VMIN], wanted[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self._input, termios.TCSADRAIN, wanted)

        def _put_back(self) -> None:
            try:
                termios.tcsetattr(self._input, termios.TCSADRAIN, self._found)
            except termios.error:
                return  # the terminal is gone, and its settings with it

        def _byte(self) -> bytes:
            if not self._ahead:
                self._ahead = self._read(1)
            first, self._ahead = self._ahead[:1], self._ahead[1:]
            return first

        def _read(self, limit: int) -> bytes:
            try:
                return os.read(self._input, limit)
            except OSError:
                return b""  # a terminal that hung up says so once, and then is gone

        def _rest_of_escape(self) -> bytes:
            rest = b""
            while self._ahead or select.select([self._input], [], [], _PATIENCE)[0]:
                byte = self._byte()
                rest += byte
                if not byte or byte.isalpha() or byte == b"~":
                    break
            return rest

        def _on_resize(self, _number: int, _frame: FrameType | None) -> None:
            self._show_again()

        def _on_stop(self, number: int, _frame: FrameType | None) -> None:
            now = termios.tcgetattr(self._input)
            self._put_back()
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)  # stops here until somebody types fg
            signal.signal(number, self._on_stop)
            termios.tcsetattr(self._input, termios.TCSADRAIN, now)
            self._show_again()

        def _on_end(self, number: int, _frame: FrameType | None) -> None:
            sys.exit(_TERMINATED + number)

        def _show_again(self) -> None:
            try:
                os.write(self._wake[1], b"!")
            except BlockingIOError:
                return  # it is full of the same wish


def _length_of(first: int) -> int:
    """Return how many bytes a character takes in UTF-8, by its first."""
    for length, start in ((4, 0xF0), (3, 0xE0), (2, 0xC0)):
        if first >= start:
            return length
    return 1

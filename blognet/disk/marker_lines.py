"""The marker of an output as its bytes, asked and changed line by line: most of it is never taken apart.

Good for markers as `blognet.disk.output_marker.marker_of` writes them: a line for each file, sorted by name. No name of
an output holds a character that JSON writes in another way, so names sort and compare as they stand there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.disk.output_marker import END, START, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_START, _BEHIND = START.encode(), f"\n }}{END}".encode()
_AROUND = len(_START) + len(_BEHIND)
_AFTER = b",\n"
_HEX = 64


class MarkerLines:
    """The files that a marker names."""

    def __init__(self, raw: bytes) -> None:
        """Keep the lines.

        Raises:
            ValueError: They are of no marker as we write it, or of one that names no file.
        """
        if not (raw.startswith(_START) and raw.endswith(_BEHIND)) or len(raw) <= _AROUND:
            raise _foreign()
        self._lines = raw[len(_START) : -len(_BEHIND)] + _AFTER

    def __len__(self) -> int:
        """Count the files."""
        return self._lines.count(_AFTER)

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file; "" when the marker does not name it.

        Raises:
            ValueError: The line is none that we write.
        """
        sought = name.encode()
        at = self._place(sought)
        found, digest, _ = self._line(at) if at < len(self._lines) else (b"", "", at)
        return digest if found == sought else ""

    def starting(self, words: str) -> Iterator[str]:
        """Give the names that begin with some characters.

        Raises:
            ValueError: A line is none that we write.
        """
        sought = words.encode()
        at = self._place(sought)
        while at < len(self._lines):
            name, _, at = self._line(at)
            if not name.startswith(sought):
                return
            yield name.decode()

    def exchanged(self, digests: Mapping[str, str]) -> bytes:
        """Return the marker that names other files.

        Args:
            digests: The SHA-256 of those that are new or others, and "" for those that are no more.

        Raises:
            ValueError: A line is none that we write, or no file would be left.
        """
        parts: list[bytes | memoryview] = []
        whole, done = memoryview(self._lines), 0
        for name, digest in sorted(digests.items()):
            at = self._place(name.encode())
            parts.append(whole[done:at])
            is_there = bool(self.digest(name))
            done = self._line(at)[2] if is_there else at
            if digest:
                parts += (line_of(name, digest).encode(), _AFTER)
        parts.append(whole[done:])
        lines = b"".join(parts)
        if not lines:
            raise _foreign()
        return b"".join((_START, memoryview(lines)[: -len(_AFTER)], _BEHIND))

    def _place(self, name: bytes) -> int:
        """Return where the line of a name begins, or would begin."""
        low, high = 0, len(self._lines)
        while low < high:
            middle = self._lines.rfind(b"\n", 0, (low + high) // 2) + 1
            found, _, end = self._line(middle)
            if found < name:
                low = end
            else:
                high = middle
        return low

    def _line(self, at: int) -> tuple[bytes, str, int]:
        """Return name and digest of the line that begins at a place, and where it ends."""
        end = self._lines.index(_AFTER, at)
        said = self._lines[at:end]
        name, digest = said[3 : -_HEX - 5], said[-_HEX - 1 : -1].decode()
        if said != line_of(name.decode(), digest).encode() or len(digest) != _HEX:
            raise _foreign()
        return name, digest, end + len(_AFTER)


def _foreign() -> ValueError:
    return ValueError("this marker was written by somebody else")

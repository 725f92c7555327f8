"""What lies below ``/ac/`` of a Bazel remote cache: an ``ActionResult`` that names one file and carries a seal.

The message is that of the Remote Execution API v2 (build.bazel.remote.execution.v2), in protobuf's binary form, because
servers such as bazel-remote refuse anything else there, and look whether the file that it names is below ``/cas/``.
They may write it anew and add fields, so what is read is fields and never bytes. Of the message we use:

    ActionResult  output_files = 2 (one), stdout_raw = 5 (the seal)
    OutputFile    path = 1, digest = 2
    Digest        hash = 1, size_bytes = 2
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATH = b"text"
_HEX = re.compile(r"[0-9a-f]{64}")
_VARINT, _BYTES = 0, 2
_LONGEST_VARINT = 10
_SEVEN_BITS = 0x7F
_MORE = 0x80


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBlob:
    """What one entry says: which bytes, how many, and the seal over both.

    Attributes:
        digest: Their SHA-256 in hex.
        size: How many they are.
        seal: As it came; nobody has looked whether it is good.
    """

    digest: str
    size: int
    seal: str


def blob_as_result(blob: NamedBlob) -> bytes:
    """Write an ``ActionResult``."""
    digest = _field(1, blob.digest.encode("ascii")) + _number(2, blob.size)
    file = _field(1, _PATH) + _field(2, digest)
    return _field(2, file) + _field(5, blob.seal.encode("ascii"))


def blob_from_result(raw: bytes) -> NamedBlob:
    """Read what `blob_as_result` wrote, or what a server made of it.

    Raises:
        ValueError: It is something else.
    """
    result = dict(_fields(raw))
    digest = dict(_fields(_bytes_in(dict(_fields(_bytes_in(result, 2))), 2)))
    size, name = digest.get(2, 0), _bytes_in(digest, 1).decode("ascii")
    if not isinstance(size, int) or not _HEX.fullmatch(name):
        message = "no digest"
        raise ValueError(message)
    return NamedBlob(digest=name, size=size, seal=_bytes_in(result, 5).decode("ascii"))


def _bytes_in(fields: dict[int, int | bytes], number: int) -> bytes:
    found = fields.get(number, b"")
    if isinstance(found, int):
        message = "a number in place of bytes"
        raise ValueError(message)  # noqa: TRY004  # what came from outside is a wrong value, not a wrong call
    return found


def _field(number: int, raw: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(raw)) + raw


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3 | _VARINT) + _varint(value)


def _varint(value: int) -> bytes:
    groups = bytearray()
    while value > _SEVEN_BITS:
        groups.append(value & _SEVEN_BITS | _MORE)
        value >>= 7
    groups.append(value)
    return bytes(groups)


def _fields(raw: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(raw):
        tag, at = _read_varint(raw, at)
        match tag & 7:
            case 0:
                value, at = _read_varint(raw, at)
                yield tag >> 3, value
                continue
            case 1:
                size = 8
            case 2:
                size, at = _read_varint(raw, at)
            case 5:
                size = 4
            case _:
                message = "a kind of field that does not exist"
                raise ValueError(message)
        if at + size > len(raw):
            message = "it ends too early"
            raise ValueError(message)
        yield tag >> 3, raw[at : at + size]
        at += size


def _read_varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for number in range(_LONGEST_VARINT):
        if at + number >= len(raw):
            break
        value |= (raw[at + number] & _SEVEN_BITS) << 7 * number
        if not raw[at + number] & _MORE:
            return value, at + number + 1
    message = "a number that does not end"
    raise ValueError(message)

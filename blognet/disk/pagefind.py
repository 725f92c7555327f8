"""Running Pagefind: pages in, files out. Knows nothing of what the pages say, nor which of the files are needed.

The program comes with the extra ``search``; what else is called pagefind on this machine is not asked. It is talked to
as its own packages for Python and Node do it (https://pagefind.app/docs/py-api/): messages in JSON, in base64, each
ended by a comma, answered in their order. That package is not used for it: it waits a tenth of a second for each
answer, and never reads one above 2 MiB. The files are asked for and not written: Pagefind says that it has written
files while the end of some is still on its way to the disk.

It runs on one thread, since the order in which several finish is in its files, in no folder of anybody's, and with an
environment that holds nothing else.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from threading import Thread, Timer
from typing import IO, TYPE_CHECKING

from blognet.kernel.errors import BlognetError, ConfigError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable, Iterator, Mapping

_PACKAGE = "pagefind_bin"
_SECONDS, _SECONDS_A_PAGE = 120, 0.05
_ONE_THREAD = {"RAYON_NUM_THREADS": "1"}
_CHUNK = 1 << 20


def pagefind_version() -> str:
    """Return which Pagefind would run.

    Raises:
        ConfigError: The extra is not installed.
    """
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  # few networks ask for it

    try:
        return version(_PACKAGE)
    except PackageNotFoundError as error:
        message = (
            "blognet.yml asks for search: {engine: pagefind}, and Pagefind is not installed here"
        )
        hint = "pip install 'blognet[search]'; without it, the site would be another"
        raise ConfigError(message, hint=hint) from error


def run_pagefind(
    pages: Iterable[tuple[str, str]], *, program: str = "", seconds: float = 0
) -> Mapping[str, bytes]:
    """Return every file that Pagefind makes of pages, by its path.

    Args:
        pages: Address and HTML of each, in the order they are to be read.
        program: What to run in place of the extra's program.
        seconds: How long it may take; with 0 some minutes, and more for many pages.

    Raises:
        ConfigError: The extra is not installed.
        BlognetError: Pagefind refuses, or does not come to an end.
    """
    given = tuple(pages)
    if not program:
        pagefind_version()
        from importlib.resources import files  # noqa: PLC0415  # as below

        program = str(Path(str(files(_PACKAGE))) / "pagefind")
    return _run(program, given, seconds or _SECONDS + len(given) * _SECONDS_A_PAGE)


def _run(program: str, pages: tuple[tuple[str, str], ...], seconds: float) -> Mapping[str, bytes]:
    import subprocess  # noqa: PLC0415  # few networks ask for it

    try:
        process = subprocess.Popen(
            [program, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ONE_THREAD,
            cwd="/",
        )
    except OSError as error:
        message = f"Pagefind cannot be started: {error.strerror or error}"
        hint = "type: pip install --force-reinstall 'blognet[search]'"
        raise BlognetError(message, hint=hint) from error
    late = Timer(seconds, process.kill)
    late.daemon = True
    late.start()
    try:
        answers = _answers(process, pages)
    finally:
        is_late = not late.is_alive()
        late.cancel()
        process.kill()
        process.wait()
    if answers is None:
        said = (
            f"did not come to an end within {seconds:g} seconds" if is_late else "ended too early"
        )
        message = f"Pagefind {said}"
        raise BlognetError(message, hint="write search: true to build without it")
    return _files_in(answers)


def _answers(
    process: subprocess.Popen[bytes], pages: tuple[tuple[str, str], ...]
) -> tuple[bytes, ...] | None:
    """Return the answers to all messages; None when it ended before the last."""
    given, taken = process.stdin, process.stdout
    if given is None or taken is None:  # both are pipes
        return None
    writer = Thread(target=_write, args=(given, pages), daemon=True)
    writer.start()
    found: list[bytes] = []
    left = len(pages) + 2
    with taken:
        while left > 0 and (some := os.read(taken.fileno(), _CHUNK)):
            found.append(some)
            left -= some.count(b",")
        process.kill()  # everything was said: a writer that still waits is woken by it
        writer.join()
        with suppress(OSError):
            given.close()
    return tuple(b"".join(found).split(b",")[:-1]) if left <= 0 else None


def _write(given: IO[bytes], pages: tuple[tuple[str, str], ...]) -> None:
    """Say everything; the pipe stays open, since Pagefind ends with it, whatever it was still asked."""
    with suppress(OSError):
        for message in _messages(pages):
            given.write(message)
        given.flush()


def _messages(pages: tuple[tuple[str, str], ...]) -> Iterator[bytes]:
    asked: list[dict[str, object]] = [{"type": "NewIndex", "config": {}}]
    asked += [
        {"type": "AddFile", "index_id": 0, "file_path": None, "url": url, "file_contents": html}
        for url, html in pages
    ]
    asked.append({"type": "GetFiles", "index_id": 0})
    for number, payload in enumerate(asked, start=1):
        said = json.dumps({"message_id": number, "payload": payload})
        yield b64encode(said.encode("ascii")) + b","


def _files_in(answers: tuple[bytes, ...]) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    try:
        for raw in answers:
            payload = json.loads(b64decode(raw))["payload"]
            if payload["type"] == "Error":
                message = f"Pagefind refuses a text: {payload['message']}"
                raise BlognetError(message, hint="write search: true to build without it")
            for file in payload.get("files", ()):
                found[str(file["path"])] = b64decode(file["content"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = "Pagefind gave an answer that blognet cannot read"
        raise BlognetError(message, hint="type: pip install 'blognet[search]'") from error
    return found

"""Rendered texts from and to a cache that several machines share. Nothing here fails a build or changes its bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blognet.disk.cache_environment import CacheEnvironment, cache_environment
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.problems import Location, Problem, Severity
from blognet.kernel.sealing import SHORTEST_KEY
from blognet.net import codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.config.config import SharedCache
    from blognet.net.http_cache import HttpCache

_TEXT = re.compile(r"[0-9a-f]+")
_SETTINGS = Location(path="blognet.yml", key="cache.url")


class SharedTexts:
    """What others keep; without a server it gives nothing and takes nothing."""

    def __init__(
        self,
        server: HttpCache | None = None,
        *,
        write: bool = False,
        read: bool = True,
        problem: Problem | None = None,
    ) -> None:
        """Keep whom to ask.

        Args:
            server: The server; None for none.
            write: Whether it gets what was rendered here.
            read: Whether it is asked.
            problem: Why there is none although one is wanted.
        """
        self._server = server
        self._write = write
        self._read = read
        self._problem = problem

    def take(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        """Return what others rendered already."""
        return self._server.get(keys) if self._server and self._read else {}

    def give(self, entries: Mapping[str, bytes]) -> None:
        """Hand others what was rendered here."""
        if self._server and self._write:
            # What has more than digits for a key is a note beside a text, sooner made than sent.
            texts = {key: raw for key, raw in entries.items() if _TEXT.fullmatch(key)}
            self._server.put(texts)

    @property
    def is_wanted(self) -> bool:
        """Whether the settings or the environment name a server."""
        return self._server is not None or self._problem is not None

    def try_out(self) -> None:
        """Ask the server for entries that nobody has; afterwards `problems` says whether it can be used."""
        # As many as it takes to be left alone.
        self.take(sha256_hex(f"nobody has this {number}".encode()) for number in range(3))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the server was not used to the end; one at most."""
        if self._problem is not None:
            return (self._problem,)
        if self._server is None or not self._server.trouble:
            return ()
        message = f"the shared cache was not used to the end: {self._server.trouble}"
        return (_warning(codes.NOT_USED, message, "the site is the same; blognet explain BN740"),)


def shared_texts(settings: SharedCache, *, anew: bool) -> SharedTexts:
    """Return the shared cache of the settings and the environment, which goes before them.

    Args:
        settings: ``cache`` of ``blognet.yml``.
        anew: Whether nothing that was rendered before is to be used.
    """
    said = cache_environment()
    url = settings.url if said.url is None else said.url.strip().rstrip("/")
    if not url:
        return SharedTexts()
    problem = _in_the_way(url, said)
    if problem is not None:
        return SharedTexts(problem=problem)
    from blognet.net.http_cache import CacheServer, HttpCache

    server = HttpCache(CacheServer(url=url, key=said.key, login=said.login))
    write = settings.write if said.write is None else said.write
    return SharedTexts(server, write=write, read=not anew)


def _in_the_way(url: str, said: CacheEnvironment) -> Problem | None:
    from blognet.config.settings import checked_url
    from blognet.kernel.yamlvalues import MisfitError
    from blognet.net.http_cache import CacheServer

    try:
        checked_url(url)
    except MisfitError:
        message = "BLOGNET_CACHE_URL is no address such as https://cache.example.org/blognet"
        return _warning(codes.NOT_USED, message, "set it anew, or to nothing")
    if len(said.key) < SHORTEST_KEY:
        what = "is too short" if said.key else "is not set"
        message = f"the shared cache was not asked: BLOGNET_CACHE_KEY {what}"
        return _warning(codes.NO_KEY, message, f"set it to {SHORTEST_KEY} characters or more")
    if said.login and not CacheServer(url=url, key=said.key).may_see_login:
        message = "the shared cache was not asked: BLOGNET_CACHE_LOGIN would travel openly"
        return _warning(codes.OPEN_LOGIN, message, "use an address that begins with https://")
    return None


def _warning(code: str, message: str, hint: str) -> Problem:
    return Problem(
        location=_SETTINGS, code=code, severity=Severity.WARNING, message=message, hint=hint
    )

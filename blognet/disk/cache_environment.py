"""What the environment says about the shared cache. A key or a password never stands in ``blognet.yml``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheEnvironment:
    """What was found.

    Attributes:
        key: ``BLOGNET_CACHE_KEY`` as bytes; empty when it is not set.
        url: ``BLOGNET_CACHE_URL``; None when it is not set, "" to do without a server.
        write: ``BLOGNET_CACHE_WRITE``; None when it is not set, or says neither yes nor no.
        login: ``BLOGNET_CACHE_LOGIN``, ``user:password``; "" when it is not set.
    """

    key: bytes = field(default=b"", repr=False)
    url: str | None = None
    write: bool | None = None
    login: str = field(default="", repr=False)


def cache_environment() -> CacheEnvironment:
    """Read the variables."""
    said = os.environ.get("BLOGNET_CACHE_WRITE", "").strip().lower()
    return CacheEnvironment(
        key=os.environ.get("BLOGNET_CACHE_KEY", "").strip().encode("utf-8", "surrogateescape"),
        url=os.environ.get("BLOGNET_CACHE_URL"),
        write=True if said in _YES else False if said in _NO else None,
        login=os.environ.get("BLOGNET_CACHE_LOGIN", "").strip(),
    )

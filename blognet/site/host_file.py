"""What a host is told, as values: which addresses lead on. Knows no host's way of writing it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blognet.kernel.ids import SitePath


class HostFileName(StrEnum):
    """The files that hosts read."""

    REDIRECTS = "_redirects"
    HEADERS = "_headers"
    NGINX = "_nginx.conf"
    APACHE = ".htaccess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An address that leads on to a path of the site, or to a whole address."""

    source: SitePath
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFile:
    """What a host is told.

    Attributes:
        moves: By their source.
        forced: Whether a move is to be followed although there is a page at its source, where that has to be said.
    """

    name: HostFileName
    moves: tuple[Move, ...] = ()
    forced: bool = False

"""Settings of videos on other sites. Knows no page and no address of a video."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from blognet.config import codes
from blognet.config.described import described
from blognet.config.settings import host_of
from blognet.kernel.yamlmodels import Read
from blognet.kernel.yamlvalues import MisfitError, bool_of, items_of

Flag = Annotated[bool, Read(bool_of)]


def exact_host_of(value: object) -> str:
    """Return a host name that stands for one host.

    Raises:
        MisfitError: It is none, or stands for several.
    """
    host = host_of(value)
    if host.startswith("*"):
        message = f"expected one host, found '{host}'"
        raise MisfitError(message, code=codes.BAD_HOST, hint="name each PeerTube site by itself")
    return host


@dataclass(frozen=True, slots=True, kw_only=True)
class Embeds:
    """Whose videos readers can play on a page, after a click."""

    youtube: Flag = field(
        default=True, metadata=described("Videos of YouTube, from www.youtube-nocookie.com.")
    )
    vimeo: Flag = field(
        default=True, metadata=described("Videos of Vimeo, which is asked not to track (`dnt=1`).")
    )
    peertube: Annotated[tuple[Annotated[str, Read(exact_host_of)], ...], Read(items_of)] = field(
        default=(), metadata=described("Hosts of PeerTube sites, such as video.example.org.")
    )

    @property
    def sites(self) -> frozenset[str]:
        """The sites as `blognet.markup` names them."""
        named = {"youtube": self.youtube, "vimeo": self.vimeo}
        return frozenset(self.peertube) | {name for name, wanted in named.items() if wanted}

"""Settings of videos on other sites. Knows no page and no address of a video."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from blognet.config import codes
from blognet.config.settings import host_of
from blognet.kernel.yamlvalues import MisfitError, bool_of, items_of

Flag = Annotated[bool, BeforeValidator(bool_of)]


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


class Embeds(BaseModel):
    """Whose videos readers can play on a page, after a click."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    youtube: Flag = Field(
        default=True, description="Videos of YouTube, from www.youtube-nocookie.com."
    )
    vimeo: Flag = Field(
        default=True, description="Videos of Vimeo, which is asked not to track (`dnt=1`)."
    )
    peertube: Annotated[
        tuple[Annotated[str, BeforeValidator(exact_host_of)], ...], BeforeValidator(items_of)
    ] = Field(default=(), description="Hosts of PeerTube sites, such as video.example.org.")

    @property
    def sites(self) -> frozenset[str]:
        """The sites as `blognet.markup` names them."""
        named = {"youtube": self.youtube, "vimeo": self.vimeo}
        return frozenset(self.peertube) | {name for name, wanted in named.items() if wanted}

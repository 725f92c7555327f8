"""Telling a WebSub hub that a feed has changed. Knows no feeds, remembers nothing.

https://www.w3.org/TR/websub/ leaves to each hub how it is told; all known ones take a form with ``hub.mode=publish``
and ``hub.url``, as the protocol's forerunner said. Nothing is tried twice: the next run does that.
"""

from __future__ import annotations

from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO

SECONDS = 20.0
"""How long one answer of the hub may take."""
_LONGEST_REASON = 200


class HubError(BlognetError):
    """The hub did not take it, and says why."""


class _NoDetours(HTTPRedirectHandler):
    """A redirect would turn what is sent into something else; it is a failure like any other answer."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        del req, fp, code, msg, headers, newurl


def tell_hub(hub: str, feed: str, *, seconds: float = SECONDS) -> None:
    """Tell a hub that a feed has changed.

    Args:
        hub: The hub's whole address.
        feed: The feed's.
        seconds: How long to wait for the answer.

    Raises:
        HubError: The hub cannot be reached, or its answer is not 2xx.
    """
    form = urlencode({"hub.mode": "publish", "hub.url": feed}).encode("ascii")
    # The settings let no other scheme than http and https through.
    request = Request(hub, data=form, headers={"User-Agent": "blognet"}, method="POST")  # noqa: S310
    try:
        with build_opener(_NoDetours).open(request, timeout=seconds) as answer:
            answer.read(1)
    except HTTPError as error:
        with error:
            said = error.read(_LONGEST_REASON).decode("utf-8", errors="replace")
        reason = " ".join(f"{error.code} {said}".split())
        message = f"the hub refused {feed}: {reason}"
        raise HubError(message) from error
    except (URLError, HTTPException, OSError) as error:
        message = f"the hub could not be told of {feed}: {getattr(error, 'reason', None) or error}"
        raise HubError(message) from error

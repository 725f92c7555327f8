"""Tell the hub of the feeds that changed since it was told last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.unchanged import OUTPUT
from blognet.actions.urls import planned_pages
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.pinged import digests_in, keep_pinged, read_pinged
from blognet.kernel.errors import BlognetError, ConfigError
from blognet.net.websub import HubError, tell_hub
from blognet.site.addresses import output_name
from blognet.site.pages import Feed
from blognet.themes.links import whole_address

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinged:
    """What became of it; addresses are whole and sorted.

    Attributes:
        hub: The hub's address.
        told: Feeds that it was told of, or would be.
        failed: Feeds that it was not, each with the reason.
        unchanged: How many feeds it knows already as they are.
    """

    hub: str
    told: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    unchanged: int


def ping(
    start: Path, *, now: datetime, output: Path | None = None, dry_run: bool = False
) -> Pinged:
    """Tell the hub of blognet.yml which feeds of the built site have changed.

    Args:
        start: A folder in the network.
        now: Decides which feeds there are.
        output: The built site; the network's ``site/`` when None.
        dry_run: Whether to tell nobody.

    Raises:
        ConfigError: No hub is configured.
        BlognetError: There is no built site.
    """
    root = find_network(start)
    with writing_lock(root, doing="blognet ping"):
        config, pages = planned_pages(root, (), now)
        hub = config.feeds.hub
        if not hub:
            message = "blognet.yml names no hub"
            hint = "write 'feeds: {hub: https://pubsubhubbub.appspot.com/}' into it, or another hub"
            raise ConfigError(message, hint=hint)
        names = {
            output_name(page.path): whole_address(page.path, site_url=config.url)
            for page in pages
            if isinstance(page.shows, Feed)
        }
        digests = digests_in(output or root / OUTPUT, names)
        if not digests:
            message = "there is no built site whose feeds could have changed"
            raise BlognetError(message, hint="blognet build")
        fresh = {names[name]: digest for name, digest in digests.items()}
        known = read_pinged(root, hub)
        changed = sorted(feed for feed, digest in fresh.items() if known.get(feed) != digest)
        failed = () if dry_run else _tell(hub, changed)
        missed = {feed for feed, _ in failed}
        if not dry_run:
            kept = {feed: digest for feed, digest in fresh.items() if feed not in missed}
            keep_pinged(root, hub, kept)
        return Pinged(
            hub=hub,
            told=tuple(feed for feed in changed if feed not in missed),
            failed=failed,
            unchanged=len(fresh) - len(changed),
        )


def _tell(hub: str, feeds: list[str]) -> tuple[tuple[str, str], ...]:
    """Tell the hub of each feed; one that it refuses does not stop the others."""
    failed: list[tuple[str, str]] = []
    for feed in feeds:
        try:
            tell_hub(hub, feed)
        except HubError as error:
            failed.append((feed, error.message))
    return tuple(failed)

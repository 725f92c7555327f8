"""The addresses of lists and feeds: which there are, which ``urls.lock`` keeps, and keeping or forgetting them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.network import is_sound, load_network
from blognet.actions.published import published_from
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.themes import theme_files
from blognet.disk.urls_lock import keep_urls_lock, load_urls_lock
from blognet.kernel.errors import FaultsError, UsageError
from blognet.kernel.nearest import did_you_mean
from blognet.site.plan import plan
from blognet.site.urls_lock import read_urls_lock, worth_keeping, write_urls_lock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from blognet.config import Config
    from blognet.site import Page
    from blognet.site.urls_lock import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Urls:
    """What became of the addresses; all sorted.

    Attributes:
        there: Those on the site as of now that are worth keeping.
        kept: Those in ``urls.lock`` afterwards.
        gone: Those of them at which nothing is, and which do not lead on.
        added: Those written there by this run.
        forgotten: Those taken out by this run.
        exists: Whether there is a ``urls.lock`` afterwards.
    """

    there: tuple[str, ...]
    kept: tuple[str, ...]
    gone: tuple[str, ...]
    added: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    exists: bool = True


def kept_addresses(root: Path) -> tuple[Kept, ...]:
    """Return the addresses of ``urls.lock``; none when there is no such file.

    Raises:
        FaultsError: A line of it is no address.
    """
    text = load_urls_lock(root)
    kept, problems = read_urls_lock(text) if text is not None else ((), ())
    if problems:
        message = "urls.lock has faults"
        raise FaultsError(message, problems=problems)
    return kept


def planned_pages(
    root: Path, kept: tuple[Kept, ...], now: datetime
) -> tuple[Config, tuple[Page, ...]]:
    """Return the settings and every page of the site, what leads on included.

    Raises:
        FaultsError: The record has faults.
    """
    network = load_network(root, now=now)
    if not is_sound(network.record):
        message = "the record has faults, so nobody can say what was approved"
        raise FaultsError(message, problems=network.record.problems, hint="mayor verify")
    published = published_from(network.record, rules=network.rules, now=now)
    theme = theme_files(root, network.config.theme.name)
    planned = plan(published, network.config, theme_files=tuple(theme.static), kept=kept)
    return network.config, planned.pages


def urls(
    start: Path, *, now: datetime, lock: bool, forget: tuple[str, ...] = (), dry_run: bool = False
) -> Urls:
    """Look at the addresses; keep those there are, or forget some.

    Args:
        start: A folder in the network.
        now: Decides what is on the site.
        lock: Whether to write down every address that is there.
        forget: Addresses to take out; one that ends with ``/`` takes what is below it along.
        dry_run: Whether to write nothing.

    Raises:
        UsageError: An address to forget is not kept.
        FaultsError: The record or ``urls.lock`` has faults.
    """
    root = find_network(start)
    with writing_lock(root, doing="blognet urls"):
        kept = kept_addresses(root)
        _, pages = planned_pages(root, kept, now)
        there = tuple(map(str, worth_keeping(pages)))
        before = tuple(str(one.path) for one in kept)
        let_go = _named(forget, before)
        rest = set(before) - let_go
        after = tuple(sorted(rest | set(there) if lock else rest))
        if after != before and not dry_run:
            keep_urls_lock(root, write_urls_lock(after))
        return Urls(
            there=there,
            kept=after,
            gone=tuple(sorted(set(after) - {str(page.path) for page in pages})),
            added=tuple(sorted(set(after) - set(before))),
            forgotten=tuple(sorted(let_go - set(after))),
            exists=load_urls_lock(root) is not None,
        )


def _named(forget: Iterable[str], kept: tuple[str, ...]) -> set[str]:
    gone: set[str] = set()
    for address in forget:
        found = {
            path for path in kept if path == address or (address.endswith("/") and path.startswith(address))
        }  # fmt: skip
        if not found:
            message = f"{address} is not in urls.lock"
            raise UsageError(
                message, hint=did_you_mean(address, kept) or "blognet urls lists what is"
            )
        gone |= found
    return gone

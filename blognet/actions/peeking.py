"""What is to be shown as soon as a few files were saved: the last whole look, with their subjects exchanged.

Everything here costs what the few subjects cost, and what waits beside them; nothing goes through all posts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.prospect import place
from blognet.actions.reread import read_again
from blognet.actions.waiting import in_waiting_order, waiting_of
from blognet.kernel.overlaid import Overlaid
from blognet.site import LivePost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from blognet.actions.network import Entry, Network
    from blognet.actions.planned_sites import PlannedSite
    from blognet.actions.prospect import Placed
    from blognet.actions.reread import Whereabouts
    from blognet.actions.waiting import Waiting
    from blognet.kernel.ids import SitePath, SourcePath, Subject
    from blognet.kernel.problems import Problem
    from blognet.moderation.cases import Rights

MOST = 40
"""More files than this are not read one by one: a whole look is as quick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a whole look found.

    Attributes:
        network: What was read.
        whereabouts: Where its texts lay.
        published_authors: Those who have something published.
        rights: The settings that decide on addresses.
        taken: The addresses that the record gave away.
        waiting: Everything proposed.
        placed: What of it is on the site as it would be.
        left_out: Why the rest of what was chosen is not.
        approved: The site as approved.
        possible: The site as it would be.
        choose: Gives the subjects that are to be on it.
        began: The date of waiting posts that say none.
        faults: What is wrong, each with the subject it is wrong with.
    """

    network: Network
    whereabouts: Whereabouts
    published_authors: frozenset[str]
    rights: Rights
    taken: Mapping[SitePath, Subject]
    waiting: tuple[Waiting, ...]
    placed: Mapping[Subject, Placed]
    left_out: Mapping[Subject, str]
    approved: PlannedSite
    possible: PlannedSite
    choose: Callable[[tuple[Waiting, ...]], Iterable[Subject]]
    began: datetime
    faults: tuple[tuple[Subject | None, Problem], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Peeked:
    """The same after a few files were saved.

    Attributes:
        changed: The entries that were read again.
        entries: All.
        waiting: Everything proposed.
        placed: The subjects that are on the site as it would be.
        left_out: Why others are not.
        posts: Those of them that differ from `Base.possible`.
        sources: Where the files beside them are, by SHA-256 in hex.
    """

    changed: tuple[Entry, ...]
    entries: Mapping[Subject, Entry]
    waiting: tuple[Waiting, ...]
    placed: frozenset[Subject]
    left_out: Mapping[Subject, str]
    posts: tuple[LivePost, ...]
    sources: Mapping[str, SourcePath]


def few_of(paths: frozenset[str], base: Base | None) -> frozenset[str]:
    """Return what is worth reading one by one: of many files those that lay there before, of too many of these none.

    So a text that is saved while a program writes thousands of new files is shown at once all the same.
    """
    if len(paths) <= MOST or base is None:
        return paths
    units = base.whereabouts.units
    known = frozenset(path for path in paths if path in units or path.rpartition("/")[0] in units)
    return known if len(known) <= MOST else frozenset()


def nothing_peeked(base: Base) -> Peeked:
    """Return what is there when no file was read again."""
    return Peeked(
        changed=(),
        entries=base.network.entries,
        waiting=base.waiting,
        placed=frozenset(base.placed),
        left_out=base.left_out,
        posts=(),
        sources={},
    )


def peeked(base: Base, paths: Iterable[str], *, now: datetime) -> Peeked | None:
    """Read a few files again.

    Args:
        base: The last whole look.
        paths: Every file that may have changed since.
        now: The time.

    Returns:
        What is there now; None when nothing can be said without looking at the whole.

    Raises:
        BlognetError: Something else changed as well.
    """
    some = tuple(paths)
    if len(some) > MOST:
        return None
    changed = read_again(base.network, base.whereabouts, some, now=now)
    if not changed:
        return None
    found = in_waiting_order(
        (
            *(one for one in base.waiting if one.entry.subject not in changed),
            *(
                waiting_of(entry, base.published_authors)
                for entry in changed.values()
                if entry.glance.lights.is_proposed
            ),
        )
    )
    chosen = frozenset(base.choose(found))
    placed, left_out = _placed(base, changed, chosen)
    return Peeked(
        changed=tuple(changed.values()),
        entries=Overlaid(base.network.entries, changed),
        waiting=found,
        placed=frozenset(placed),
        left_out=left_out,
        posts=tuple(
            live
            for subject, live in placed.items()
            if isinstance(live, LivePost) and live != base.placed.get(subject)
        ),
        sources={
            asset.sha256: path
            for entry in changed.values()
            if entry.proposal
            for asset, path in zip(entry.proposal.assets, entry.proposal.asset_sources, strict=True)
        },
    )


def _placed(
    base: Base, changed: Mapping[Subject, Entry], chosen: frozenset[Subject]
) -> tuple[Mapping[Subject, Placed], Mapping[Subject, str]]:
    placed = {
        subject: live
        for subject, live in base.placed.items()
        if subject in chosen and subject not in changed
    }
    left_out = {subject: why for subject, why in base.left_out.items() if subject not in changed}
    waits = {live.url: subject for subject, live in placed.items() if isinstance(live, LivePost)}
    taken = Overlaid(base.taken, waits)
    for subject in sorted(changed.keys() & chosen):
        if changed[subject].proposal is None:
            continue
        found = place(changed[subject], taken=taken, rights=base.rights, moment=base.began)
        if isinstance(found, str):
            left_out[subject] = found
            if subject in base.placed:
                placed[subject] = base.placed[subject]
        else:
            placed[subject] = found
            if isinstance(found, LivePost):
                waits[found.url] = subject
    return placed, left_out

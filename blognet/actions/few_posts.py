"""Which posts are others than in the last build, and what that comes to on a site of which everything else stays.

Answers from what decides on each subject (the lights), the approved copies of those that differ, and what the last
build kept. A post may be new, gone, or say other things; where only its text is another, nothing is planned at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.actions.few_cards import lay_cards
from blognet.actions.few_pictures import lay_files, sources_with
from blognet.actions.kept_bytes import TERMS
from blognet.actions.kept_lights import all_lines, lights_apart, retracted_in
from blognet.actions.nameless import KeptFaultError
from blognet.actions.outdated import NOT_MOVED, Moved
from blognet.actions.published import as_approved, shown_of
from blognet.disk.left import OutputNames
from blognet.disk.output_marker import MARKER
from blognet.engine import EVERYTHING, fact_key
from blognet.kernel.ids import Kind, Subject, subject_of
from blognet.pictures.codes import CARD_WITHOUT_TITLE
from blognet.render.context import TEXT
from blognet.render.watched import CONTENTS, LISTINGS, LISTS, PICTURE
from blognet.site import LivePost, Tombstone
from blognet.site.addresses import are_plain, output_name
from blognet.site.again import (
    FurtherError,
    gathered_again,
    pages_again,
    stones_again,
    with_sitemap_again,
)
from blognet.site.alike import is_planned_alike
from blognet.site.codes import ALIAS_UNUSABLE, TERM_WITHOUT_LETTERS
from blognet.site.pages import Asset, ListKind, TombstonePage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from blognet.actions.few_pictures import ImagesOf
    from blognet.actions.kept_lights import Lights
    from blognet.actions.kept_scene import KeptUnits
    from blognet.actions.kept_site import KeptSite
    from blognet.actions.network import Network
    from blognet.actions.studio import Studio
    from blognet.actions.surroundings import Surroundings
    from blognet.disk.left import Left
    from blognet.disk.memory import Recall
    from blognet.engine import FactKey
    from blognet.site.related import Change

MOST = 40
"""More posts than this are not looked at one by one."""
_OF_ONE_POST = frozenset((ALIAS_UNUSABLE, TERM_WITHOUT_LETTERS, CARD_WITHOUT_TITLE))
"""Problems that say something of the post that they name, whatever other posts there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FewPosts:
    """The posts that differ from those of the last build.

    Attributes:
        changes: Each as it was and as it is.
        stones: What is left of those that were taken down since.
        retracted: The subjects of all that were, now or earlier.
    """

    changes: tuple[Change, ...]
    stones: tuple[Tombstone, ...] = ()
    retracted: tuple[Subject, ...] = ()

    @property
    def others(self) -> tuple[Change, ...]:
        """Those of which more than the text is another."""
        return tuple(
            (old, new)
            for old, new in self.changes
            if old is None or new is None or not is_planned_alike(old, new)
        )

    @property
    def gone(self) -> tuple[Subject, ...]:
        """Those that are there no longer."""
        return tuple(old.subject for old, new in self.changes if old and new is None)


def few_posts(
    network: Network, lights: Lights, recalled: Recall, before: KeptUnits, now: datetime
) -> FewPosts:
    """Return the posts that differ.

    Args:
        network: As it was read.
        lights: What decides on each subject now.
        recalled: What the last build remembers.
        before: What it kept.
        now: As of which time to build.

    Raises:
        FurtherError: More than a few posts differ.
        KeptFaultError: What is kept makes no sense.
    """
    kept = recalled.unit_value
    were, are = map(_by_key, lights_apart(lights, kept))
    if not were and not are:
        return FewPosts(changes=())
    if len(were | are) > MOST or "retracted" in were.values():
        raise FurtherError
    changes: list[Change] = []
    stones: list[Tombstone] = []
    for subject in sorted(map(subject_of, were | are)):
        old = before.value(f"{CONTENTS} {subject}")
        if subject.kind is Kind.PROFILE or (old is not None) != (str(subject) in were):
            raise FurtherError
        if old is not None and not isinstance(old, LivePost):
            raise KeptFaultError(str(subject))
        new = _shown(network, subject, now, old)
        if isinstance(new, Tombstone):
            if old is None or old.url != new.url:
                raise FurtherError
            stones.append(new)
            changes.append((old, None))
        elif old is None or new is None or old.hash != new.hash or not is_planned_alike(old, new):
            changes.append((old, new))
    few = FewPosts(
        changes=tuple(change for change in changes if any(change)),
        stones=tuple(stones),
        retracted=tuple(map(subject_of, retracted_in(lights, kept))),
    )
    seen = all_lines(lights, kept) if few.others else b""
    if any(_has_versions(live.subject, seen) for pair in few.others for live in pair if live):
        raise FurtherError
    return few


def _lines_with(word: bytes, lines: bytes) -> Iterator[bytes]:
    """Give the lines in which a word stands; the others are not taken apart."""
    at = lines.find(word)
    while at >= 0:
        end = lines.find(b"\n", at)
        end = len(lines) if end < 0 else end
        yield lines[lines.rfind(b"\n", 0, at) + 1 : end]
        at = lines.find(word, end)


def _shown(
    network: Network, subject: Subject, now: datetime, old: LivePost | None
) -> LivePost | Tombstone | None:
    """Return what a post or page shows to readers; None for nothing.

    Raises:
        FurtherError: It cannot be read, or the record, perhaps that of another branch, does not know it.
    """
    decided = network.record.subjects.get(subject)
    shown = shown_of(decided, as_approved(network.rules), now, before=old) if decided else ()
    if shown is None or isinstance(shown, LivePost | Tombstone):
        return shown
    raise FurtherError


def _has_versions(subject: Subject, lights: bytes) -> bool:
    """Whether readers see a post in another language, too; one that blognet.yml names no more is shown as well."""
    start = f"{subject.kind.value}/{subject.id}"
    ends = (" ", ".") if subject.language else (".",)
    found = (line for end in ends for line in _lines_with(f"{start}{end}".encode(), lights))
    own = f"{subject} ".encode()
    return any(line.startswith(start.encode()) and not line.startswith(own) for line in found)


def moved_by(  # what is known, and where
    few: FewPosts,
    units: KeptUnits,
    recalled: Recall,
    around: Surroundings,
    site: KeptSite,
    left: Left,
    studio: Studio,
    images: ImagesOf,
) -> Moved:
    """Plan what the posts come to, lay it over what is kept, and return which files are new or gone.

    Args:
        few: The posts.
        units: What is kept, with the posts as they are.
        recalled: What the last build remembers.
        around: What the site is made in.
        site: What is kept of it beside its units.
        left: How the last build left the output.
        studio: Where cards are drawn and pictures measured.
        images: Gives the addresses of the images in a text.

    Raises:
        FurtherError: More is touched than can be planned by itself.
        KeptFaultError: What is kept makes no sense.
    """
    if not few.others:
        return NOT_MOVED
    config = around.config
    leads_on = config.redirects or around.addresses or (config.host_files and few.retracted)
    if leads_on or _may_move(site) or len(few.retracted) > MOST:
        raise FurtherError
    found = gathered_again(few.others, units.catalogue(site.languages), config)
    planned = pages_again(found, config, units.known_page, left.files.names)
    stones = stones_again(_stones(few, units), found, units.known_page)
    planned = replace(planned, pages={**planned.pages, **stones})
    names = OutputNames(left, fresh=frozenset(), gone=frozenset({MARKER}))
    paths = units.paths(names, is_plain=site.is_plain)
    planned = with_sitemap_again(planned, found, config, units.known_page, paths)
    removed = {output_name(units.page(key).path) for key in planned.gone}
    units.put(planned, found)
    beside = {
        output_name(page.path) for page in planned.pages.values() if isinstance(page.shows, Asset)
    }
    names = OutputNames(left, fresh=beside, gone=frozenset({MARKER}))
    paths = units.paths(names, is_plain=site.is_plain)
    lay_files(
        few.others,
        planned.pages.values(),
        units,
        paths,
        recalled,
        config,
        studio,
        images,
    )
    removed |= lay_cards(few.others, units, recalled, config, site, paths, studio)
    if site.is_plain and not are_plain(page.path for page in units.pages.values()):
        raise FurtherError
    there = {output_name(page.path) for page in units.pages.values()}
    return Moved(
        fresh=frozenset(there - left.files.keys()), gone=frozenset(removed - there), is_any=True
    )


def counted_again(site: KeptSite, few: FewPosts, moved: Moved, units: KeptUnits) -> KeptSite:
    """Return what is kept of a site with its counts and its pictures as they are now."""
    posts, authors, pages, files = site.counts
    posts += sum(1 for old, _ in few.changes if old is None) - len(few.gone)
    files += len(moved.fresh) - len(moved.gone)
    pictures = sources_with(site.pictures, units.pages.values())
    return replace(site, counts=(posts, authors, pages, files), pictures=pictures)


def facts_of_all(languages: Iterable[str]) -> tuple[FactKey, ...]:
    """Return the facts about which posts there are and which lists; languages are those that have a home."""
    kinds = (CONTENTS, TERMS, TEXT, LISTINGS, PICTURE)
    lists = (fact_key(LISTS, f"{kind.value} {each}") for kind in ListKind for each in languages)
    return (*(fact_key(kind, EVERYTHING) for kind in kinds), *lists)


def _may_move(site: KeptSite) -> bool:
    """Whether a problem of the plan may be another one because of posts that it does not name."""
    return any(problem.code not in _OF_ONE_POST for problem in site.problems)


def _by_key(lines: Iterable[bytes]) -> dict[str, str]:
    """Return the published light of each subject, both as texts."""
    parts = (line.decode("utf-8").split(" ") for line in lines if line)
    return {part[0]: part[2] for part in parts}


def _stones(few: FewPosts, units: KeptUnits) -> tuple[Tombstone, ...]:
    """Return all tombstones of the site."""
    new = {stone.subject for stone in few.stones}
    known = (
        units.known_page(f"tombstone/{subject}") for subject in few.retracted if subject not in new
    )
    kept = (page.shows for page in known if page)
    return (*few.stones, *(one.tombstone for one in kept if isinstance(one, TombstonePage)))

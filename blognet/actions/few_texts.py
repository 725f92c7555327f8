"""The short way through a build: nothing but a few posts, or files of the theme, is another than in the last one.

Where texts alone are others, nothing is planned; else only what the posts touch (`blognet.site.again`). What the last
build kept (`blognet.actions.kept_scene`) is read as far as the pages of these
posts, and what shows them, ask for it. Whatever is not certain leads the whole way, which gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from blognet.actions.few_posts import counted_again, facts_of_all, few_posts, moved_by
from blognet.actions.few_templates import changed_in_theme
from blognet.actions.kept_cards import cards_as_bytes, cards_of_pages, gone_cards, use_kept_cards
from blognet.actions.kept_facts import KeptFacts
from blognet.actions.kept_feeds import use_kept_entries
from blognet.actions.kept_lights import LIGHTS, lights_as_rows, lights_of
from blognet.actions.kept_scene import KeptUnits
from blognet.actions.kept_site import SITE, KeptSite
from blognet.actions.kept_values import value_as_bytes
from blognet.actions.lazy_site import Documents
from blognet.actions.nameless import KeptFaultError
from blognet.actions.outdated import DamagedError, Outdated, changed_facts, outdated_by
from blognet.actions.packing import NotHereError
from blognet.actions.page_slices import make_file
from blognet.actions.shared_texts import shared_texts
from blognet.actions.studio import studio_of
from blognet.actions.texts import Texts
from blognet.actions.theme_renderer import renderer_for
from blognet.disk.generator import texts_mark
from blognet.disk.left import OutputNames, left_from_rows, mark_of_rows, touched_in
from blognet.disk.memory import MemoryFault
from blognet.disk.output_marker import MARKER
from blognet.disk.record import read_asset_copy
from blognet.engine import ABSENT, EVERYTHING, digest_of, fact_key
from blognet.kernel.shelves import LostError
from blognet.render.bodies import Bodies, TextKeys
from blognet.render.context import CONTEXT, context_of
from blognet.render.facts import PAGE
from blognet.render.links import ground_of
from blognet.render.pictures import Pictures
from blognet.render.scene import Scene
from blognet.render.social import Social
from blognet.render.watched import PATH, PICTURE, SHARED_OF_AUTHOR, SHARED_OF_POST, here
from blognet.site.addresses import address_of_file
from blognet.site.again import FurtherError
from blognet.site.pages import PostPage
from blognet.site.related import related_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.few_posts import FewPosts
    from blognet.actions.kept_works import KeptWorks
    from blognet.actions.network import Network
    from blognet.actions.outdated import Moved
    from blognet.actions.shared_texts import SharedTexts
    from blognet.actions.studio import Studio
    from blognet.actions.surroundings import Surroundings
    from blognet.actions.unchanged import Looked
    from blognet.content.values import ReadingRules
    from blognet.disk.left import Left
    from blognet.disk.memory import Recall
    from blognet.disk.shelf import DiskShelf
    from blognet.engine import FactKey
    from blognet.kernel.ids import SitePath
    from blognet.render.context import Context
    from blognet.site import Catalogue, LivePost
    from blognet.site.related import Change


MOST_FILES = 500
"""One process makes as many sooner than a site is planned."""


class _OtherwiseError(Exception):
    """Something else is another, or may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FewTexts:
    """What a few other posts come to; nothing was written yet.

    Attributes:
        site: What is kept of the site now.
        context: The look-ups.
        facts: What is true now.
        needed: What has to be made.
        files: That, by name in the output.
        units: Digests of the units that are others.
        gone_units: The names of units that are there no longer.
        values: What is to be kept of them, as bytes.
        texts: Where Documents come from.
        shared: What others keep of them.
        posts: The posts that are others, or new.
        is_standing: Whether somebody saw just now that the tree that stands by is as it was left.
    """

    site: KeptSite
    context: Context
    facts: KeptFacts
    needed: Outdated
    files: Mapping[str, bytes]
    units: Mapping[str, str]
    gone_units: AbstractSet[str]
    values: Mapping[str, bytes]
    texts: Texts
    shared: SharedTexts
    posts: tuple[LivePost, ...]
    is_standing: bool


def few_texts(
    network: Network,
    around: Surroundings,
    kept: KeptWorks,
    recalled: Recall,
    *,
    target: Path,
    now: datetime,
    looked: Looked | None = None,
) -> FewTexts | None:
    """Return what has to be made when nothing but a few posts is another; None when more is.

    Args:
        network: As it was read; sound.
        around: What the site is made in.
        kept: What can be made again; the shelf is claimed.
        recalled: What the last build remembers.
        target: The output.
        now: As of which time to build.
        looked: What somebody saw just now; None for nothing.

    Raises:
        BlognetError: As the whole way does.
    """
    if recalled.lost or around.config.search.is_pagefind:
        return None
    try:
        return _few_texts(network, around, kept, recalled, target, now, looked)
    except (
        _OtherwiseError,
        FurtherError,
        KeptFaultError,
        LostError,
        NotHereError,
        MemoryFault,
        DamagedError,
    ):
        return None
    except (LookupError, TypeError, AttributeError, ValueError):
        # A value of another kind than its name says, such as an author that is a number: it is nowhere looked
        # at piece by piece, and the whole way reads none of it.
        return None


def _few_texts(
    network: Network,
    around: Surroundings,
    kept: KeptWorks,
    recalled: Recall,
    target: Path,
    now: datetime,
    looked: Looked | None,
) -> FewTexts:
    before = KeptUnits(recalled)
    site = before.value(SITE)
    if not isinstance(site, KeptSite) or site.surroundings != around.mark:
        raise _OtherwiseError
    site = _with_pictures(network.root, around, site)
    lights = lights_of(network.record, now, kept=recalled.unit_value(LIGHTS) or b"")
    few = few_posts(network, lights, recalled, before, now)
    _refuse_problems(few, site)
    left, mark = left_from_rows(recalled.unit_value), mark_of_rows(recalled.unit_sum)
    if looked is None or looked.left != mark:
        left = _untouched(target, left)
    units = KeptUnits(recalled, (new for _, new in few.changes if new), few.gone)
    studio = studio_of(network.root, partial(read_asset_copy, network.root), around.config)
    keys = TextKeys(around.config, around.theme.words, texts_mark())
    shared = shared_texts(around.config.cache, anew=False)
    texts = Texts(around.config, around.theme.words, keys, kept.texts, few=True, shared=shared)
    if any(old and texts.images(old) != _images(new, texts) for old, new in few.changes):
        raise _OtherwiseError
    moved = moved_by(few, units, recalled, around, site, left, studio, texts.images)
    catalogue = units.catalogue(site.languages)
    paths = _paths(units, left, moved, is_plain=site.is_plain)
    scene = _scene(around, site, units, catalogue, paths)
    context = _context(studio, around, scene, (keys, texts), kept.shelf)
    related = _take_related(few.changes, units, catalogue, around, site, kept.shelf)
    searched, search = context.search.exchange(few.changes, site.search)
    facts = _facts(around, site, scene, context, keys, network.rules, (units, recalled, searched))
    others = facts.changed_units()
    if any(name.startswith(f"{PAGE} ") for name in (*others, *units.gone)):
        _refuse_readers_of_all_pages(recalled)
    changed = changed_facts(facts, recalled, {*others, *units.gone}, loose=False)
    changed = {**changed, **_changed_beside(facts, recalled, moved, site)}
    if site.theme != around.theme_mark:
        changed = {**changed, **changed_in_theme(facts, recalled)}
    needed = outdated_by(context, recalled, changed, left, moved)
    if needed is None or len(needed.files) > MOST_FILES:
        raise _OtherwiseError
    use_kept_entries(context, before, recalled, catalogue, target)
    pages = {name: units.page_of(name) for name in needed.files}
    use_kept_cards(context, recalled, pages.values())
    files = {name: make_file(context, name, page) for name, page in pages.items()}
    site = replace(
        counted_again(site, few, moved, units),
        theme=around.theme_mark,
        related=related,
        search=search,
    )
    return FewTexts(
        site=site,
        context=context,
        facts=facts,
        needed=needed,
        files=files,
        units=others,
        gone_units=units.gone | gone_cards(units.gone, needed.gone),
        values={
            **units.bytes_of_others(),
            **cards_as_bytes(context),
            **cards_of_pages(pages.values(), context),
            SITE: value_as_bytes(site),
            **lights_as_rows(lights, recalled.unit_value),
        },
        texts=texts,
        shared=shared,
        posts=tuple(units.posts.values()),
        is_standing=looked is not None and looked.standby == mark,
    )


def _with_pictures(root: Path, around: Surroundings, site: KeptSite) -> KeptSite:
    """Look that the record's copies of all pictures are what was approved, as the whole way does.

    Raises:
        FaultsError: One is not.
    """
    if not around.assets or around.assets != site.assets:
        for sha256 in site.pictures:
            read_asset_copy(root, sha256)
    return replace(site, assets=around.assets)


def _refuse_problems(few: FewPosts, site: KeptSite) -> None:
    """Refuse posts that a problem of the plan names: where it lies is told by the text's hash.

    Raises:
        _OtherwiseError: There is such a problem.
    """
    folders = tuple(f"record/{live.subject}/" for pair in few.changes for live in pair if live)
    if folders and any(one.location.path.startswith(folders) for one in site.problems):
        raise _OtherwiseError


def _images(live: LivePost | None, texts: Texts) -> tuple[str, ...]:
    return texts.images(live) if live else ()


def _changed_beside(
    facts: KeptFacts, recalled: Recall, moved: Moved, site: KeptSite
) -> Mapping[FactKey, str]:
    """Return the facts that belong to no unit and are others now, when files are new or gone.

    Raises:
        _OtherwiseError: Something was made from all addresses.
    """
    if not moved.is_any:
        return {}
    if recalled.digest_of(fact_key(PATH, EVERYTHING)) != ABSENT:
        raise _OtherwiseError
    addresses = map(address_of_file, sorted(moved.fresh | moved.gone))
    keys = [fact_key(here(PATH), path) for path in addresses]
    keys += [key for key in facts_of_all(site.languages) if recalled.digest_of(key) != ABSENT]
    now = {key: facts.digest_of(key) for key in keys}
    return {key: digest for key, digest in now.items() if digest != recalled.digest_of(key)}


def _untouched(target: Path, left: Left) -> Left:
    """Return how the output was left when nobody touched it since."""
    touched, is_tidy = touched_in(target, left)
    if touched or not is_tidy or MARKER not in left.files:
        raise _OtherwiseError
    return left


def _scene(
    around: Surroundings,
    site: KeptSite,
    units: KeptUnits,
    catalogue: Catalogue,
    paths: AbstractSet[SitePath],
) -> Scene:
    """Return what there is to show; its pages are looked up one by one."""
    return Scene(
        catalogue=catalogue,
        config=around.config,
        pages=(),
        paths=paths,
        problems=site.missing,
        pictures=Pictures(shown=units.looked_up(PICTURE)),
        social=Social(
            articles=units.looked_up(SHARED_OF_POST),
            authors=units.looked_up(SHARED_OF_AUTHOR),
            site=site.social,
        ),
        logo=around.logo,
    )


def _facts(
    around: Surroundings,
    site: KeptSite,
    scene: Scene,
    context: Context,
    keys: TextKeys,
    rules: ReadingRules,
    known: tuple[KeptUnits, Recall, Mapping[str, str]],
) -> KeptFacts:
    """Return what is true now; `known` is what was kept, what is remembered, and the digests of the search."""
    units, recalled, searched = known
    return KeptFacts(
        catalogue=scene.catalogue,
        config=around.config,
        ground=ground_of(scene.catalogue.contents, scene.paths, around.config.url),
        pages=(),
        others={"problems": site.missing, "logo": around.logo, "social.site": site.social},
        look_up=lambda: {
            kind: units.looked_up(kind) for kind in (PICTURE, SHARED_OF_POST, SHARED_OF_AUTHOR)
        },
        renderer=context.renderer.mark,
        templates=around.theme.templates,
        theme_files=around.theme.static,
        reading=digest_of(rules),
        texts=keys,
        kept=units,
        recalled=recalled,
        searched=searched,
    )


def _context(
    studio: Studio,
    around: Surroundings,
    scene: Scene,
    documents: tuple[TextKeys, Texts],
    shelf: DiskShelf,
) -> Context:
    config, theme, catalogue = around.config, around.theme, scene.catalogue
    keys, texts = documents
    return context_of(
        scene,
        renderer=renderer_for(theme, config),
        asset=studio.asset,
        darkroom=studio.darkroom,
        theme_file=theme.static.get,
        key_of=keys.of,
        shelf=shelf,
        bodies=Bodies(
            posts=Documents(catalogue.contents, texts.document),
            bios=Documents(catalogue.profiles, texts.document),
            briefs=Documents(catalogue.contents, texts.brief),
        ),
    )


def _take_related(  # what is known, and where
    changes: Iterable[Change],
    units: KeptUnits,
    catalogue: Catalogue,
    around: Surroundings,
    site: KeptSite,
    shelf: DiskShelf,
) -> Mapping[str, str]:
    """Put the posts that are like others now into their pages; return the marks of what is kept of that."""
    change = related_again(changes, catalogue.terms, around.config.related, shelf, site.related)
    for subject, related in change.related.items():
        page = units.page(str(subject))
        if not isinstance(page.shows, PostPage):
            raise _OtherwiseError
        if page.shows.related != related:
            units.pages[page.key] = replace(page, shows=replace(page.shows, related=related))
    return change.marks


def _refuse_readers_of_all_pages(recalled: Recall) -> None:
    if recalled.digest_of(fact_key(f"{CONTEXT}.pages")) != ABSENT:
        raise _OtherwiseError


def _paths(units: KeptUnits, left: Left, moved: Moved, *, is_plain: bool) -> AbstractSet[SitePath]:
    names = OutputNames(left, fresh=moved.fresh, gone=moved.gone | {MARKER})
    return units.paths(names, is_plain=is_plain)

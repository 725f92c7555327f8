"""What is shown of a few other posts where somebody shares them, while everything else of a site stays.

Cards are files named by what they say, so two posts can share one: a card goes when no other post or author has it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.actions.kept_bytes import ORDER, as_order
from blognet.actions.nameless import KeptFaultError
from blognet.pictures.cards import Card
from blognet.render.facts import PAGE
from blognet.render.links import ground_of
from blognet.render.pictures import Pictures
from blognet.render.social import Shared, social_of
from blognet.render.watched import CONTENTS, PICTURE, SHARED_OF_AUTHOR, SHARED_OF_POST
from blognet.site.addresses import output_name
from blognet.site.again import FurtherError
from blognet.site.pages import Made

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from blognet.actions.kept_scene import KeptUnits
    from blognet.actions.kept_site import KeptSite
    from blognet.actions.studio import Studio
    from blognet.config import Config
    from blognet.disk.memory import Recall
    from blognet.kernel.ids import SitePath
    from blognet.site.related import Change


def lay_cards(  # what is known, and where
    changes: tuple[Change, ...],
    units: KeptUnits,
    recalled: Recall,
    config: Config,
    site: KeptSite,
    paths: AbstractSet[SitePath],
    studio: Studio,
) -> frozenset[str]:
    """Lay what is shown of posts that are shared over what is kept.

    Args:
        changes: The posts, as they were and as they are.
        units: What is kept, with the posts as they are.
        recalled: What the last build remembers.
        config: The network's settings.
        site: What is kept of the site beside its units.
        paths: All addresses of the site.
        studio: Where cards are drawn; asked for letters when there are cards.

    Returns:
        The files of cards that nobody has any more, by name in the output.

    Raises:
        FurtherError: A card is without its title.
        KeptFaultError: What is kept makes no sense.
    """
    if not config.social_cards.draw:
        return frozenset()
    olds = [old.subject for old, _ in changes if old]
    news = {new.subject: new for _, new in changes if new}
    were = {str(subject): units.value(f"{SHARED_OF_POST} {subject}") for subject in olds}
    catalogue = units.catalogue(site.languages)
    social = social_of(
        replace(catalogue, contents=news, listings={}),
        Pictures(shown=units.looked_up(PICTURE)),
        ground_of(catalogue.contents, paths, config.url),
        config,
        studio.lettering,
    )
    if social.problems:
        raise FurtherError
    used = {shared.path for shared in social.articles.values()}
    for page in social.pages:
        if page.path in used and units.known_page(page.key) is None:
            units.pages[page.key] = page
    units.above |= {f"{SHARED_OF_POST} {each}": one for each, one in social.articles.items()}
    units.gone |= {f"{SHARED_OF_POST} {subject}" for subject in olds if subject not in news}
    order = units.above.get(f"{ORDER} {CONTENTS}")
    if order is not None:
        units.above[f"{ORDER} {SHARED_OF_POST}"] = tuple(map(str, as_order(order)))
    if site.social is not None:
        used.add(site.social.path)
    removed = set[str]()
    for shared in were.values():
        if not isinstance(shared, Shared):
            raise KeptFaultError(shared)
        page = units.page_of(output_name(shared.path))
        is_card = isinstance(page.shows, Made) and isinstance(page.shows.recipe, Card)
        if is_card and shared.path not in used and not _is_of_others(shared, were, recalled):
            units.gone.add(f"{PAGE} {page.key}")
            removed.add(output_name(shared.path))
            used.add(shared.path)
    return frozenset(removed)


def _is_of_others(shared: Shared, ours: Iterable[str], recalled: Recall) -> bool:
    names = {f"{SHARED_OF_POST} {name}" for name in ours}
    return any(
        name not in names
        for kind in (SHARED_OF_POST, SHARED_OF_AUTHOR)
        for name in recalled.units_that_say(kind, shared.path)
    )

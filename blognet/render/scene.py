"""Everything that is decided before the first page is rendered, as one value that holds no disk and no templates.

A pure function of the plan, the settings and the approved pictures. It is fit to be sent to another process, where
`blognet.render.context.context_of` makes look-ups of it, and a few posts alone can be laid over it
(`blognet.render.laid_over`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.render.drawings import without_active_drawings
from blognet.render.faces import initials_pages
from blognet.render.links import ground_of
from blognet.render.pictures import with_pictures
from blognet.render.social import social_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from blognet.config import Config
    from blognet.kernel.ids import SitePath
    from blognet.kernel.problems import Problem
    from blognet.render.pictures import Darkroom, Pictures
    from blognet.render.social import Social
    from blognet.site import Catalogue, Page, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What there is to show.

    Attributes:
        catalogue: What the pages are made from.
        config: The network's settings; its address is where the site will live.
        pages: What to render, sorted by path, without drawings that could run in a reader's browser.
        paths: Every address of the site.
        problems: A warning for each page that is missing.
        pictures: What readers get in place of approved pictures.
        social: What is shown of each page where somebody shares it.
        logo: The bytes of the configured logo; None when there is none.
    """

    catalogue: Catalogue
    config: Config
    pages: tuple[Page, ...]
    paths: AbstractSet[SitePath]
    problems: tuple[Problem, ...]
    pictures: Pictures
    social: Social
    logo: bytes | None = None


def scene_of(
    plan: Plan,
    config: Config,
    *,
    asset: Callable[[str], bytes],
    darkroom: Darkroom,
    logo: bytes | None = None,
) -> Scene:
    """Decide on pictures, drawings and cards, which adds pages to those of the plan and takes some away.

    Args:
        plan: The pages.
        config: The network's settings.
        asset: Gives the bytes of an approved file by their SHA-256 in hex.
        darkroom: Measures pictures.
        logo: The bytes of the configured logo.
    """
    pages, problems = without_active_drawings(plan.pages, asset)
    pages, pictures, left_out = with_pictures(pages, darkroom, asset, config)
    initials = initials_pages(plan.catalogue, pictures)
    pages = tuple(sorted((*pages, *initials), key=lambda page: page.path))
    ground = ground_of(plan.catalogue.contents, frozenset(p.path for p in pages), config.url)
    social = social_of(plan.catalogue, pictures, ground, config, darkroom.lettering())
    pages = tuple(sorted((*pages, *social.pages), key=lambda page: page.path))
    return Scene(
        catalogue=plan.catalogue,
        config=config,
        pages=pages,
        paths=frozenset(page.path for page in pages),
        problems=(*problems, *left_out, *social.problems),
        pictures=pictures,
        social=social,
        logo=logo,
    )

"""What the pages of a plan show beside their texts: pictures, faces and social cards, and the files that those are.

A pure function of the plan and of the approved pictures. Gathered once for a site, and for a few posts alone when they
are laid over a site (`blognet.render.laid_over`).
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
class Gathered:
    """Everything that is looked up while pages are rendered, but for texts and templates. Nothing in it is watched.

    Attributes:
        catalogue: What is live.
        pages: What to render: the plan's pages without active drawings, and every picture that they need; by path.
        paths: The addresses of all pages.
        problems: A warning for each page of the plan that is missing from `pages`.
        pictures: What readers get in place of approved pictures.
        social: What is shown of each page where somebody shares it.
    """

    catalogue: Catalogue
    pages: tuple[Page, ...]
    paths: AbstractSet[SitePath]
    problems: tuple[Problem, ...]
    pictures: Pictures
    social: Social


def gather(
    plan: Plan, config: Config, *, darkroom: Darkroom, asset: Callable[[str], bytes]
) -> Gathered:
    """Find every picture that the pages of a plan need.

    Args:
        plan: The pages.
        config: The network's settings.
        darkroom: Where pictures are measured.
        asset: Gives the bytes of an approved file by their SHA-256 in hex.
    """
    pages, problems = without_active_drawings(plan.pages, asset)
    pages, pictures, left_out = with_pictures(pages, darkroom, asset, config)
    initials = initials_pages(plan.catalogue, pictures)
    pages = tuple(sorted((*pages, *initials), key=lambda page: page.path))
    ground = ground_of(plan.catalogue.contents, frozenset(p.path for p in pages), config.url)
    social = social_of(plan.catalogue, pictures, ground, config, darkroom.lettering)
    pages = tuple(sorted((*pages, *social.pages), key=lambda page: page.path))
    return Gathered(
        catalogue=plan.catalogue,
        pages=pages,
        paths=frozenset(page.path for page in pages),
        problems=(*problems, *left_out, *social.problems),
        pictures=pictures,
        social=social,
    )

"""What the site is, as values: approved content in, pages out. Knows no HTML, no files, no clock, no record.

`Published` goes in, `Plan` comes out; `blognet.render` turns each page of a plan into bytes. The order in which
posts are given never matters.
"""

from typing import TYPE_CHECKING

from blognet.kernel.fronts import shown_later

if TYPE_CHECKING:
    from blognet.site.catalogue import Catalogue, Listing, catalogue_of
    from blognet.site.pages import ListKey, ListKind, Page
    from blognet.site.plan import Plan
    from blognet.site.published import (
        Correction,
        LiveAuthor,
        LivePost,
        Pick,
        Published,
        Tombstone,
        TombstoneKind,
    )
else:
    __getattr__ = shown_later(
        __name__,
        {
            "catalogue": (
                "Catalogue",
                "Listing",
                "catalogue_of",
            ),
            "pages": (
                "ListKey",
                "ListKind",
                "Page",
            ),
            "plan": ("Plan",),
            "published": (
                "Correction",
                "LiveAuthor",
                "LivePost",
                "Pick",
                "Published",
                "Tombstone",
                "TombstoneKind",
            ),
        },
    )

__all__ = [
    "Catalogue",
    "Correction",
    "ListKey",
    "ListKind",
    "Listing",
    "LiveAuthor",
    "LivePost",
    "Page",
    "Pick",
    "Plan",
    "Published",
    "Tombstone",
    "TombstoneKind",
    "catalogue_of",
]

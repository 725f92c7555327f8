"""From a page to the bytes of its file. Pure: everything that may be looked up is in the context.

Pages that a template makes, and the search; what else is in a site is made by `blognet.render.site_files`, which a
build of a few texts often does not need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.render.frame import site_view
from blognet.render.head import head_view
from blognet.render.views import page_view
from blognet.site.host_file import HostFile
from blognet.site.pages import (
    Asset,
    Feed,
    Logo,
    Made,
    Opml,
    Robots,
    SearchFile,
    SearchPosts,
    SearchWords,
    Sitemap,
    SitemapIndex,
    ThemeFile,
)

if TYPE_CHECKING:
    from blognet.render.context import Context
    from blognet.site import Page


def render_page(page: Page, context: Context) -> bytes:
    """Return the bytes of a page's file.

    Raises:
        FaultsError: When a template of the theme fails, or the accent is no colour.
        BlognetError: When the theme lacks a file that the plan names.
    """
    match page.shows:
        case SearchPosts() | SearchWords() | SearchFile():
            return context.search.of(page)
        case (
            Asset()
            | Feed()
            | HostFile()
            | Logo()
            | Made()
            | Opml()
            | Robots()
            | Sitemap()
            | SitemapIndex()
            | ThemeFile()
        ) as shown:
            from blognet.render.site_files import file_bytes  # noqa: PLC0415  # see above

            return file_bytes(page, shown, context)
        case shown:
            view = page_view(page, shown, context)
            head, site = head_view(page, context), site_view(page, context)
            html = context.renderer.render_template(page.template, head=head, site=site, view=view)
            return html.encode("utf-8")

"""The files of a site that no template makes: feeds, maps, assets, pictures, those of the theme and of hosts. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from blognet.content.assets import ending_of
from blognet.content.svg_bare import bare_svg
from blognet.kernel.errors import BlognetError
from blognet.render.feed_formats import feed_bytes
from blognet.render.feeds import feed_document
from blognet.render.host_files import host_file
from blognet.render.machine_files import opml, robots, sitemap, sitemap_index
from blognet.render.pictures import made
from blognet.site.host_file import HostFile
from blognet.site.pages import (
    Asset,
    Feed,
    Logo,
    Made,
    Opml,
    Robots,
    Sitemap,
    SitemapIndex,
    ThemeFile,
)
from blognet.site.plan import ARTICLE_SHEET, ICON, RICH_SHEET, STYLE_SHEET
from blognet.themes.articles import classes_elsewhere
from blognet.themes.faults import TEMPLATE_NAMES
from blognet.themes.rules import without_classes
from blognet.themes.sheet import site_icon, style_sheet

if TYPE_CHECKING:
    from blognet.render.context import Context
    from blognet.site import Page

    SiteFile = (
        Asset | Feed | HostFile | Logo | Made | Opml | Robots | Sitemap | SitemapIndex | ThemeFile
    )

_SHEETS = 8
"""Sheets that are kept as they were made: they take a while, and a preview makes them for each edit of a template."""
_style_sheet = lru_cache(maxsize=_SHEETS)(style_sheet)
_without_classes = lru_cache(maxsize=_SHEETS)(without_classes)


def file_bytes(  # noqa: C901, PLR0911  # one for each kind of file
    page: Page, shown: SiteFile, context: Context
) -> bytes:
    """Return the bytes of a file.

    Args:
        page: The file's.
        shown: What it shows.
        context: The look-ups.

    Raises:
        FaultsError: When a template cannot be read of which a sheet takes the classes, or the accent is no colour.
        BlognetError: When the theme lacks a file that the plan names.
    """
    match shown:
        case Feed():
            document = feed_document(page, shown, context)
            return feed_bytes(document, shown.format, context.memory.written)
        case Opml():
            return opml(shown, context)
        case Sitemap():
            return sitemap(shown, context)
        case SitemapIndex():
            return sitemap_index(shown, context)
        case HostFile():
            return host_file(shown, context)
        case Robots():
            return robots(context)
        case Asset(sha256=digest):
            raw = context.asset(digest)
            return bare_svg(raw) if ending_of(page.path) == ".svg" else raw
        case Made(recipe=recipe):
            return made(recipe, context.darkroom)
        case ThemeFile(name=name):
            return _theme_file(name, context)
        case Logo(source=source):
            return _logo(source, context)
        case _:
            assert_never(shown)


def _theme_file(name: str, context: Context) -> bytes:
    raw = context.theme_file(name)
    accent = context.config.theme.accent
    if raw is None and name in {ARTICLE_SHEET, RICH_SHEET}:
        return _cut_sheet(name, context)
    if raw is None and name == ICON:
        return site_icon(context.config.title, accent=accent).encode("utf-8")
    if raw is None:
        message = f"The theme has no file static/{name}."
        raise BlognetError(message, hint="add it to the theme, or remove the theme's override")
    if name in {STYLE_SHEET, ARTICLE_SHEET, RICH_SHEET}:
        return _sheet(raw, _parts(context), context)
    return raw


def _cut_sheet(name: str, context: Context) -> bytes:
    """Return the theme's style sheet without what posts and plain pages do not need; it depends on all templates.

    A theme that has one sheet of its own for all of these pages means the rich ones as well.
    """
    if name == RICH_SHEET and context.theme_file(ARTICLE_SHEET) is not None:
        return _theme_file(ARTICLE_SHEET, context)
    for template in TEMPLATE_NAMES:
        context.memory.use_template(template)
    raw = context.theme_file(STYLE_SHEET)
    if raw is None:
        return _theme_file(STYLE_SHEET, context)
    parts = _parts(context) if name == RICH_SHEET else frozenset[str]()
    whole = _sheet(raw, parts, context).decode("utf-8")
    return _without_classes(whole, classes_elsewhere(context.renderer)).encode("utf-8")


def _parts(context: Context) -> frozenset[str]:
    """Return which of the marked parts of a sheet this network has a use for."""
    texts = context.config.markdown
    parts = {"rare": True, "formulas": texts.math, "diagrams": texts.diagrams}
    return frozenset(name for name, is_on in parts.items() if is_on)


def _sheet(raw: bytes, parts: frozenset[str], context: Context) -> bytes:
    theme = context.config.theme
    source = raw.decode("utf-8")
    return _style_sheet(source, accent=theme.accent, font=theme.font, parts=parts).encode("utf-8")


def _logo(source: str, context: Context) -> bytes:
    if context.logo is None:
        message = f"The logo {source} is not there."
        raise BlognetError(message, hint="correct theme.logo in blognet.yml")
    return bare_svg(context.logo) if ending_of(source) == ".svg" else context.logo

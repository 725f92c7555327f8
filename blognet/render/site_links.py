"""The links that blognet.yml asks for on every page, in the language of the page; and what is wrong with them.

A link leads to the translation of what it names, where there is one; else to what it names, as it is; and where
nothing is published there, it is left out, so that no page holds a link that leads nowhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath
from blognet.kernel.problems import Location, Problem, Severity
from blognet.render import codes
from blognet.site import addresses
from blognet.themes import codes as theme_codes
from blognet.themes.colours import READABLE, accents_of, pale
from blognet.themes.links import is_site_path
from blognet.themes.views import LinkView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config.config import Link
    from blognet.render.context import Context
    from blognet.site import LivePost

_SETTINGS = "blognet.yml"
_MARK = re.compile(r"[?#]")
_OUR_WORDS = {
    "": "home",
    "archive/": "archive",
    "authors/": "authors",
    "feeds/": "feeds",
    "tags/": "tags",
    "topics/": "topics",
}
"""Our own words for addresses below a home, for links whose label is not translated."""


def configured_links(
    links: tuple[Link, ...], language: str, context: Context
) -> tuple[LinkView, ...]:
    """Return configured links for pages in a language, without those that lead nowhere."""
    shown = (_link_in(link, language, context) for link in links)
    return tuple(link for link in shown if leads_somewhere(link.url, context))


def leads_somewhere(url: str, context: Context) -> bool:
    """Whether something is published at a path of the site; other addresses are not ours to know."""
    if not is_site_path(url):
        return True
    path = _MARK.split(url)[0]
    paths = context.ground.paths
    return SitePath(path) in paths or SitePath(f"{path}/") in paths


def settings_problems(context: Context) -> Iterator[Problem]:
    """Yield a warning for each configured link that leads nowhere, each language without words, and a pale accent."""
    accent = context.config.theme.accent
    if accent and (found := pale(accent)):
        yield _warning(
            theme_codes.PALE_ACCENT,
            f"the accent {accent} has a contrast of {found.ratio:.2f} to 1 on a light page, below {READABLE} to 1;"
            f" links and words are shown in {accents_of(accent).light}",
            f"the nearest accent that passes is {found.nearest}",
            key="theme.accent",
        )
    for name, links in (("navigation", context.config.navigation), ("links", context.config.links)):
        for link in links:
            urls = (link.url, *(said.url for said in link.translations.values()))
            for url in urls:
                if not leads_somewhere(url, context):
                    yield _warning(
                        codes.SETTING_LEADS_NOWHERE,
                        f"{name} leads to {url}, and nothing is published there; the link is left out",
                        "correct the address, or approve what it leads to",
                        key=name,
                    )
    for language in context.catalogue.languages:
        tag = context.tag(language)
        if not context.words.has_words_for(tag):
            yield _warning(
                theme_codes.WITHOUT_WORDS,
                f"no catalogue has words for the language '{tag}'; its pages have those of English",
                f"translate default.pot as themes/{context.config.theme.name}/locales/"
                f"{tag.replace('-', '_')}.po; docs/languages.md says how",
                key="languages",
            )


def _link_in(link: Link, language: str, context: Context) -> LinkView:
    said = link.translations.get(language)
    page = _page_in(link.url, language, context)
    urls = (said.url if said else "", page.url if page else "", _list_in(link.url, language))
    url = next((url for url in urls if url and leads_somewhere(url, context)), link.url)
    if said is not None:
        label = said.label
    elif page is not None:
        label = page.post.front.title
    elif url != link.url and (ours := _OUR_WORDS.get(url.removeprefix(addresses.home(language)))):
        label = context.words.phrase(context.tag(language), ours)
    else:
        return LinkView(label=link.label, url=url, language=context.config.language)
    return LinkView(label=label, url=url, language=context.tag(language))


def _page_in(url: str, language: str, context: Context) -> LivePost | None:
    """Return the translation of the page at an address; None when it has none, or is in that language itself."""
    catalogue = context.catalogue
    for written in catalogue.languages:
        for live in catalogue.pages(written) if written != language else ():
            if live.url == url:
                for other in catalogue.translations.get(live.subject, ()):
                    if other.language == language:
                        return catalogue.contents[other]
    return None


def _list_in(url: str, language: str) -> str:
    """Return where a list of the main language would be in another one; "" for what is no list of ours.

    A post's or a page's address says nothing about its translations; they were looked for before.
    """
    if not language or not is_site_path(url):
        return ""
    top = url.split("/")[1]
    return addresses.in_language(SitePath(url), language) if top in addresses.LIST_FOLDERS else ""


def _warning(code: str, message: str, hint: str, *, key: str) -> Problem:
    return Problem(
        location=Location(path=_SETTINGS, key=key),
        code=code,
        severity=Severity.WARNING,
        message=message,
        hint=hint,
    )

"""Whatever languages a network has, and whatever is translated into them: every link of every page leads somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from blognet.config import read_config
from blognet.site import Published
from tests.unit.site.published_values import build, live_author, live_page, live_post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config import Config
    from blognet.site import LivePost
    from tests.unit.site.published_values import Built

TAGS = ["en", "de", "ar", "pt-BR", "zh-Hans", "sv"]
BASE = "https://clocks.example.org/in/a/folder"


@st.composite
def configs(draw: st.DrawFn) -> Config:
    languages = draw(st.lists(st.sampled_from(TAGS), min_size=1, max_size=4, unique=True))
    others = languages[1:]
    spoken = draw(st.sets(st.sampled_from(others))) if others else set()
    titles = "".join(f"      {tag}: T {tag}\n" for tag in sorted(spoken))
    links = "".join(
        f"      {tag}: {{label: L {tag}, url: {draw(st.sampled_from(['/about/', f'/{tag}/', '/no/']))}}}\n"
        for tag in sorted(spoken)
    )
    url = draw(st.sampled_from(["/about/", "/topics/", "/archive/", "/", "/nowhere/", "/2026/s1/"]))
    return read_config(
        f"id: clocks\ntitle: Clocks\nurl: {BASE}\nlanguage: {languages[0]}\nlanguages: [{', '.join(languages)}]\n"
        f"mayors: [mia]\nposts_per_page: 2\n"
        f"topics:\n  - id: t\n    title: T\n    translations:\n{titles or '      {}'}\n"
        f"navigation:\n  - label: L\n    url: {url}\n    translations:\n{links or '      {}'}\n"
    )


@st.composite
def versions(draw: st.DrawFn, slug: str, config: Config) -> list[LivePost]:
    """Draw a post in some of the languages."""
    languages = ["", *config.languages[1:]]
    chosen = draw(st.lists(st.sampled_from(languages), unique=True, max_size=4))
    return [
        live_post(
            slug,
            day=draw(st.integers(0, 900)),
            language=language,
            authors=tuple(draw(st.lists(st.sampled_from(["ann", "bob"]), min_size=1, max_size=2))),
            topics=tuple(draw(st.lists(st.sampled_from(["t", "u"]), max_size=1))),
            tags=tuple(draw(st.lists(st.sampled_from(["x"]), max_size=1))),
            unlisted=draw(st.sampled_from([False, False, False, True])),
        )
        for language in chosen
    ]


@st.composite
def sites(draw: st.DrawFn) -> Built:
    config = draw(configs())
    posts = [one for slug in ("s1", "s2", "s3") for one in draw(versions(slug, config))]
    pages = [
        live_page("about", language=language)
        for language in draw(st.sets(st.sampled_from(["", *config.languages[1:]])))
    ]
    authors = [live_author("ann", team="crew", body="Files brass.")]
    return build(Published(posts=tuple(posts), pages=tuple(pages), authors=tuple(authors)), config)


def links_of(site: Built) -> Iterator[tuple[str, str]]:
    for path, raw in site.files.items():
        if path.endswith(("/", ".html")):
            tree = html5lib.parse(raw, namespaceHTMLElements=False)
            for element in tree.iter():
                address = element.get("href")
                if element.tag in {"a", "link"} and address is not None:
                    yield path, urljoin(BASE + path, address)


@given(sites())
@settings(max_examples=25)
def test_every_link_inside_a_site_of_any_languages_leads_somewhere(site: Built) -> None:
    start = urlsplit(BASE).path
    nowhere = {
        (path, link)
        for path, link in links_of(site)
        if link.startswith(BASE)
        and unquote(urlsplit(link).path).removeprefix(start) not in site.files
    }
    assert nowhere == set()


@given(sites())
@settings(max_examples=25)
def test_translations_name_each_other(site: Built) -> None:
    """What search engines ask of hreflang: each page names itself, and those it names name it."""
    named: dict[str, dict[str, str]] = {}
    for path, raw in site.files.items():
        if path.endswith("/"):
            tree = html5lib.parse(raw, namespaceHTMLElements=False)
            links = tree.findall("./head/link[@hreflang]")
            named[BASE + path] = {
                str(link.get("hreflang")): str(link.get("href")) for link in links
            }
    for url, others in named.items():
        if others:
            assert url in others.values()
            assert all(named[other] == others for other in others.values())

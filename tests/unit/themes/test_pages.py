"""Every page of the built-in themes, as a browser reads it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import html5lib
import pytest

from blognet.kernel.ids import SitePath
from blognet.themes.faults import TEMPLATE_NAMES
from blognet.themes.views import HomePageView, PostView
from tests.unit.themes.samples import (
    PROBE,
    THEME,
    Sample,
    built_in,
    head,
    html_of,
    load_plain,
    picture,
    probed,
    samples,
    site,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from blognet.themes.environment import Renderer

RENDERER = built_in()
RENDERERS = {"default": RENDERER, "plain": built_in(load=load_plain)}
PAGES = (*samples(full=True), *samples(full=False))


def _name(sample: Sample) -> str:
    return f"{sample.template}{sample.head.path}{'full' if sample.head.title else 'least'}"


def _tree(html: str) -> Element:
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


every_page = pytest.mark.parametrize("sample", PAGES, ids=_name)


@pytest.fixture(params=RENDERERS)
def renderer(request: pytest.FixtureRequest) -> Renderer:
    return RENDERERS[request.param]


def test_every_template_of_a_page_is_rendered_by_these_tests() -> None:
    rendered = {sample.template for sample in PAGES}
    files = {path.name for path in (THEME / "templates").iterdir() if path.name[0] != "_"}
    assert rendered | {"base.html"} == files == set(TEMPLATE_NAMES)


@pytest.mark.parametrize("layout", ["magazine", "list"])
def test_what_the_mayors_recommend_stands_on_every_home_page_before_what_is_new(
    layout: Literal["magazine", "list"], renderer: Renderer
) -> None:
    sample = next(page for page in PAGES if isinstance(page.view, HomePageView) and page.view.picks)
    assert isinstance(sample.view, HomePageView)
    said = _headings(renderer, replace(sample, view=replace(sample.view, layout=layout)))
    assert said.index("Editors\u2019 picks") < said.index("Latest posts")
    without = replace(sample, view=replace(sample.view, layout=layout, picks=()))
    assert "Editors\u2019 picks" not in _headings(renderer, without)


def _headings(renderer: Renderer, sample: Sample) -> list[str]:
    return ["".join(each.itertext()) for each in _tree(html_of(renderer, sample)).iter("h2")]


@every_page
def test_a_page_is_html_that_a_strict_parser_accepts(sample: Sample, renderer: Renderer) -> None:
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(html_of(renderer, sample))


@every_page
def test_a_page_holds_no_script_and_no_style_of_its_own(sample: Sample, renderer: Renderer) -> None:
    for element in _tree(html_of(renderer, sample)).iter():
        assert element.tag not in {"script", "style", "iframe", "object", "embed", "base", "form"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


@every_page
def test_a_page_asks_no_other_host_for_anything(sample: Sample, renderer: Renderer) -> None:
    for element in _tree(html_of(renderer, sample)).iter():
        loaded = [element.get("src", ""), element.get("srcset", "")]
        if element.tag == "link" and element.get("rel") in {"stylesheet", "icon"}:
            loaded.append(element.get("href", ""))
        assert not [address for address in loaded if ":" in address or address.startswith("//")]


@every_page
def test_a_page_says_its_policy_before_it_loads_anything(
    sample: Sample, renderer: Renderer
) -> None:
    first, second, *_ = list(_tree(html_of(renderer, sample)).find("head") or ())
    assert first.get("charset") == "utf-8"
    assert second.get("http-equiv") == "Content-Security-Policy"
    assert second.get("content") == (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self';"
        " base-uri 'none'; form-action 'none'"
    )


@every_page
def test_a_page_has_one_main_heading_and_skips_no_level(sample: Sample, renderer: Renderer) -> None:
    levels = [
        int(element.tag[1])
        for element in _tree(html_of(renderer, sample)).iter()
        if re.fullmatch("h[1-6]", str(element.tag))
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@every_page
def test_a_page_has_its_landmarks_once_and_every_id_once(
    sample: Sample, renderer: Renderer
) -> None:
    tree = _tree(html_of(renderer, sample))
    body = tree.find("body")
    assert body is not None
    assert [element.tag for element in body] == ["a", "header", "main", "footer"]
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    named = [element.get("aria-labelledby") for element in tree.iter("section")]
    assert set(named) <= set(ids)
    navs = [element.get("aria-label") for element in tree.iter("nav")]
    assert all(navs)
    assert len(set(navs)) == len(navs)


@every_page
def test_every_link_has_words_and_every_picture_a_text_for_it(
    sample: Sample, renderer: Renderer
) -> None:
    tree = _tree(html_of(renderer, sample))
    assert all(element.get("alt") is not None for element in tree.iter("img"))
    for link in tree.iter("a"):
        hidden = link.get("aria-hidden") == "true" and link.get("tabindex") == "-1"
        assert hidden or link.get("aria-label") or "".join(link.itertext()).strip()


@every_page
def test_the_language_and_the_direction_of_a_page_are_said(
    sample: Sample, renderer: Renderer
) -> None:
    root = _tree(html_of(renderer, sample))
    assert root.get("lang") == "en"
    assert root.get("dir", "ltr") == sample.head.direction


@pytest.mark.parametrize("sample", samples(full=True), ids=_name)
def test_hostile_words_in_any_field_stay_words(sample: Sample, renderer: Renderer) -> None:
    view = probed(sample.view)
    html = html_of(
        renderer,
        replace(sample, head=probed(sample.head), site=probed(sample.site), view=view),
    )
    assert PROBE not in html
    assert "<script" not in html
    for element in _tree(html).iter():
        assert element.tag not in {"script", "b"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/"])
def test_a_link_that_a_browser_would_run_stops_the_page(address: str) -> None:
    sample = samples(full=True)[0]
    hostile = replace(sample.site, navigation=(replace(sample.site.navigation[0], url=address),))
    with pytest.raises(Exception, match="may not be linked") as caught:
        html_of(RENDERER, replace(sample, site=hostile))
    assert type(caught.value).__name__ == "FaultsError"


def test_a_post_announces_its_feeds_its_authors_and_its_dates() -> None:
    html = html_of(RENDERER, samples(full=True)[0])
    tree = _tree(html)
    announced = [
        (link.get("type"), link.get("href"))
        for link in tree.iter("link")
        if link.get("rel") == "alternate" and link.get("type")
    ]
    assert announced[:3] == [
        ("application/rss+xml", "../../topics/rounds/feed.xml"),
        ("application/atom+xml", "../../topics/rounds/atom.xml"),
        ("application/feed+json", "../../topics/rounds/feed.json"),
    ]
    times = {element.get("class"): element for element in tree.iter("time")}
    published = times["dt-published"]
    assert published.get("datetime") == "2026-11-22T23:30:00Z"
    assert published.text == "November 23, 2026"
    assert "dt-updated" in times
    authors = [link.text for link in tree.iter("a") if link.get("rel") == "author"]
    assert authors == ["Ann Achterberg", "ben", "Ann Achterberg", "ben"]


def test_the_words_of_a_page_are_in_its_language() -> None:
    sample = samples(full=True)[0]
    html = html_of(RENDERER, replace(sample, head=replace(sample.head, language="de")))
    assert "1 Min. Lesezeit" in html
    assert "23. November 2026" in html
    assert "Geschrieben von" in html


def test_a_post_in_another_language_than_its_page_says_so() -> None:
    html = html_of(RENDERER, samples(full=True)[0])
    assert '<article class="entry h-entry" lang="de">' in html


def test_a_picture_of_a_post_stands_above_its_text_where_the_post_has_one_to_show() -> None:
    sample = samples(full=True)[0]
    assert isinstance(sample.view, PostView)
    shown = replace(sample.view, hero=picture("/2026/a/visit.png"))
    assert 'class="entry-picture"' in html_of(RENDERER, replace(sample, view=shown))
    bare = replace(sample.view, hero=None)
    assert 'class="entry-picture"' not in html_of(RENDERER, replace(sample, view=bare))


def test_a_page_for_any_wrong_address_links_from_the_root_of_its_host() -> None:
    sample = next(sample for sample in samples(full=True) if sample.template == "404.html")
    assert '<link rel="stylesheet" href="/blog/static/style.css">' in html_of(RENDERER, sample)


def test_hosts_that_the_network_allows_are_in_the_policy_and_nothing_else_is() -> None:
    renderer = built_in(hosts=("img.example.org", "*.example.com", "x; script-src *"))
    html = html_of(renderer, samples(full=False)[0])
    assert "img-src &#39;self&#39; https://img.example.org https://*.example.com;" in html
    assert "frame-src https://img.example.org https://*.example.com;" in html
    assert "script-src" not in html


def test_the_same_view_gives_the_same_bytes_in_any_order() -> None:
    first = [html_of(RENDERER, sample) for sample in PAGES]
    again = built_in()
    assert [html_of(again, sample) for sample in reversed(PAGES)] == first[::-1]


def test_the_home_page_has_no_title_but_the_sites() -> None:
    page = Sample(
        template="home.html",
        head=head("/", full=False),
        site=site(),
        view=samples(full=False)[1].view,
    )
    assert "<title>Lantern Pinion</title>" in html_of(RENDERER, page)


def test_a_link_in_a_card_leads_to_the_same_post_from_any_page() -> None:
    page = next(sample for sample in samples(full=True) if sample.head.path == "/page/2/")
    assert 'class="p-name u-url" href="../../2026/a/"' in html_of(RENDERER, page)
    moved = replace(page, head=replace(page.head, path=SitePath("/")))
    assert 'class="p-name u-url" href="2026/a/"' in html_of(RENDERER, moved)


@pytest.mark.parametrize("template", ["list.html", "author.html"])
def test_a_numbered_page_says_nothing_that_a_new_post_would_change(template: str) -> None:
    page = next(sample for sample in samples(full=True) if sample.template == template)
    html = html_of(RENDERER, page)
    assert "Page 2" in html
    assert not re.search(r"\d+ posts", html)


def test_lists_of_the_plain_theme_show_words_alone() -> None:
    for sample in PAGES:
        if sample.template not in {"post.html", "page.html", "author.html"}:
            shown = [
                each.get("class") for each in _tree(html_of(RENDERERS["plain"], sample)).iter("img")
            ]
            assert set(shown) <= {"logo"}, sample.template

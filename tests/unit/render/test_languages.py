"""Pages in several languages: whose words they speak, where their links lead, what is marked as foreign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest

from blognet.config import read_config
from blognet.site import Published
from blognet.themes.strings import Words
from tests.unit.site.published_values import build, live_author, live_page, live_post

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tests.unit.site.published_values import Built

SETTINGS = """\
id: clocks
title: Clocks
tagline: All about time
footer: A shed
url: https://clocks.example.org
languages: [en, de, ar]
mayors: [mia]
topics:
  - id: rate
    title: Keeping time
    description: Pendulums.
    translations: {de: {title: Genau gehen, description: Pendel.}}
  - id: tower
    title: Up the tower
    description: Stairs.
teams:
  - {id: bench, title: The Bench, translations: {de: Die Werkbank}}
translations:
  de: {title: Uhren, tagline: Alles über die Zeit}
"""


def built(*posts: tuple[str, str, str], extra: str = "", words: Words | None = None) -> Built:
    """Build posts given as slug, language and topic."""
    published = Published(
        posts=tuple(
            live_post(slug, language=language, topics=(topic,)) for slug, language, topic in posts
        ),
        pages=(
            live_page("about", title="About us"),
            live_page("about", language="de", title="Über uns"),
            live_page("jobs", title="Jobs"),
        ),
        authors=(live_author("ann", team="bench", body="Files brass."),),
    )
    return build(published, read_config(SETTINGS + extra), words=words)


def tree(site: Built, path: str) -> Element:
    parsed: Element = html5lib.parse(site.text(path), namespaceHTMLElements=False)
    return parsed


def text(element: Element | None) -> str:
    assert element is not None
    return "".join(element.itertext())


def test_a_topic_is_called_and_described_in_the_language_of_its_page() -> None:
    page = tree(built(("a", "de", "rate")), "/de/topics/rate/")
    assert text(page.find(".//h1")) == "Genau gehen"
    assert text(page.find(".//p[@class='standfirst']")) == "Pendel."
    assert page.find(".//h1[@lang]") is None


def test_a_post_may_name_its_topic_by_its_title_in_any_language() -> None:
    site = built(("a", "de", "Genau gehen"), ("b", "", "genau gehen"))
    assert {"/de/topics/rate/", "/topics/rate/"} <= site.files.keys()


def test_a_topic_without_a_translation_is_marked_as_foreign() -> None:
    page = tree(built(("a", "de", "tower")), "/de/topics/tower/")
    heading, lead = page.find(".//h1"), page.find(".//p[@class='standfirst']")
    assert heading is not None
    assert lead is not None
    assert (heading.get("lang"), lead.get("lang")) == ("en", "en")
    assert (text(heading), text(lead)) == ("Up the tower", "Stairs.")


def test_a_team_whose_title_alone_is_translated_has_no_foreign_description() -> None:
    page = tree(built(("a", "de", "rate")), "/de/teams/bench/")
    assert (text(page.find(".//h1")), page.find(".//p[@class='standfirst']")) == (
        "Die Werkbank",
        None,
    )


def test_the_site_says_what_it_is_in_each_language_and_in_its_feeds() -> None:
    site = built(("a", "", "rate"), ("a", "de", "rate"), ("a", "ar", "rate"))
    assert text(tree(site, "/de/").find(".//p[@class='tagline']")) == "Alles über die Zeit"
    assert "<title>Uhren</title>" in site.text("/de/")
    assert "<title>Uhren</title>" in site.text("/de/feed.xml")
    assert "<language>de</language>" in site.text("/de/feed.xml")
    assert "Genau gehen · Uhren" in site.text("/de/topics/rate/feed.xml")
    arabic = tree(site, "/ar/").find(".//p[@class='tagline']")
    assert arabic is not None
    assert (arabic.get("lang"), arabic.get("dir")) == ("en", "ltr")


def test_a_page_from_right_to_left_says_so_and_speaks_its_own_words() -> None:
    page = tree(built(("a", "ar", "rate")), "/ar/2026/a/")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert text(page.find(".//a[@class='skip']")) == "تخطَّ إلى المحتوى"
    assert "1 يناير 2026" in text(page.find(".//time"))


def test_the_profile_of_an_author_in_another_language_is_marked() -> None:
    page = tree(built(("a", "ar", "rate")), "/ar/authors/ann/")
    bio = page.find(".//div[@class='prose portrait-bio p-note']")
    assert bio is not None
    assert (bio.get("lang"), bio.get("dir")) == ("en", "ltr")


def test_the_head_names_every_translation_and_the_one_for_everybody_else() -> None:
    site = built(("a", "", "rate"), ("a", "de", "rate"), ("b", "de", "rate"), ("b", "ar", "rate"))

    def alternates(path: str) -> dict[str | None, str | None]:
        links = tree(site, path).findall("./head/link[@hreflang]")
        return {link.get("hreflang"): link.get("href") for link in links}

    base = "https://clocks.example.org"
    assert alternates("/de/2026/a/") == {
        "en": f"{base}/2026/a/",
        "x-default": f"{base}/2026/a/",
        "de": f"{base}/de/2026/a/",
    }
    assert alternates("/ar/2026/b/").keys() == {"de", "ar"}
    assert alternates("/2026/a/") == alternates("/de/2026/a/")


def switch(site: Built, path: str) -> dict[str, tuple[str | None, str | None, str | None]]:
    links = tree(site, path).findall(".//nav[@class='lang-nav']//a")
    return {
        text(link): (link.get("href"), link.get("hreflang"), link.get("lang")) for link in links
    }


def test_the_switch_leads_to_the_translation_and_else_to_the_other_home() -> None:
    site = built(("a", "", "rate"), ("a", "de", "rate"), ("b", "ar", "rate"))
    assert switch(site, "/2026/a/") == {
        "English": ("./", "en", None),
        "Deutsch": ("../../de/2026/a/", "de", "de"),
        "العربية": ("../../ar/", "ar", "ar"),
    }


def test_a_site_in_one_language_has_no_switch() -> None:
    assert switch(built(("a", "", "rate")), "/") == {}


def navigation(site: Built, path: str) -> list[tuple[str, str | None, str | None]]:
    links = tree(site, path).findall(".//nav[@class='main-nav']//a")
    return [(text(link), link.get("href"), link.get("lang")) for link in links]


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("{label: Us, url: /about/}", ("Über uns", "about/", None)),
        ("{label: Us, url: /about/, translations: {de: Wir}}", ("Wir", "about/", None)),
        ("{label: Work, url: /jobs/}", ("Work", "../jobs/", "en")),
        ("{label: Work, url: /jobs/, translations: {de: {label: Arbeit, url: /de/topics/}}}",
         ("Arbeit", "topics/", None)),
        ("{label: Work, url: /jobs/, translations: {de: {label: Arbeit, url: /de/gone/}}}",
         ("Arbeit", "../jobs/", None)),
        ("{label: Subjects, url: /topics/}", ("Themen", "topics/", None)),
        ("{label: Shop, url: 'https://shop.example/'}", ("Shop", "https://shop.example/", "en")),
    ],
)  # fmt: skip
def test_a_link_leads_to_what_there_is_in_the_language_of_the_page(
    link: str, shown: tuple[str, str, str | None]
) -> None:
    site = built(("a", "", "rate"), ("a", "de", "rate"), extra=f"navigation: [{link}]\n")
    assert navigation(site, "/de/")[-1] == shown


def test_a_link_of_the_settings_that_leads_nowhere_is_left_out_with_a_warning() -> None:
    site = built(("a", "", "rate"), extra="links: [{label: Gone, url: /gone/}]\n")
    assert "gone" not in site.text("/")
    assert [(p.code, p.location.path, p.location.key) for p in site.problems] == [
        ("BN836", "blognet.yml", "links")
    ]


def test_a_language_without_words_is_told_and_speaks_english() -> None:
    site = built(("a", "ar", "rate"), words=Words())
    assert [problem.code for problem in site.problems] == ["BN834"]
    assert "Skip to content" in site.text("/ar/")


@pytest.mark.parametrize(("layout", "cards"), [("list", 0), ("magazine", 2)])
def test_the_home_page_is_a_list_or_a_magazine(layout: str, cards: int) -> None:
    config = read_config(f"{SETTINGS}theme: {{home: {layout}}}\n")
    posts = tuple(live_post(slug) for slug in ("a", "b", "c"))
    home = tree(build(Published(posts=posts, pages=(), authors=()), config), "/")
    shown = [str(each.get("class")).split()[0] for each in home.iter("article")]
    assert (shown.count("card"), len(shown)) == (cards, 3)
    assert shown.count("row") == 3 - cards - (layout == "magazine")


@pytest.mark.parametrize(("accent", "codes"), [("#ffcc00", ["BN872"]), ("#9a4a1c", [])])
def test_an_accent_too_pale_for_text_is_told_with_one_that_is_not(
    accent: str, codes: list[str]
) -> None:
    config = read_config(f"{SETTINGS}theme: {{accent: '{accent}'}}\n")
    site = build(Published(posts=(live_post("a"),), pages=(), authors=()), config)
    assert [problem.code for problem in site.problems if problem.code == "BN872"] == codes
    if codes:
        (problem,) = (problem for problem in site.problems if problem.code == "BN872")
        assert "1.34 to 1" in problem.message
        assert problem.hint == "the nearest accent that passes is #856a00"


def test_the_words_inside_a_text_are_in_the_language_of_the_text() -> None:
    alert = live_post("a", language="ar", body="> [!NOTE]\n> x")
    site = build(Published(posts=(alert,)), read_config(SETTINGS))
    assert '<p class="alert-title">ملاحظة</p>' in site.text("/ar/2026/a/")


def test_several_authors_are_joined_as_the_language_joins_them() -> None:
    posts = tuple(
        live_post("a", language=language, authors=("ann", "ben", "cy")) for language in ("", "de")
    )
    site = build(Published(posts=posts), read_config(SETTINGS))

    def byline(path: str) -> str:
        return text(tree(site, path).find(".//span[@class='byline-names']"))

    assert (byline("/2026/a/"), byline("/de/2026/a/")) == ("ann, ben, and cy", "ann, ben und cy")


def test_a_year_leads_to_the_same_year_in_another_language_and_else_home() -> None:
    posts = (
        live_post("a"),
        live_post("b", day=400),
        live_post("a", language="de"),
    )
    site = build(Published(posts=posts), read_config(SETTINGS))
    assert switch(site, "/2026/")["Deutsch"][0] == "../de/2026/"
    assert switch(site, "/2027/")["Deutsch"][0] == "../de/"


def test_open_graph_names_the_languages_with_their_regions() -> None:
    site = built(("a", "", "rate"), ("a", "de", "rate"), ("b", "", "rate"))
    own = '<meta property="og:locale" content="{}">'
    other = '<meta property="og:locale:alternate" content="{}">'
    german = site.text("/de/2026/a/")
    assert own.format("de_DE") in german
    assert other.format("en_US") in german
    assert "og:locale:alternate" not in site.text("/2026/b/")

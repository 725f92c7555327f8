"""What macros say is kept from page to page, and no page differs for it from what plain Jinja makes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from jinja2.compiler import CodeGenerator
from markupsafe import escape

from blognet.kernel.errors import FaultsError
from blognet.kernel.ids import SitePath
from blognet.themes import environment, fragments
from blognet.themes.environment import make_renderer
from blognet.themes.fragments import Fragment, Scope, WrittenLinks
from blognet.themes.links import link_from
from blognet.themes.sandbox import Sandbox
from blognet.themes.views import LinkView
from tests.unit.themes.samples import (
    THEME,
    ZONE,
    built_in,
    built_in_words,
    html_of,
    load_plain,
    samples,
)
from tests.unit.themes.samples import load as load_default
from tests.unit.themes.test_links import BASES, PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from blognet.themes.environment import Renderer
    from tests.unit.themes.samples import Sample

POST = samples(full=True)[0]
ELSEWHERE = "_elsewhere.html"


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Renderer]]:
    """Make renderers whose templates Jinja compiles by itself, without short ways."""

    def made(load: Callable[[str], str | None]) -> Renderer:
        monkeypatch.setattr(Sandbox, "code_generator_class", CodeGenerator)
        environment._compiled.cache_clear()  # noqa: SLF001  # else the templates compiled before
        renderer = built_in(load=load)
        for name in (*(each.name for each in (THEME / "templates").iterdir()), ELSEWHERE):
            if load(name) is not None:
                renderer.environment.get_template(name)
        monkeypatch.undo()
        environment._compiled.cache_clear()  # noqa: SLF001  # nobody else is to get these
        return renderer

    yield made
    environment._compiled.cache_clear()  # noqa: SLF001  # the same


def several(page: Sample) -> Iterable[Sample]:
    """Give a page at several places, in several languages, on several sites."""
    for path, language, url in (
        ("/2026/a/", "en", ""),
        ("/", "de", ""),
        ("/2026/b/", "de", ""),
        ("/authors/ann/page/3/", "ar", ""),
        ("/404.html", "en", ""),
        ("/topics/", "en", "file:///srv/copy"),
        ("/2026/c/", "en", ""),
    ):
        head = replace(page.head, path=SitePath(path), language=language)
        yield replace(page, head=head, site=replace(page.site, url=url or page.site.url))


@pytest.mark.parametrize("full", [True, False], ids=["full", "bare"])
def test_each_page_of_the_built_in_themes_is_as_plain_jinja_makes_it(
    plainly: Callable[..., Renderer], *, full: bool
) -> None:
    for load in (load_default, load_plain):
        plain, sharing = plainly(load), built_in(load=load)
        pages = [each for page in samples(full=full) for each in several(page)]
        for page in (*pages, *reversed(pages)):
            assert html_of(sharing, page) == html_of(plain, page)
        assert sharing.environment.scopes[0].fragments or not full


PARTS = {
    "its arguments": "{{ link.label }}",
    "a link": "<a href='{{ link.url | url }}'>",
    "a link within words": "{{ 'x' if link.url | url == '../../about/' else 'y' }}",
    "the length of a link": "{{ link.url | url | length }}",
    "a link kept for later": "{% set x = link.url | url %}{{ x }}",
    "a block kept for later": "{% set x %}{{ link.url | url }}{% endset %}{{ x | length }}",
    "a block through a filter": "{% filter upper %}{{ link.url | url }}{% endfilter %}",
    "a whole address": "{{ link.url | absolute }}",
    "the page": "{{ head.path }}",
    "the title of the page": "{{ head.title }}",
    "the language": "{{ head.language }}{{ t('skip') }}{{ link.language | direction }}",
    "the site": "{{ site.url }}",
    "the view": "{{ view.card.title }}",
    "what the importer set": "{{ outside }}",
    "a macro that says the page": "{{ other(link) }}",
    "the length of what a macro says": "{{ inner(link) | length }}",
    "what a macro says": "{{ inner(link) }}{{ inner(link=link) }}{{ inner(link, 'b') }}",
    "a macro with a caller": "{% call framed() %}{{ link.url | url }}{% endcall %}",
    "a name of its own": "{% set t = link.label %}{{ t }}",
    "a loop": "{% for x in [link, link] %}{{ loop.index }}{{ loop.last }}{{ x.url | url }}{% endfor %}",
    "a loop over words": "{% for x in link.label %}{{ x }}{% else %}none{% endfor %}",
    "a count": "{% set n = namespace(i=0) %}{% set n.i = n.i + 1 %}{{ n.i }}",
    "the page behind a loop of its name": "{% for head in [1] %}x{% endfor %}{{ head.path }}",
    "the page in a loop of its name": "{% for head in [head] %}{{ head.path }}{% endfor %}",
    "the page where a loop is empty": "{% for head in [] %}{% else %}{{ head.path }}{% endfor %}",
    "the page beside a branch": "{% if not link %}{% set head = link %}{% endif %}{{ head.path }}",
    "the page before its name is taken": "{{ head.path }}{% set head = link %}",
    "the site before its name is taken": "{{ site.url }}{% set site = link %}",
    "macros by their names": "{{ other }}{{ inner }}",
    "a nested macro": "{% macro more() %}{{ head.path }}{% endmacro %}{{ more() }}",
    "a block": "{% block inside %}{{ head.path }}{% endblock %}",
    "arguments that are equal": "{% for x in [1, true, 1.0, '1'] %}{{ inner(link, x) }}{% endfor %}",
    "an import": "{% from '_elsewhere.html' import other with context %}{{ other(link) }}",
}


@pytest.mark.parametrize("body", PARTS.values(), ids=PARTS)
def test_whatever_a_macro_says_is_as_plain_jinja_says_it(
    body: str, plainly: Callable[..., Renderer]
) -> None:
    sources = {
        "post.html": "{% set outside = head.path %}"
        "{% from '_elsewhere.html' import one, inner with context %}"
        "{% for link in site.navigation %}{{ one(link) }}{{ one(link) | length }}{% endfor %}"
        "{{ inner(site.navigation[0]) }}{{ one(site.navigation[0]) | upper }}",
        ELSEWHERE: "{% macro other(link) %}{{ head.path }}{{ link.url | url }}{% endmacro %}"
        "{% macro inner(link, more='a') %}{{ link.url | url }}{{ more }}{% endmacro %}"
        "{% macro framed() %}[{{ caller() }}]{% endmacro %}"
        f"{{% macro one(link) %}}{body}{{% endmacro %}}",
    }
    plain, sharing = plainly(sources.get), built_in(load=sources.get)
    pages = list(several(POST))
    for page in (*pages, *reversed(pages)):
        assert html_of(sharing, page) == html_of(plain, page)


PLACES = {
    "P": ELSEWHERE,
    "Q": "language.html",
    "R": "given.html",
    "S": "including.html",
    "T": "importing.html",
}


@pytest.mark.parametrize(
    "page",
    [
        "{% set head = {'path': '/x/', 'language': 'de'} %}{% from 'P' import one with context %}",
        "{% set t = view.card.title %}{% from 'P' import one with context %}",
        (
            "{% set t = 'x' %}{% block a %}{% from 'P' import one with context %}"
            "{{ one(site.navigation[0]) }}{% endblock %}{% from 'P' import one with context %}"
        ),
        (
            "{% for head in [{'path': '/x/'}] %}{% from 'P' import one with context %}{{ one(site.navigation[0]) }}"
            "{% endfor %}{% from 'P' import one with context %}"
        ),
        "{% set name = 'P' %}{% from name import one with context %}",
        "{% include 'included.html' %}{% from 'P' import one with context %}",
        "{% set head = view.card %}{% from 'Q' import one with context %}",
        (
            "{% for head in [view.card, head] %}{% from 'Q' import one with context %}{{ one(1) }}"
            "{% endfor %}{% from 'Q' import one with context %}"
        ),
        "{% set range = view.card.title %}{% from 'R' import one with context %}",
        "{% set own_scripts = head.path %}{% from 'R' import one with context %}",
        "{% set outside = head.path %}{% from 'S' import one with context %}",
        "{% set outside = head.path %}{% from 'T' import one with context %}",
    ],
)
def test_names_of_the_importer_come_before_those_of_the_page(
    page: str, plainly: Callable[..., Renderer]
) -> None:
    sources = {
        "post.html": re.sub("'([P-T])'", lambda part: f"'{PLACES[part[1]]}'", page)
        + "{{ one(site.navigation[0]) }}",
        "language.html": "{% macro one(link) %}{{ t('skip') }}{% endmacro %}",
        "given.html": "{% macro one(link) %}{{ range if range is string }}{{ own_scripts }}{% endmacro %}",
        "including.html": "{% macro one(link) %}{% include 'outside.html' %}{% endmacro %}",
        "importing.html": "{% macro one(link) %}{% import 'outside.html' as x with context %}{{ x }}{% endmacro %}",
        "outside.html": "{{ outside }}",
        "included.html": "{% from '_elsewhere.html' import one with context %}{{ one(site.navigation[0]) }}",
        ELSEWHERE: "{% macro one(link) %}{{ head.path }}{{ t if t is string }}{% endmacro %}",
    }
    plain, sharing = plainly(sources.get), built_in(load=sources.get)
    for each in several(POST):
        assert html_of(sharing, each) == html_of(plain, each)


def test_arguments_are_told_apart_by_their_names_too() -> None:
    sources = {
        "post.html": "{% from '_elsewhere.html' import one with context %}{% set v = site.navigation[0] %}"
        "{{ one(views=v) }} {{ one((), v) }}",
        ELSEWHERE: "{% macro one(views=none, x=none) %}{{ views is none }}{{ x is none }}{% endmacro %}",
    }
    assert html_of(built_in(load=sources.get), POST) == "FalseTrue FalseFalse\n"


def test_equal_views_that_are_not_the_same_are_told_apart() -> None:
    sources = {
        "post.html": "{% from '_elsewhere.html' import one with context %}"
        "{% for link in site.navigation %}{{ one(link) }} {% endfor %}",
        ELSEWHERE: "{% macro one(link) %}{{ link.label }}{{ link.url | url }}{% endmacro %}",
    }
    renderer = built_in(load=sources.get)
    for number in range(300):  # a view that is gone may leave its place to another
        links = tuple(LinkView(label=f"{number}-{n}", url=f"/x/{number}/{n}/") for n in range(3))
        page = replace(POST, site=replace(POST.site, navigation=links))
        shown = html_of(renderer, page).split()
        assert shown == [f"{link.label}../..{link.url}" for link in links]


def test_texts_that_look_like_a_hole_are_shown() -> None:
    sources = {
        "post.html": "{% from '_elsewhere.html' import one with context %}{{ one(site.navigation[0]) }}",
        ELSEWHERE: "{% macro one(link) %}{{ link.label }}|{{ link.url | url }}{% endmacro %}",
    }
    renderer = built_in(load=sources.get)
    for label in ("\0", "\0/a/\0", "a\0b"):
        link = LinkView(label=label, url="/there/")
        page = replace(POST, site=replace(POST.site, navigation=(link,)))
        assert html_of(renderer, page) == f"{label}|../../there/\n"


@pytest.mark.parametrize(
    ("body", "said"), [("{{ link.wrong }}", "wrong"), ("{{ 'data:x' | url }}", "may not be linked")]
)
def test_a_fault_in_what_pages_share_is_told_of_each_page_with_its_line(
    body: str, said: str
) -> None:
    sources = {
        "post.html": "\n{% from '_elsewhere.html' import one with context %}{{ one(site.navigation[0]) }}",
        ELSEWHERE: f"\n\n{{% macro one(link) %}}\n{body}{{% endmacro %}}",
    }
    renderer = make_renderer(sources.get, words=built_in_words(), zone=ZONE)
    for page in several(POST):
        with pytest.raises(FaultsError) as caught:
            html_of(renderer, page)
        location = caught.value.problems[0].location
        assert (location.path, location.line) == (ELSEWHERE, 4)
        assert said in caught.value.message


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% macro one(a) %}{{ a }}{% endmacro %}\n{% macro two() %}{{ one(1, 2) }}{% endmacro %}", "more than 1"),
        ("{% macro one(a) %}{{ a }}{% endmacro %}\n{% macro two() %}{{ one(b=2) }}{% endmacro %}", "no keyword"),
        ("\n{% macro two() %}{{ two() }}{% endmacro %}", "recursion"),
        ("\n{% macro two(a='x') %}{{ a | url if a == '' }}{{ two(a ~ 'x') }}{% endmacro %}", "recursion"),
        ("\n{% macro two() %}{{ '/' | url(1) }}{% endmacro %}", "positional argument"),
        ("\n{% macro two() %}{{ '/' | url(a=1) }}{% endmacro %}", "keyword argument"),
        ("\n{% macro two() %}{{ none | url }}{% endmacro %}", "None may not be linked"),
        ("\n{% macro two() %}{{ [1] | url }}{% endmacro %}", r"\[1\] may not be linked"),
        ("\n{% macro two() %}{{ [1] | url | upper }}{% endmacro %}", r"\[1\] may not be linked"),
        ("\n{% macro two() %}{{ 1 | absolute }}{% endmacro %}", "1 may not be linked"),
        ("\n{% macro two(caller) %}{{ caller() }}{% endmacro %}", "caller"),
        ("\n{% macro two() %}{% extends 'base.html' %}{% endmacro %}", "top-level"),
    ],
)  # fmt: skip
def test_a_fault_in_a_macro_is_told_with_file_and_line(source: str, said: str) -> None:
    page = "{% from '_elsewhere.html' import two with context %}{{ two() }}"
    renderer = built_in(load={"post.html": page, ELSEWHERE: source}.get)
    with pytest.raises(FaultsError) as caught:
        html_of(renderer, POST)
    location = caught.value.problems[0].location
    assert (location.path, location.line) == (ELSEWHERE, 2)
    assert re.search(said, caught.value.message)


@pytest.mark.parametrize("body", ["{{ '/' | url }}", "{{ '/' | url | upper }}", "{{ t('skip') }}"])
def test_who_imports_a_part_without_the_page_hears_what_is_missing(body: str) -> None:
    sources = {
        "post.html": "{% from '_elsewhere.html' import one %}{{ one() }}",
        ELSEWHERE: f"\n{{% macro one() %}}{body}{{% endmacro %}}",
    }
    with pytest.raises(FaultsError, match="import … with context") as caught:
        html_of(built_in(load=sources.get), POST)
    location = caught.value.problems[0].location
    assert (location.path, location.line) == (ELSEWHERE, 2)


def test_after_a_fault_pages_are_made_as_ever() -> None:
    sources = {
        "post.html": "{% from '_elsewhere.html' import one with context %}"
        "{{ one(site.navigation[0]) }}",
        ELSEWHERE: "{% macro one(link) %}{{ link.url | url }}{{ 1 // (link.label | length) }}{% endmacro %}",
    }
    renderer = built_in(load=sources.get)

    def page(label: str) -> Sample:
        link = LinkView(label=label, url="/there/")
        return replace(POST, site=replace(POST.site, navigation=(link,)))

    with pytest.raises(FaultsError):
        html_of(renderer, page(""))
    assert html_of(renderer, page("a")) == "../../there/1\n"


@given(page=PATH, target=PATH, base=BASES)
def test_a_link_that_is_put_in_later_is_the_link_of_the_page(
    page: str, target: str, base: str
) -> None:
    expected = str(escape(link_from(page, target, site_url=base)))
    assert WrittenLinks(page, base)[target] == expected


def test_what_is_said_again_and_again_stays_while_the_rest_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fragments, "_MANY", 2)
    scope = Scope({})
    often = Fragment("often", (), ())
    scope.keep(("often",), often)
    for number in range(9):
        scope.keep((number,), Fragment(f"once {number}", (), ()))
        assert scope.known(("often",)) is often
    assert [number for number in range(9) if scope.known((number,))] == [7, 8]
    assert len(scope.fragments) + len(scope.older) <= 2 * 2


def test_pages_are_the_same_when_pieces_are_forgotten_all_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = [page for sample in samples(full=True) for page in several(sample)]
    known = built_in()
    expected = [html_of(known, page) for page in pages]
    monkeypatch.setattr(fragments, "_MANY", 3)
    forgetful = built_in()
    assert [html_of(forgetful, page) for page in pages] == expected

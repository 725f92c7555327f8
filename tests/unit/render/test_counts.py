"""How many posts a list has is true wherever a template shows it, and nothing to a page that does not show it."""

from __future__ import annotations

import pytest

from blognet.engine import fact_key
from blognet.render import make_context, render_page
from blognet.site import Published
from blognet.site.plan import plan
from blognet.themes.environment import make_renderer
from tests.unit.site.published_values import (
    PIXEL,
    built_in_words,
    live_author,
    live_post,
    settings,
    theme_file,
    theme_template,
)

POSTS = 7
PUBLISHED = Published(
    posts=tuple(live_post(f"p{day}", day=day, tags=("Bells",)) for day in range(POSTS)),
    authors=(live_author("ann", "Ann", body="I cast bells."),),
)
CONFIG = settings("posts_per_page: 2\n")
ASKING = {
    "list.html": "{{ view.term.count }} of {{ view.term.name }}",
    "author.html": "{{ view.author['count'] }} of {{ view.author.name }}, {{ view.author.bio }}",
}
NUMBERED = ("/tags/bells/page/2/", "/authors/ann/page/2/")


def made(path: str, templates: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return a page and the facts behind it."""
    planned = plan(PUBLISHED, CONFIG)
    context = make_context(
        planned,
        CONFIG,
        renderer=make_renderer(
            lambda name: templates[name] if name in templates else theme_template(name),
            words=built_in_words(),
            zone=CONFIG.zone,
            hosts=CONFIG.hosts,
        ),
        asset=lambda _: PIXEL,
        theme_file=theme_file,
        logo=None,
    )
    page = next(each for each in context.pages if each.path == path)
    key = fact_key("file", path)
    raw = context.recorder.make(key, lambda: render_page(page, context), lambda _: "")
    trace = context.recorder.trace_of(key)
    assert trace is not None
    return raw.decode(), tuple(trace.needs)


@pytest.mark.parametrize("path", NUMBERED)
def test_a_numbered_page_says_how_many_posts_there_are_and_depends_on_it(path: str) -> None:
    html, needs = made(path, ASKING)
    assert html.startswith(f"{POSTS} of ")
    assert any(need.startswith("listings.posts ") for need in needs)


@pytest.mark.parametrize("path", NUMBERED)
def test_a_numbered_page_that_does_not_say_it_depends_on_no_other_posts(path: str) -> None:
    _, needs = made(path, {})
    assert [need for need in needs if need.startswith("listings.posts ")] == []


def test_an_author_whose_posts_are_counted_has_a_biography_too() -> None:
    html, _ = made("/authors/ann/", ASKING)
    assert "I cast bells." in html

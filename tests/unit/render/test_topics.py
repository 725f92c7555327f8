"""Topics with an introduction, posts to read first, and people to ask."""

from __future__ import annotations

import feedparser
import pytest

from blognet.config import read_config
from blognet.kernel.errors import ConfigError
from blognet.site import Published
from tests.unit.site.published_values import build, live_author, live_post

SETTINGS = """\
id: clocks
title: Clocks
url: https://clocks.example.org
languages: [en, de]
mayors: [mia]
posts_per_page: 2
topics:
  - id: rate
    title: Keeping time
    introduction: |
      A pendulum is **slow** in summer: [why](../../2026/why/).

      <script>alert(1)</script>

      ![A chart](https://elsewhere.example/chart.png) and [nothing](/nowhere/).
    pinned: [why, first, why, hidden]
    experts: [bob, ann, nobody, bob]
    translations:
      de:
        title: Genau gehen
        introduction: Ein Pendel geht im Sommer *nach*.
  - {id: tower, title: Up the tower, pinned: [missing], experts: [ann]}
  - {id: bench, title: At the bench}
"""
PUBLISHED = Published(
    posts=(
        live_post("first", topics=("rate",)),
        live_post("second", topics=("rate", "tower"), authors=("bob",), day=1),
        live_post("third", topics=("rate",), day=2),
        live_post("why", topics=("bench",), day=3),
        live_post("hidden", topics=("rate",), unlisted=True),
        live_post("warum", topics=("rate",), language="de", translation_key="why", title="Warum"),
        live_post("why", language="de", title="Wieso", day=9),
        live_post("zuerst", topics=("rate",), language="de", day=4),
    ),
    authors=(live_author("ann", "Ann Ö."), live_author("bob", "Bob"), live_author("cleo")),
)


def page(path: str = "/topics/rate/") -> str:
    return build(PUBLISHED, read_config(SETTINGS)).text(path)


def test_a_topic_begins_with_its_introduction_as_safe_html() -> None:
    shown = page()
    assert '<a href="../../2026/why/">why</a>' in shown
    assert "<strong>slow</strong>" in shown
    assert "alert(1)" not in shown
    assert '<img src="https://elsewhere' not in shown
    assert '<meta name="description" content="A pendulum is slow in summer: why.' in shown


def test_an_introduction_is_in_the_language_of_its_page_or_left_out() -> None:
    german = page("/de/topics/rate/")
    assert "im Sommer <em>nach</em>" in german
    assert "slow" not in german


def test_introduction_pins_and_experts_stand_on_the_first_address_alone() -> None:
    numbered = page("/topics/rate/page/1/")
    for words in ("<strong>slow", "Start here", "Who knows about it"):
        assert words in page()
        assert words not in numbered


def test_pinned_posts_come_first_in_the_order_of_the_settings() -> None:
    shown = page()
    start = shown.index("Start here")
    pinned = shown[start : shown.index("Latest posts", start)]
    assert pinned.index(">Why</a>") < pinned.index(">First</a>")
    assert pinned.count("<article") == 2


def test_a_pinned_post_is_shown_in_the_language_of_the_topic_s_page() -> None:
    german = page("/de/topics/rate/")
    start = german.index("Hier anfangen")
    pinned = german[start : german.index("<h2", start)]
    assert ">Wieso</a>" in pinned
    assert ">Why</a>" not in pinned


def test_experts_are_shown_with_their_faces_and_their_topics_on_their_own_pages() -> None:
    shown = page()
    experts = shown[shown.index('id="site-experts"') : shown.index("</section>")]
    assert experts.index("Bob") < experts.index("Ann Ö.")
    assert experts.count("<img") == 2
    assert "nobody" not in shown
    ann = page("/authors/ann/")
    assert "Knows about" in ann
    assert '<a href="../../topics/rate/">Keeping time</a>' in ann
    assert '<a href="../../topics/tower/">Up the tower</a>' in ann
    german = page("/de/authors/ann/")
    assert '<a href="../../topics/rate/">Genau gehen</a>' in german
    assert "topics/tower" not in german


def test_what_the_settings_name_and_nobody_can_see_is_a_warning() -> None:
    site = build(PUBLISHED, read_config(SETTINGS))
    said = {(each.code, each.location.key) for each in site.problems if each.location.key}
    assert said == {
        ("BN880", "topics.rate.experts"),
        ("BN881", "topics.rate.pinned"),
        ("BN881", "topics.tower.pinned"),
        ("BN420", "topics.rate.introduction"),
    }


def test_feeds_describe_a_topic_by_its_description_and_not_its_introduction() -> None:
    site = build(PUBLISHED, read_config(SETTINGS))
    assert "slow" not in feedparser.parse(site.files["/topics/rate/feed.xml"]).feed.description


@pytest.mark.parametrize("line", ["experts: [Ann Thorley]", "pinned: {a: b}", "expert: [ann]"])
def test_a_topic_that_makes_no_sense_is_refused(line: str) -> None:
    lines = (
        f"id: c\ntitle: C\nurl: https://c.example\nmayors: [mia]\ntopics: [{{id: rate, {line}}}]\n"
    )
    with pytest.raises(ConfigError):
        read_config(lines)

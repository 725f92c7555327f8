"""Sound and film that posts bring along: on their pages, in feeds, and for machines."""

from __future__ import annotations

import json
import re

import feedparser
import pytest

from blognet.content.values import AuthorStatus
from blognet.site import Published
from tests.unit.site.published_values import Built, build, live_author, live_post, settings

BASE = "https://clocks.example.org"
SOUND = b"ID3" + b"x" * 1_234_564
AWAY = "https://cdn.example.org/ep.mp3"
TALK = live_post(
    "talk",
    day=1,
    media="the talk #1.mp4",
    image="still.png",
    files=("the talk #1.mp4", "the talk #1.vtt", "the talk #1.de.vtt", "still.png"),
)
EPISODE = live_post("episode", media="sub/ep.mp3", files=("sub/ep.mp3",))
EVERYTHING = Published(posts=(EPISODE, TALK))
FILES = {"sub/ep.mp3": SOUND, "the talk #1.mp4": b"\0\0\0\x18ftypmp42"}


def site(config: str = "", published: Published = EVERYTHING) -> Built:
    return build(published, settings(config), drawings=FILES)


def test_an_episode_is_played_from_the_site_and_fetched_only_when_asked_for() -> None:
    page = site().text("/2026/episode/")
    assert '<audio controls preload="none" src="sub/ep.mp3" aria-label="Listen"></audio>' in page
    assert '<a href="sub/ep.mp3" download>Download (1.2 MB)</a>' in page
    assert "media-src &#39;self&#39;;" in page


def test_a_film_has_captions_and_shows_the_post_s_picture_before_it_begins() -> None:
    page = site().text("/2026/talk/")
    video = page[page.index("<video") : page.index("</video>")]
    assert '<source src="the%20talk%20%231.mp4" type="video/mp4">' in video
    tracks = re.findall(r'src="([^"]+\.vtt)" srclang="(\w+)" label="(\w+)"( default)?>', video)
    assert tracks == [
        ("the%20talk%20%231.vtt", "en", "English", " default"),
        ("the%20talk%20%231.de.vtt", "de", "Deutsch", ""),
    ]
    assert 'poster="' in video
    assert 'class="entry-picture"' not in page


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_feeds_hand_podcast_programs_the_file_with_its_length_and_type(name: str) -> None:
    read = feedparser.parse(site().files[f"/{name}"])
    assert not read.bozo
    found = {
        entry.title: [(each.href, each.type, each.length) for each in entry.enclosures]
        for entry in read.entries
    }
    assert found == {
        "Talk": [(f"{BASE}/2026/talk/the%20talk%20%231.mp4", "video/mp4", "12")],
        "Episode": [(f"{BASE}/2026/episode/sub/ep.mp3", "audio/mpeg", str(len(SOUND)))],
    }
    (talk,) = [entry for entry in read.entries if entry.title == "Talk"]
    (picture,) = talk.media_content
    assert (picture["medium"], picture["url"]) == ("image", f"{BASE}/2026/talk/still.png")


def test_json_feed_has_them_as_attachments() -> None:
    items = json.loads(site().files["/feed.json"])["items"]
    assert items[1]["attachments"] == [
        {
            "url": f"{BASE}/2026/episode/sub/ep.mp3",
            "mime_type": "audio/mpeg",
            "size_in_bytes": len(SOUND),
        }
    ]


def test_machines_learn_what_belongs_to_a_post() -> None:
    page = site().text("/2026/episode/")
    address = f"{BASE}/2026/episode/sub/ep.mp3"
    assert f'<meta property="og:audio" content="{address}">' in page
    assert '<meta property="og:audio:type" content="audio/mpeg">' in page
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block is not None
    (posting,) = [
        thing for thing in json.loads(block[1])["@graph"] if thing["@type"] == "BlogPosting"
    ]
    assert posting["audio"] == {
        "@type": "AudioObject",
        "name": "Episode",
        "description": "Tick tock.",
        "contentUrl": address,
        "encodingFormat": "audio/mpeg",
        "uploadDate": "2026-01-01T12:00:00Z",
        "thumbnailUrl": posting["image"],
    }


def test_a_file_elsewhere_is_a_link_and_in_no_feed_until_its_host_is_allowed() -> None:
    published = Published(posts=(live_post("away", media=AWAY, media_length=42),))
    before = site("", published)
    page = before.text("/2026/away/")
    assert f'<a href="{AWAY}" rel="nofollow">Listen on cdn.example.org</a>' in page
    assert "<audio" not in page
    assert b"cdn.example.org" not in before.files["/feed.xml"]
    assert b"cdn.example.org" not in before.files["/feed.json"]
    after = site("hosts: [cdn.example.org]\n", published)
    assert f'<audio controls preload="none" src="{AWAY}"' in after.text("/2026/away/")
    (entry,) = feedparser.parse(after.files["/feed.xml"]).entries
    (enclosure,) = entry.enclosures
    assert (enclosure.href, enclosure.length) == (AWAY, "42")


def test_a_length_that_nobody_knows_is_zero_in_rss_and_left_out_elsewhere() -> None:
    published = Published(posts=(live_post("away", media=AWAY),))
    built = site("hosts: [cdn.example.org]\n", published)
    assert f'<enclosure url="{AWAY}" length="0" type="audio/mpeg"/>' in built.text("/feed.xml")
    assert f'<link rel="enclosure" type="audio/mpeg" href="{AWAY}"/>' in built.text("/atom.xml")
    (item,) = json.loads(built.files["/feed.json"])["items"]
    assert item["attachments"] == [{"url": AWAY, "mime_type": "audio/mpeg"}]


def test_a_file_that_is_not_among_the_approved_ones_is_not_shown_and_a_warning() -> None:
    built = site("", Published(posts=(live_post("lost", media="lost.mp3"),)))
    assert "<audio" not in built.text("/2026/lost/")
    assert "enclosure" not in built.text("/feed.xml")
    assert [problem.code for problem in built.problems] == ["BN884"]


def test_a_text_that_plays_the_file_itself_plays_it_once() -> None:
    post = live_post(
        "a", media="a.mp3", files=("a.mp3",), body='Hear:\n\n<audio controls src="a.mp3"></audio>\n'
    )
    built = site("", Published(posts=(post,)))
    assert built.text("/2026/a/").count("<audio") == 1
    assert "<enclosure" in built.text("/feed.xml")


def test_lists_say_which_posts_can_be_heard_or_seen() -> None:
    home = site().text("/")
    assert "1 min read · Listen" in home
    assert "1 min read · Watch" in home


def test_guests_and_former_colleagues_are_marked_wherever_faces_are_shown() -> None:
    authors = (
        live_author("ann", "Ann", status=AuthorStatus.GUEST),
        live_author("bob", "Bob", status=AuthorStatus.ALUMNI),
        live_author("cleo", "Cleo"),
    )
    post = live_post("a", authors=("ann", "bob", "cleo"))
    built = build(Published(posts=(post,), authors=authors))
    for path in ("/2026/a/", "/authors/"):
        page = built.text(path)
        assert page.count("Guest author") == 1
        assert page.count("Former colleague") >= 1

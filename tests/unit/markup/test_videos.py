"""Videos of other sites: which address means one, what card stands for it, and what is left in feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.markup import MarkupOptions, for_feed, frame_hosts_in, frame_hosts_of
from blognet.markup.videos import video_of
from tests.unit.markup.safety import faults_of, fetched_hosts

if TYPE_CHECKING:
    from tests.unit.markup.rendering import Render

SITES = frozenset({"youtube", "vimeo", "tube.example.org"})
OPTIONS = MarkupOptions(video_sites=SITES)
TUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"
VIMEO = "https://player.vimeo.com/video/123?dnt=1&autoplay=1"
PEER = "https://tube.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1&p2p=0"
MEANT = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": TUBE,
    "http://youtube.com/watch?feature=share&v=dQw4w9WgXcQ&list=x": TUBE,
    "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=1h1m1s": f"{TUBE}&start=3661",
    "https://youtu.be/dQw4w9WgXcQ?si=x&t=90": f"{TUBE}&start=90",
    "https://www.youtube.com/shorts/dQw4w9WgXcQ": TUBE,
    "https://www.youtube.com/live/dQw4w9WgXcQ/": TUBE,
    "//www.youtube.com/embed/dQw4w9WgXcQ?start=7": f"{TUBE}&start=7",
    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ": TUBE,
    "https://vimeo.com/123": VIMEO,
    "https://vimeo.com/channels/staffpicks/123": VIMEO,
    "https://vimeo.com/123/abc0": f"{VIMEO}&h=abc0",
    "https://player.vimeo.com/video/123?h=abc0": f"{VIMEO}&h=abc0",
    "https://vimeo.com/123#t=5s": f"{VIMEO}#t=5s",
    "https://tube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv": PEER,
    "https://tube.example.org/videos/watch/kkGMgK9ZtnKfYAgnEtQxbv?start=1m": f"{PEER}&start=60s",
}


@pytest.mark.parametrize(("address", "frame"), MEANT.items(), ids=MEANT)
def test_an_address_of_a_video_means_its_frame(address: str, frame: str) -> None:
    video = video_of(address, SITES)
    assert video is not None
    assert video.frame == frame
    again = video_of(video.watch, SITES)
    assert again is not None
    assert again.frame == frame


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/@lantern",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/playlist?list=x",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://evil.example/https://youtu.be/dQw4w9WgXcQ",
        "https://youtu.be@evil.example/dQw4w9WgXcQ",
        "https://youtu.be:8443/dQw4w9WgXcQ",
        "javascript:https://youtu.be/dQw4w9WgXcQ",
        "https://vimeo.com/about",
        "https://vimeo.com/123/../evil",
        "https://peer.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://tube.example.org/w/p/kkGMgK9ZtnKfYAgnEtQxbv",
        'https://tube.example.org/w/"><script>',
        "https://[::1/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "",
    ],
)
def test_any_other_address_means_none(address: str) -> None:
    assert video_of(address, SITES) is None


def test_a_site_that_is_turned_off_has_no_videos(render: Render) -> None:
    options = MarkupOptions(video_sites=frozenset({"youtube"}))
    html = render("https://vimeo.com/123\n", options=options).html
    assert html.startswith('<p><a href="https://vimeo.com/123"')
    assert frame_hosts_in(html) == ()


def test_a_card_has_the_authors_words_and_picture_and_asks_nobody(render: Render) -> None:
    text = '[![A clock](clock.jpg)](https://youtu.be/dQw4w9WgXcQ "At *night*")\n'
    html = render(text, options=OPTIONS).html
    assert '<img src="clock.jpg" alt="A clock"' in html
    assert "<figcaption>At *night*</figcaption>" in html
    assert (faults_of(html), fetched_hosts(html)) == ([], set())
    assert frame_hosts_in(html) == ("www.youtube-nocookie.com",)


@pytest.mark.parametrize(
    "text",
    [
        "See https://youtu.be/dQw4w9WgXcQ\n",
        "https://youtu.be/dQw4w9WgXcQ https://vimeo.com/123\n",
        "- https://youtu.be/dQw4w9WgXcQ\n",
        "## https://youtu.be/dQw4w9WgXcQ\n",
        "| a |\n|---|\n| https://youtu.be/dQw4w9WgXcQ |\n",
        "`https://youtu.be/dQw4w9WgXcQ`\n",
        '<a href="https://youtu.be/dQw4w9WgXcQ">x</a>\n',
    ],
)
def test_a_link_that_does_not_stand_alone_in_a_paragraph_of_its_own_stays_one(
    render: Render, text: str
) -> None:
    html = render(text, options=OPTIONS).html
    assert "<figure" not in html or text.startswith("<a")


def test_a_frame_of_a_video_in_raw_html_becomes_a_card_and_inside_words_a_link(
    render: Render,
) -> None:
    frame = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="Oil"></iframe>'
    alone = render(f"<div>\n{frame}\n</div>\n", options=OPTIONS).html
    assert alone.count('<figure class="embed">') == 1
    assert "<strong>Oil</strong>" in alone
    inside = render(f"words {frame}\n", options=OPTIONS).html
    assert inside == (
        '<p>words <a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="external noopener">Oil</a></p>\n'
    )
    assert (faults_of(alone), faults_of(inside)) == ([], [])


def test_a_frame_of_a_host_that_is_allowed_stays_a_frame(render: Render) -> None:
    options = MarkupOptions(video_sites=SITES, media_hosts=frozenset({"player.vimeo.com"}))
    html = render('<iframe src="https://player.vimeo.com/video/1"></iframe>\n', options=options)
    assert "<iframe " in html.html


def test_a_feed_gets_a_plain_link_with_words_and_caption(render: Render) -> None:
    text = '[Oiling *it*](https://vimeo.com/123 "Four minutes")\n\nhttps://youtu.be/dQw4w9WgXcQ\n'
    assert for_feed(render(text, options=OPTIONS).html) == (
        '<p><a href="https://vimeo.com/123" rel="external noopener"><strong>Oiling <em>it</em></strong>'
        " (Video on Vimeo)</a></p><p>Four minutes</p>\n"
        '<p><a href="https://youtu.be/dQw4w9WgXcQ" rel="external noopener">Video on YouTube</a></p>\n'
    )


def test_the_hosts_of_frames_are_those_of_the_sites() -> None:
    assert frame_hosts_of(SITES) == (
        "player.vimeo.com",
        "tube.example.org",
        "www.youtube-nocookie.com",
    )


@pytest.mark.parametrize(
    "text",
    [
        '<p><a href="https://youtu.be/dQw4w9WgXcQ">' * 20_000,
        "[" * 50_000 + "](https://youtu.be/dQw4w9WgXcQ)",
        "[a](https://youtu.be/dQw4w9WgXcQ)\n\n" * 10_000,
        f"https://www.youtube.com/watch?{'v=a&' * 20_000}\n",
        f"https://vimeo.com/{'1/' * 30_000}\n",
    ],
    ids=range(5),
)
def test_hostile_links_end(render: Render, text: str) -> None:
    assert isinstance(for_feed(render(text, options=OPTIONS).html), str)

"""Links with which readers pass a post on."""

from __future__ import annotations

from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import html5lib
import pytest

from blognet.config.outward import SHARES
from blognet.kernel.errors import ConfigError
from blognet.site import Published
from tests.unit.site.published_values import Built, build, live_post, settings

TITLE = "Räder & \"Federn\": 100% + 1 = #1? <b>\u202e</b> 'ja'"
URL = "https://clocks.example.org/2026/wheels/"


def site(share: str) -> Built:
    posts = (
        live_post("wheels", title=TITLE),
        live_post("gears", language="de", canonical_url="https://other.example/ö?a=b&c"),
    )
    return build(Published(posts=posts), settings(f"share: {share}\n"))


def links(built: Built, path: str) -> dict[str, str]:
    tree = html5lib.parse(built.files[path], namespaceHTMLElements=False)
    found = tree.iterfind(".//nav[@class='feeds share']//a")
    return {"".join(link.itertext()): link.get("href") or "" for link in found}


def test_each_link_carries_title_and_address_whole_whatever_signs_are_in_them() -> None:
    built = site(f"[{', '.join(SHARES)}]")
    found = links(built, "/2026/wheels/")
    assert found.pop("Copy link") == URL
    said = {name: parse_qs(urlsplit(link).query) for name, link in found.items()}
    assert said == {
        "E-mail": {"subject": [TITLE], "body": [URL]},
        "LinkedIn": {"url": [URL]},
        "Mastodon": {},
        "Bluesky": {"text": [f"{TITLE}\n{URL}"]},
        "Facebook": {"u": [URL]},
        "X": {"text": [TITLE], "url": [URL]},
        "WhatsApp": {"text": [f"{TITLE}\n{URL}"]},
    }
    assert unquote(urlsplit(found["Mastodon"]).fragment) == f"text={TITLE}\n{URL}"
    for link in found.values():
        assert link.isascii()
        assert not set(link) & set(" +\"'<>")


def test_a_subject_of_mail_arrives_as_the_title() -> None:
    """Programs for mail decode the percent signs alone: a plus stays a plus."""
    query = urlsplit(links(site("mail"), "/2026/wheels/")["E-mail"]).query
    message = EmailMessage()
    message["Subject"] = unquote(query.removeprefix("subject=").partition("&")[0])
    assert message["Subject"] == TITLE


def test_a_post_from_elsewhere_is_passed_on_with_that_address_in_its_pages_language() -> None:
    found = links(site("copy, facebook"), "/de/2026/gears/")
    assert found == {
        "Link kopieren": "https://other.example/%C3%B6?a=b&c",
        "Facebook": "https://www.facebook.com/sharer/sharer.php?u="
        "https%3A%2F%2Fother.example%2F%C3%B6%3Fa%3Db%26c",
    }


def test_only_pages_with_a_link_that_copies_load_a_script_and_allow_it() -> None:
    built = site("[mail, copy]")
    assert "/theme/share.js" in built.files
    for path in (path for path in built.files if path.endswith(("/", ".html"))):
        text, is_post = built.text(path), path.endswith(("/wheels/", "/gears/"))
        assert ("script-src &#39;self&#39;" in text) is is_post, path
        assert ('share.js" defer></script>' in text) is is_post, path
    bare = site("[mail, x]")
    assert "/theme/share.js" not in bare.files
    assert "share.js" not in bare.text("/2026/wheels/")


def test_the_header_of_hosts_allows_the_script_where_a_page_needs_it() -> None:
    posts = (live_post("a"),)
    for share, allowed in (("copy", True), ("mail", False)):
        lines = f"share: {share}\nhost_files: netlify\nsearch: false\nembeds: {{youtube: false, vimeo: false}}\n"
        text = build(Published(posts=posts), settings(lines)).text("/_headers")
        assert ("script-src 'self'" in text) is allowed


def test_the_order_is_the_configured_one_and_each_stands_once() -> None:
    assert list(links(site("[x, mail, x]"), "/2026/wheels/")) == ["X", "E-mail"]


def test_a_network_that_is_not_known_is_refused_with_the_nearest() -> None:
    with pytest.raises(ConfigError) as caught:
        settings("share: [linkdin]\n")
    assert "linkedin" in caught.value.problems[0].hint

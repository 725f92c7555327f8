"""Links between any two pages, and addresses that pages may not link to."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.themes.links import encoded, link_from, relative_link, whole_address

# Python's urljoin gives ";" an older meaning than RFC 3986 and browsers do, hence none in these names.
SEGMENT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="/?#%\\;"),
    min_size=1,
    max_size=6,
).filter(lambda part: part not in {".", ".."})
FILE = st.one_of(st.just(""), SEGMENT)
PATH = st.builds(
    lambda folders, file: "/" + "/".join([*folders, file]), st.lists(SEGMENT, max_size=4), FILE
)
BASES = st.sampled_from(
    ["https://example.org", "https://example.org/a/sub", "http://localhost:8000"]
)


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("/authors/ann/", "../../authors/ann/index.html"),
        ("/2026/a/#one", "index.html#one"),
        ("/", "../../index.html"),
        ("/feed.xml", "../../feed.xml"),
        ("https://example.org/", "https://example.org/"),
    ],
)
def test_a_link_of_a_copy_for_a_disk_names_a_file(address: str, href: str) -> None:
    assert link_from("/2026/a/", address, site_url="file:///srv/copy") == href
    assert link_from("/2026/a/", "file:///etc/passwd", site_url="file:///srv/copy") is None


@given(page=PATH, target=PATH, base=BASES)
def test_a_relative_link_leads_to_its_target_wherever_the_site_is_hosted(
    page: str, target: str, base: str
) -> None:
    arrived = urljoin(base + encoded(page), relative_link(page, target))
    assert arrived == base + encoded(target)
    assert unquote(urlsplit(arrived).path) == urlsplit(base).path + target


@given(page=PATH, target=PATH)
def test_a_relative_link_never_names_a_host_or_a_scheme(page: str, target: str) -> None:
    link = relative_link(page, target)
    parts = urlsplit(link)
    assert link
    assert not link.startswith("/")
    assert (parts.scheme, parts.netloc) == ("", "")


@given(page=PATH, target=PATH, rest=st.sampled_from(["#part", "?a=b", "?a=b#part"]))
def test_a_fragment_and_a_query_survive(page: str, target: str, rest: str) -> None:
    arrived = urljoin("https://x.example" + encoded(page), relative_link(page, target + rest))
    assert arrived == "https://x.example" + encoded(target) + rest


@given(text=st.text(max_size=20))
def test_encoding_twice_is_encoding_once(text: str) -> None:
    assert encoded(encoded(text)) == encoded(text)


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("/", "/", "./"),
        ("/", "/authors/ann/", "authors/ann/"),
        ("/authors/ann/", "/authors/ann/", "./"),
        ("/authors/ann/", "/", "../../"),
        ("/2026/a/", "/2026/b/", "../b/"),
        ("/2026/a/", "/static/style.css", "../../static/style.css"),
        ("/feeds.opml", "/feed.xml", "feed.xml"),
        ("/", "/a:b/", "./a:b/"),
        ("/", "/Köln Mitte/", "K%C3%B6ln%20Mitte/"),
        ("/", "/100%/", "100%25/"),
        ("/", "/a%20b/", "a%20b/"),
    ],
)
def test_links_are_as_short_as_they_can_be(page: str, target: str, link: str) -> None:
    assert relative_link(page, target) == link


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/",
        "/\\evil.example/",
        "authors/",
        "",
    ],
)
def test_an_address_that_is_no_path_and_no_safe_scheme_is_refused(address: str) -> None:
    assert link_from("/", address, site_url="https://example.org") is None


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=c&d#e",
        "http://example.org",
        "mailto:ann@example.org",
        "HTTPS://E.org",
    ],
)
def test_a_whole_address_is_left_alone(address: str) -> None:
    assert link_from("/a/b/", address, site_url="https://example.org") == address


def test_the_page_for_wrong_addresses_links_from_the_root_of_the_host() -> None:
    assert link_from("/404.html", "/a/", site_url="https://example.org/blog/") == "/blog/a/"
    assert link_from("/404.html", "/a/", site_url="https://example.org") == "/a/"


def test_a_path_becomes_a_whole_address_below_the_site() -> None:
    assert whole_address("/a/ö/", site_url="https://e.org/b/") == "https://e.org/b/a/%C3%B6/"
    assert whole_address("https://x.org/", site_url="https://e.org") == "https://x.org/"

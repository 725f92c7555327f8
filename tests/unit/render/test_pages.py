from __future__ import annotations

import posixpath
import re
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from blognet.content.values import AuthorStatus, ProfileLink
from blognet.render.faces import initials_of
from blognet.site import Published
from tests.unit.site.published_values import (
    build,
    live_author,
    live_page,
    live_post,
    settings,
    tombstone,
)

EVERYTHING = Published(
    posts=(
        *(
            live_post(
                f"post-{day}",
                day=day * 30,
                authors=("ann", "bob") if day % 2 else ("ann",),
                tags=("Bronze", "C++"),
                topics=("Towers",),
                series="Sound & sense" if day % 3 else "",
                image="a picture #1.png",
                image_alt="A bell",
                files=("a picture #1.png", "sub/100%.pdf"),
                aliases=(f"/old/{day}",),
                body="![x](<a picture %231.png>) [pdf](sub/100%25.pdf) [next](../post-1/#two)\n\n## One\n\n## Two\n",
                toc=True,
            )
            for day in range(14)
        ),
        live_post("post-1", language="de", title="Die Räder", day=400),
        live_post("hidden", unlisted=True),
    ),
    pages=(
        live_page("about", body="[Home](/) [Ann](/authors/ann/)"),
        live_page("impressum", language="de"),
    ),
    authors=(
        live_author("ann", "Ann Ö. Łem", team="Foundry", avatar="me.svg", body="I *cast* bells."),
        live_author(
            "bob",
            status=AuthorStatus.ALUMNI,
            links=(ProfileLink(label="Home", url="https://bob.example/"),),
        ),
    ),
    tombstones=(tombstone("gone", target="post-1"),),
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
URLS = ["https://clocks.example.org", "https://example.org/blog", "http://localhost:8000/a/b"]


@pytest.mark.parametrize("url", URLS)
def test_every_link_of_every_page_leads_to_a_file_of_the_site_at_any_base_url(url: str) -> None:
    built = build(EVERYTHING, settings("posts_per_page: 3\n", url=url), drawings={"me.svg": SVG})
    assert built.problems == ()
    lost = []
    for path, raw in built.files.items():
        if not path.endswith(("/", ".html")):
            continue
        tree = html5lib.parse(raw, namespaceHTMLElements=False)
        links = [
            node.get(name) for node in tree.iter() for name in ("href", "src") if node.get(name)
        ]
        for link in links:
            whole = urlsplit(urljoin(url + path, link))
            target = f"{whole.scheme}://{whole.netloc}{unquote(whole.path)}"
            if whole.netloc in url and target.removeprefix(url) not in built.files:
                lost.append((path, link))
    assert lost == []


def test_pages_are_the_same_bytes_in_whatever_order_the_content_comes() -> None:
    turned = Published(
        posts=EVERYTHING.posts[::-1],
        pages=EVERYTHING.pages[::-1],
        authors=EVERYTHING.authors[::-1],
        tombstones=EVERYTHING.tombstones[::-1],
    )
    first, second = (
        build(EVERYTHING, drawings={"me.svg": SVG}),
        build(turned, drawings={"me.svg": SVG}),
    )
    assert first.files == second.files


@pytest.mark.parametrize("url", URLS)
def test_the_page_for_wrong_addresses_works_at_any_depth(url: str) -> None:
    page = build(EVERYTHING, settings(url=url), drawings={"me.svg": SVG}).text("/404.html")
    folder = urlsplit(url).path
    links = re.findall(r'(?:href|src)="(?!https?:|#|mailto:)([^"]*)"', page)
    assert links
    assert all(link.startswith(f"{folder}/") for link in links)


def test_an_unlisted_post_leaves_no_trace_elsewhere() -> None:
    hidden = live_post(
        "hidden",
        title="Probe title",
        summary="Probe summary",
        tags=("Probe tag",),
        topics=("Probe topic",),
        series="Probe series",
        authors=("probe-author",),
        body="Probe body",
        language="de",
        files=("probe.png",),
    )
    unlisted = type(hidden)(
        subject=hidden.subject,
        hash=hidden.hash,
        post=type(hidden.post)(
            subject=hidden.subject,
            front=type(hidden.post.front)(title="Probe title", tags=("Probe tag",), unlisted=True),
            authors=hidden.authors,
            date=hidden.date,
            body=hidden.post.body,
            body_line=1,
        ),
        url=hidden.url,
        authors=hidden.authors,
        date=hidden.date,
        assets=hidden.assets,
    )
    author = live_author("probe-author", "Probe Name", avatar="probe.png", body="Probe bio")
    published = Published(posts=(live_post("seen"), unlisted), authors=(author,))
    files = build(published).files
    page = files.pop("/de/2026/hidden/")
    assert b"Probe body" in page
    assert b'content="noindex"' in page
    del files["/de/2026/hidden/probe.png"]
    assert [path for path, raw in files.items() if b"robe" in raw or "robe" in path] == []


def test_a_retracted_post_leaves_its_tombstone_and_nothing_of_its_text() -> None:
    published = Published(
        posts=(live_post("b"),), tombstones=(tombstone("gone", words="A <b>wrong</b> number."),)
    )
    built = build(published)
    page = built.files.pop("/2026/gone/").decode()
    assert "A &lt;b&gt;wrong&lt;/b&gt; number." in page
    assert 'content="noindex"' in page
    assert [path for path, raw in built.files.items() if b"2026/gone" in raw] == []


def test_a_post_in_a_second_language_speaks_it_and_links_to_its_original() -> None:
    posts = (live_post("bells", title="Bells"), live_post("bells", language="de", title="Glocken"))
    built = build(Published(posts=posts))
    german = built.text("/de/2026/bells/")
    assert '<html lang="de">' in german
    assert 'hreflang="en" href="https://clocks.example.org/2026/bells/"' in german
    assert ">English</a>" in german
    assert 'href="../../../2026/bells/"' in german
    assert "Glocken" in built.text("/de/")
    assert "Glocken" not in built.text("/")


def test_a_text_s_own_words_are_in_its_language() -> None:
    body = "Eins.[^1]\n\n[^1]: Note.\n"
    posts = (live_post("a", body=body), live_post("b", body=body, language="de"))
    built = build(Published(posts=posts))
    assert "Footnotes" in built.text("/2026/a/")
    assert "Fußnoten" in built.text("/de/2026/b/")
    assert "Footnotes" not in built.text("/de/2026/b/")


def test_links_to_sources_of_other_posts_lead_to_their_pages() -> None:
    body = (
        "[a](other.md) [b](../posts/2026-01-02-other.md#part) [c](./folder/other/index.md)"
        " [d](other.de.md) [e](../pages/about.md) [f](/2026/other) [g](/2026/other/index.html)"
        " [h](../../2026-01-02-other/)"
    )
    published = Published(
        posts=(live_post("here", body=body), live_post("other"), live_post("other", language="de")),
        pages=(live_page("about"),),
    )
    built = build(published)
    links = re.findall(r'<a href="([^"]*)">([a-h])</a>', built.text("/2026/here/"))
    assert [(name, link) for link, name in links] == [
        ("a", "../other/"),
        ("b", "../other/#part"),
        ("c", "../other/"),
        ("d", "../../de/2026/other/"),
        ("e", "../../about/"),
        ("f", "../other/"),
        ("g", "../other/"),
        ("h", "../other/"),
    ]
    assert built.problems == ()


def test_links_that_lead_nowhere_are_warnings_with_the_line_they_stand_on() -> None:
    body = "Fine: [x](https://else.example/no) [y](#top) [z](mailto:a@b.example)\n\n[a](/2026/no/)\n\n![b](no.png)\n"
    built = build(Published(posts=(live_post("here", body=body, image="neither.png"),)))
    assert [(p.code, p.location.line, p.is_error) for p in built.problems] == [
        ("BN421", 0, False),
        ("BN420", 7, False),
        ("BN421", 9, False),
    ]
    assert "neither.png" not in built.text("/2026/here/")


def test_a_picture_from_a_host_that_is_not_allowed_is_never_fetched() -> None:
    post = live_post("a", image="https://spy.example/x.png", body="![x](https://spy.example/y.png)")
    built = build(Published(posts=(post,)))
    for path in ("/", "/2026/a/"):
        assert not re.search(r'src="[^"]*spy\.example', built.text(path))
    allowed = build(Published(posts=(post,)), settings("hosts: [spy.example]\n"))
    assert 'src="https://spy.example/x.png"' in allowed.text("/")


@pytest.mark.parametrize(
    "attack", ['<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "<svg", ""]
)
def test_a_drawing_that_could_run_is_not_published_even_if_it_was_approved(attack: str) -> None:
    post = live_post("a", files=("x.svg",))
    author = live_author("ann", avatar="ann.svg")
    drawings = {"x.svg": attack.encode(), "ann.svg": attack.encode()}
    built = build(Published(posts=(post,), authors=(author,)), drawings=drawings)
    assert [problem.code for problem in built.problems] == ["BN403", "BN403"]
    assert not any(path.endswith("/x.svg") or "avatar" in path for path in built.files)
    assert "avatar" not in built.text("/authors/ann/")


def test_a_redirect_leads_to_the_post_and_names_it_as_the_real_address() -> None:
    page = build(Published(posts=(live_post("new", aliases=("/old/deep/",)),))).text("/old/deep/")
    assert '<meta http-equiv="refresh" content="0; url=../../2026/new/">' in page
    assert '<link rel="canonical" href="https://clocks.example.org/2026/new/">' in page
    assert 'content="noindex"' in page


def test_an_excerpt_stands_in_lists_but_not_above_the_text_it_was_taken_from() -> None:
    built = build(Published(posts=(live_post("a", body="First words."),)))
    assert built.text("/").count("First words.") > 0
    assert built.text("/2026/a/").split("<body", 1)[1].count("First words.") == 1


def test_a_canonical_address_of_the_author_s_wins() -> None:
    post = live_post("a", canonical_url="https://elsewhere.example/a")
    page = build(Published(posts=(post,))).text("/2026/a/")
    assert '<link rel="canonical" href="https://elsewhere.example/a">' in page


def test_an_author_page_shows_the_bio_and_the_links() -> None:
    author = live_author(
        "ann",
        "Ann Ö.",
        body="I *cast* bells, [see](/2026/a/).",
        links=(
            ProfileLink(label="Site", url="https://ann.example/"),
            ProfileLink(label="Bad", url="javascript:alert(1)"),
        ),
    )
    page = build(Published(posts=(live_post("a"),), authors=(author,))).text("/authors/ann/")
    assert 'I <em>cast</em> bells, <a href="../../2026/a/">see</a>.' in page
    assert 'href="https://ann.example/"' in page
    assert "javascript" not in page


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Anna Adams", "AA"),
        ("ann", "A"),
        ("Mary Ann Łem", "MŁ"),
        ("(Bo) 'Q'", "BQ"),
        ("🔔", "?"),
        ("", "?"),
    ],
)
def test_initials_are_the_first_letters_of_the_first_and_the_last_word(
    name: str, initials: str
) -> None:
    assert initials_of(name) == initials


def test_the_style_sheet_and_the_icon_carry_the_network_s_accent() -> None:
    built = build(Published(), settings('theme: {accent: "#aa3300", logo: logos/bell.png}\n'))
    assert "--accent" in built.text("/theme/style.css")
    assert "<svg" in built.text("/theme/icon.svg")
    assert 'src="theme/logo.png"' in built.text("/")
    assert "/theme/logo.png" in built.files


def test_a_drawn_logo_has_lost_its_metadata_as_pictures_of_posts_have() -> None:
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg"><!-- /home/ann --><metadata>Ann</metadata><rect/></svg>'
    built = build(Published(), settings("theme: {logo: logos/bell.svg}\n"), logo=drawn)
    assert "nn" not in built.text("/theme/logo.svg")
    assert "<rect" in built.text("/theme/logo.svg")


def test_no_page_asks_another_host_for_anything() -> None:
    built = build(EVERYTHING, drawings={"me.svg": SVG})
    for path, raw in built.files.items():
        if path.endswith(("/", ".html")):
            tree = html5lib.parse(raw, namespaceHTMLElements=False)
            fetched = [
                unescape(node.get(name, ""))
                for node in tree.iter()
                for name in ("src", "srcset", "poster")
            ]
            sheets = [
                node.get("href", "")
                for node in tree.iter("link")
                if node.get("rel") in {"stylesheet", "icon"}
            ]
            assert not [link for link in (*fetched, *sheets) if "//" in posixpath.normpath(link)]
            assert {node.get("type") for node in tree.iter("script")} <= {"application/ld+json"}
            assert not list(tree.iter("style"))
            assert not [node for node in tree.iter() if node.get("style")]

"""What the preview's server answers, asked through real sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.preview.answers import View
from tests.picture_files import png
from tests.preview.serving import Preview, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.invariants.network_folder import NetworkFolder


@pytest.fixture
def preview(network: NetworkFolder) -> Iterator[Preview]:
    with serving(network.root) as running:
        yield running


def test_the_site_is_shown_below_the_path_of_its_address(preview: Preview) -> None:
    assert preview.get("/").headers["location"] == "/blog/"
    assert preview.get("/blog").headers["location"] == "/blog/"
    assert "Shot" in preview.get("/blog/").text
    assert preview.get("/2024/shot/").status == 404


def test_a_wrong_host_origin_or_method_is_refused(preview: Preview) -> None:
    assert preview.get("/blog/", host="evil.example").status == 403
    assert preview.get("/blog/", Origin="https://evil.example").status == 403
    assert preview.get("/blog/_blognet/events", Origin="https://evil.example").status == 403
    refused = preview.get("/blog/", method="POST")
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/blog/../blognet.yml",
        "/blog/%2e%2e/blognet.yml",
        "/blog/..%2f..%2fblognet.yml",
        "/blog/theme/..%5c..%5cblognet.yml",
        "/blog//etc/passwd",
        "/blog/_blognet/../../../answers.py",
        "/blog/_blognet/answers.py",
        "/blog/%00",
        "/blog/%ff",
        "/blog/queue/fresh/index.md",
    ],
)
def test_no_path_leads_out_of_the_pages(preview: Preview, path: str) -> None:
    answer = preview.get(path)

    assert answer.status in {400, 404}
    assert b"mayors" not in answer.body


def test_nothing_is_kept_by_the_browser_and_types_are_right(preview: Preview) -> None:
    types = {
        path: preview.get(f"/blog/{path}").headers["content-type"]
        for path in ("", "theme/style.css", "feed.xml", "feed.json", "2024/shot/shot.png")
    }

    assert types == {
        "": "text/html; charset=utf-8",
        "theme/style.css": "text/css; charset=utf-8",
        "feed.xml": "application/rss+xml; charset=utf-8",
        "feed.json": "application/feed+json",
        "2024/shot/shot.png": "image/png",
    }
    assert preview.get("/blog/").headers["cache-control"] == "no-store"


def test_a_head_request_gets_the_headers_alone(preview: Preview) -> None:
    whole, head = preview.get("/blog/"), preview.get("/blog/", method="HEAD")

    assert head.body == b""
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


def test_a_part_of_a_file_is_given_when_asked_for(preview: Preview) -> None:
    whole = preview.get("/blog/2024/shot/shot.png").body
    part = preview.get("/blog/2024/shot/shot.png", Range="bytes=1-3")
    beyond = preview.get("/blog/2024/shot/shot.png", Range="bytes=9999-")

    assert (part.status, part.body) == (206, whole[1:4])
    assert part.headers["content-range"] == f"bytes 1-3/{len(whole)}"
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{len(whole)}")


def test_a_wrong_address_gets_the_page_of_the_site_for_it(preview: Preview) -> None:
    answer = preview.get("/blog/nowhere/")

    assert answer.status == 404
    assert 'href="/blog/' in answer.text


def test_an_address_without_its_slash_leads_to_the_page(preview: Preview) -> None:
    assert preview.get("/blog/2024/shot").headers["location"] == "/blog/2024/shot/"
    assert preview.get("/blog/2024/shot/index.html").status == 200


def test_what_waits_is_listed_with_its_state_and_faults(preview: Preview) -> None:
    page = preview.get("/blog/_waiting/").text

    for words in ("Fresh", "Sketch", "queue/broken.md", "faulty", "edited", "draft", "BN1"):
        assert words in page
    assert 'href="/blog/_preview/post/fresh/"' in page


def test_a_waiting_post_is_shown_as_it_would_be_and_marked(preview: Preview) -> None:
    leads = preview.get("/blog/_preview/post/fresh/").headers["location"]
    page = preview.get(leads)

    assert leads == "/blog/_preview/2024/fresh/"
    assert "Brand new." in page.text
    assert "<strong>new</strong>" in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    sea = preview.get(f"{leads}sea.png").body
    assert sea.startswith(b"\x89PNG")
    assert sea != png(words="waiting")
    assert preview.get("/blog/2024/fresh/sea.png").status == 404
    assert preview.get("/blog/_preview/tags/sea/").status == 200


def test_the_future_address_of_a_waiting_post_leads_to_its_preview(preview: Preview) -> None:
    answer = preview.get("/blog/2024/fresh/")

    assert (answer.status, answer.headers["location"]) == (302, "/blog/_preview/2024/fresh/")


def test_the_approved_version_of_an_edited_post_says_that_an_edit_waits(preview: Preview) -> None:
    live, edited = preview.get("/blog/2024/plain/"), preview.get("/blog/_preview/2024/plain/")

    assert "Some words." in live.text
    assert "Edited words." not in live.text
    assert "/blog/_preview/2024/plain/" in live.text
    assert "Edited words." in edited.text


def test_without_what_waits_nothing_of_it_can_be_asked_for(network: NetworkFolder) -> None:
    with serving(network.root, view=View.SITE_ALONE) as preview:
        paths = ("_waiting/", "_preview/2024/fresh/", "2024/fresh/", "_preview/2024/fresh/sea.png")

        assert {preview.get(f"/blog/{path}").status for path in paths} == {404}


def test_a_preview_of_the_queue_is_at_the_root_and_marked_everywhere(
    network: NetworkFolder,
) -> None:
    with serving(network.root, view=View.PROSPECT, drafts=False) as preview:
        home, fresh = preview.get("/blog/").text, preview.get("/blog/2024/fresh/").text

        assert preview.get("/blog/2024/sketch/").status == 404
    assert "Readers do not see this." in home
    assert '<meta name="robots" content="noindex">' in home
    assert "Brand new." in fresh


def test_every_approved_file_is_what_a_build_writes_but_for_what_is_put_in(
    network: NetworkFolder,
) -> None:
    import re  # noqa: PLC0415

    (network.root / "posts/plain.md").unlink()  # its banner would be put in, too
    network.build()

    with serving(network.root, view=View.SITE_ALONE) as preview:
        given = {
            name: preview.get(f"/blog/{name.removesuffix('index.html')}").body
            for name in network.site
            # The policy of the search is as wide as that of a preview, so that nothing is put into it.
            if name not in {".blognet-output", "404.html", "search/index.html"}
        }
    put_in = re.compile(
        rb'<link rel="stylesheet" href="/blog/_blognet/preview.css">\n<script.*</script>\n'
    )
    widened = b"; script-src &#x27;self&#x27;; connect-src &#x27;self&#x27;"
    bare = {
        name: put_in.sub(b"", raw).replace(widened, b"").replace(b"&#x27;", b"&#39;")
        if name.endswith(".html")
        else raw
        for name, raw in given.items()
    }
    built = {name: raw for name, raw in network.site.items() if name in given}
    assert bare == built

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from blognet.site import Published
from tests.unit.site.published_values import build, live_author, live_post
from tests.unit.site.published_values import settings as network

DATA = "application/ld+json"
TEXTS = st.text(max_size=40) | st.sampled_from(
    [
        "]]>",
        "<script>x</script>",
        "a & b",
        "\x00\x1b",
        "🔔",
        "\ud800",
        "\u2028",
        "{{ x }}",
        "'\"><img src=x onerror=y>",
    ]
)


@given(title=TEXTS, name=TEXTS, tag=TEXTS, body=TEXTS)
@settings(max_examples=25)
def test_whatever_people_write_feeds_are_well_formed_and_nothing_runs(
    title: str, name: str, tag: str, body: str
) -> None:
    writable = [each.encode("utf-8", "ignore").decode() for each in (title, name, tag, body)]
    post = live_post("a", title=writable[0], tags=(f"t {writable[2]}",), body=writable[3])
    files = build(Published(posts=(post,), authors=(live_author("ann", writable[1] or "A"),))).files
    for path, raw in files.items():
        if path.endswith((".xml", ".opml")):
            ET.fromstring(raw)  # noqa: S314  # we wrote it
        elif path.endswith(".json"):
            json.loads(raw)
        elif path.endswith("/"):
            tree = html5lib.parse(raw, namespaceHTMLElements=False)
            for script in tree.iter(
                "script"
            ):  # blocks of data are not run, and the search has a file
                assert script.get("type") == DATA or (path == "/search/" and script.get("src"))
            assert not [
                node for node in tree.iter() for key in node.attrib if str(key).startswith("on")
            ]


@given(st.integers(0, 7))
@settings(max_examples=8)
def test_a_new_post_leaves_the_bytes_of_older_pages_of_the_home_page_alone(count: int) -> None:
    config = network("posts_per_page: 2\n")
    posts = [live_post(f"p{day}", day=day) for day in range(count + 1)]
    before = build(Published(posts=tuple(posts[:-1])), config).files
    after = build(Published(posts=tuple(posts)), config).files
    pages = [path for path in before if path == "/" or path.startswith("/page/")]
    assert sum(before[path] != after[path] for path in pages) <= 2

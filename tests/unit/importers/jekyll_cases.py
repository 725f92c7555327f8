"""The surroundings of the golden cases: one post of a small old site, its people, posts and images."""

from __future__ import annotations

from datetime import UTC, datetime

from blognet.importers.jekyll_body import ConvertedPost, convert_post
from blognet.importers.jekyll_post import OldPost
from blognet.importers.liquid import Person
from blognet.importers.references import OldSite
from blognet.kernel.ids import Slug

SITE = OldSite(
    posts={
        "/2016/01/06/analytics-tips/": "/2016/analytics-tips/",
        "/2016/analytics-tips/": "/2016/analytics-tips/",
        "/old/hello/": "/2014/hello/",
    },
    slugs={"analytics-tips": "/2016/analytics-tips/", "hello": "/2014/hello/"},
    people={"ann": "/authors/ann/"},
    tags=frozenset({"open-source"}),
    assets=frozenset({
        "assets/blog/chart.png", "assets/blog/two/chart.png", "assets/blog/logo.png", "assets/blog/my photo.jpg",
        "assets/blog/slides.pdf", "assets/blog/play.swf", "assets/blog/notes.txt",
    }),
    refused={"assets/blog/play.swf": "a file with the ending '.swf', which is not accepted beside a post"},
    urls=("https://blog.example.gov",),
)  # fmt: skip
PEOPLE = {
    "ann": Person(name="Ann [O.] Lee", address="/authors/ann/"),
    "bob": Person(name="Bob Roe"),
}
POSTS = {"2016-01-06-analytics-tips": "/2016/analytics-tips/"}
PAGE: dict[str, str | tuple[str, ...]] = {
    "title": "A title",
    "excerpt": "What it says.",
    "image": "/assets/blog/logo.png",
    "images": ("/assets/blog/chart.png", "/assets/blog/two/chart.png"),
}


def converted(body: str, *, image: str = "") -> ConvertedPost:
    """Convert a body that begins on line 1 of its file."""
    post = OldPost(
        path="_posts/2017-01-01-case.md",
        stem="2017-01-01-case",
        slug=Slug("case"),
        old_slug="case",
        date=datetime(2017, 1, 1, tzinfo=UTC),
        body=body,
        body_line=1,
        image=image,
        page=PAGE,
    )
    return convert_post(post, site=SITE, people=PEOPLE, posts=POSTS)


def shown(result: ConvertedPost) -> tuple[str, str]:
    """Return the body, and the remarks with the files that go along, as golden files hold them."""
    lines = [
        f"{remark.line} {remark.severity} {remark.code} {remark.message}"
        for remark in result.remarks
    ]
    lines += [f"takes {path} as {name}" for path, name in sorted(result.assets.items())]
    lines += ["asks for a table of contents"] if result.toc else []
    return result.body, "".join(f"{line}\n" for line in lines)

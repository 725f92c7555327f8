"""Small Jekyll trees become files."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.importers.codes import CODES
from blognet.importers.values import ImportCounts, LeftOut
from tests.unit.importers.jekyll_cases import converted
from tests.unit.importers.trees import (
    PNG,
    RULES,
    codes_of,
    imported,
    library_of,
    post,
    reports,
    texts,
)

ANN = "---\nname: ann\nfull_name: Ann Lee\n---\n"


def test_a_post_is_written_with_canonical_keys_and_its_old_address() -> None:
    result = imported(
        {"_authors/ann.md": ANN, "_posts/2016-01-06-tips.md": post("excerpt: S\ntags: [x]\n")}
    )
    assert texts(result) == {
        "authors/ann.md": "---\nname: Ann Lee\nstatus: active\n---\n",
        "queue/2016-01-06-tips.md": (
            "---\ntitle: A title\ndate: 2016-01-06\nauthors: [ann]\ntags: [x]\nsummary: S\n"
            'aliases:\n  - "/2016/01/06/tips/"\n---\n\nText.\n'
        ),
    }
    assert (result.problems, result.left_out) == ((), ())
    assert result.counts == ImportCounts(posts=1, authors=1)


def test_a_second_post_with_the_same_slug_gets_its_year_and_keeps_its_address() -> None:
    result = imported({
        "_authors/ann.md": ANN,
        "_posts/2023-05-08-award.md": post(),
        "_posts/2024-01-12-award.md": post(),
        "_posts/2024-06-12-award.md": post(),
    })  # fmt: skip
    assert [(path, "/2024/01/12/award/" in text) for path, text in texts(result).items()][1:] == [
        ("queue/2023-05-08-award.md", False),
        ("queue/2024-01-12-award-2024.md", True),
        ("queue/2024-06-12-award-2024-2.md", False),
    ]
    assert codes_of(result) == ["BN550", "BN550"]


def test_a_suffixed_slug_never_takes_a_slug_that_another_post_has() -> None:
    result = imported({
        "_posts/2023-05-08-award.md": post(),
        "_posts/2024-01-12-award.md": post(),
        "_posts/2024-06-12-award-2024.md": post(),
    })  # fmt: skip
    assert [proposal.subject.id for proposal in library_of(result).proposals] == [
        "award", "award-2024", "award-2024-2",
    ]  # fmt: skip


def test_a_posts_own_address_goes_before_another_posts_redirect() -> None:
    result = imported({
        "_authors/ann.md": ANN,
        "_posts/2016-01-01-a.md": post("redirect_from: /2016/01/02/b/\n"),
        "_posts/2016-01-02-b.md": post(),
    })  # fmt: skip
    assert texts(result)["queue/2016-01-01-a.md"].count("/2016/01/02/b/") == 0
    assert texts(result)["queue/2016-01-02-b.md"].count("/2016/01/02/b/") == 1
    assert reports(result) == [
        "_posts/2016-01-01-a.md:0 BN551 the old address '/2016/01/02/b/' stays with _posts/2016-01-02-b.md"
    ]


def test_a_permalink_and_redirects_become_aliases() -> None:
    result = imported({
        "_posts/2015-05-21-TockTime.md": post("permalink: /2015/05/21/tock/\nredirect_from:\n- /2015/05/21/TockTime\n"),
    })  # fmt: skip
    text = texts(result)["queue/2015-05-21-tocktime.md"]
    assert 'aliases:\n  - "/2015/05/21/tock/"\n  - "/2015/05/21/TockTime/"\n' in text


def test_images_make_a_bundle_and_one_image_may_go_to_two_posts() -> None:
    result = imported({
        "_authors/ann.md": ANN,
        "_posts/2016-01-01-a.md": post("image: /assets/logo.png\n", "![L]({{site.baseurl}}/assets/logo.png)\n"),
        "_posts/2016-01-02-b.md": post("", "![L](/assets/logo.png)\n"),
        "assets/logo.png": PNG,
        "assets/other.png": PNG,
    })  # fmt: skip
    assert [str(file.path) for file in result.files] == [
        "authors/ann.md",
        "queue/2016-01-01-a/index.md", "queue/2016-01-01-a/logo.png",
        "queue/2016-01-02-b/index.md", "queue/2016-01-02-b/logo.png",
    ]  # fmt: skip
    assert "image: logo.png\n" in texts(result)["queue/2016-01-01-a/index.md"]
    assert result.left_out == (LeftOut(path="assets/other.png", reason="no imported post uses it"),)
    assert (result.problems, library_of(result).problems) == ((), ())


def test_a_missing_image_is_a_warning_at_its_line_and_its_key_is_dropped() -> None:
    result = imported(
        {"_authors/ann.md": ANN, "_posts/2016-01-01-a.md": post("image: /no.png\nimage_alt: No\n")}
    )
    assert reports(result) == [
        "_posts/2016-01-01-a.md:4 BN520 the post's image '/no.png' is not in the tree"
    ]
    assert "image" not in texts(result)["queue/2016-01-01-a.md"]


def test_a_file_that_is_not_the_image_its_name_says_is_refused() -> None:
    result = imported({
        "_posts/2016-01-01-a.md": post("", "![One](/a.png) ![Two](/b.svg)\n"),
        "a.png": b"<html>", "b.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    })  # fmt: skip
    assert texts(result)["queue/2016-01-01-a.md"].endswith("---\n\n*Image: One* *Image: Two*\n")
    assert codes_of(result).count("BN522") == 2


def test_unpublished_authors_whom_no_post_names_are_left_out_by_name() -> None:
    hidden = "---\nfull_name: X\npublished: false\n---\n"
    result = imported({
        "_authors/ann.md": hidden, "_authors/eve.md": hidden, "_posts/2016-01-01-a.md": post(),
    })  # fmt: skip
    assert "authors/ann.md" in texts(result)
    assert result.left_out == (
        LeftOut(
            path="_authors/eve.md", reason="it says 'published: false' and no post names the author"
        ),
    )


def test_an_author_without_a_file_is_reported_at_the_line_of_the_authors() -> None:
    result = imported({"_posts/2016-01-01-a.md": post(authors="[nobody]")})
    assert reports(result) == [
        "_posts/2016-01-01-a.md:3 BN540 the author 'nobody' has no file; the post will wait until there is one"
    ]


def test_two_authors_with_one_name_are_reported_and_both_kept() -> None:
    result = imported(
        {"_authors/ann.md": ANN, "_authors/ann-lee.md": ANN.replace("name: ann\n", "", 1)}
    )
    assert codes_of(result) == ["BN542", "BN542"]
    assert result.counts.authors == 2


def test_every_file_that_is_not_brought_along_is_named_with_a_reason() -> None:
    result = imported({
        "_posts/2016-01-01-a.md": "no front matter",
        "_posts/2016-01-01-b.html": "<p>",
        "_layouts/post.html": "<html>",
        "README.md": "Hello",
    })  # fmt: skip
    assert result.left_out == (
        LeftOut(path="README.md", reason="no imported post uses it"),
        LeftOut(
            path="_layouts/post.html", reason="it belongs to the old site's settings or design"
        ),
        LeftOut(
            path="_posts/2016-01-01-a.md",
            reason="there is no front matter between two lines of '---', so the file was left out",
        ),
        LeftOut(path="_posts/2016-01-01-b.html", reason="posts are taken from Markdown files only"),
    )
    assert [(each.code, each.severity) for each in result.problems] == [("BN531", "error")]


def test_drafts_are_drafts_and_nothing_links_to_them() -> None:
    result = imported({
        "_authors/ann.md": ANN,
        "_drafts/idea.md": post(),
        "_posts/2016-01-01-a.md": post("", '{{ "ann" | team_link }} [x](/2016/01/02/idea/)\n'),
    })  # fmt: skip
    assert "draft: true" in texts(result)["queue/idea.md"]
    assert codes_of(result, path="2016-01-01-a") == ["BN524"]
    assert result.counts == ImportCounts(posts=2, drafts=1, authors=1)


def test_the_settings_of_the_old_site_say_where_it_was() -> None:
    result = imported(
        {
            "_config.yml": "url: https://old.example.org/\npermalink: /blog/:year/:title.html\n",
            "_authors/ann.md": ANN,
            "_posts/2016-01-01-a.md": post(
                "", "[b](https://old.example.org/blog/2016/b.html) [c](/c/)\n"
            ),
            "_posts/2016-01-02-b.md": post(),
        },
        replace(RULES, old_urls=()),
    )
    text = texts(result)["queue/2016-01-01-a.md"]
    assert text.endswith("[b](/2016/b/) [c](https://old.example.org/c/)\n")
    assert 'aliases:\n  - "/blog/2016/a.html"\n' in text


def test_links_follow_the_networks_permalink() -> None:
    rules = replace(RULES, permalink="/posts/:year/:month/:slug/")
    result = imported(
        {
            "_posts/2016-01-01-a.md": post("", "[b](/2016/01/02/b/)\n"),
            "_posts/2016-01-02-b.md": post(),
        },
        rules,
    )
    assert texts(result)["queue/2016-01-01-a.md"].endswith("[b](/posts/2016/01/b/)\n")


def test_an_address_with_a_blank_is_quoted() -> None:
    result = imported({"_posts/2016-01-01-to manage.md": post()})
    assert '"/2016/01/01/to%20manage/"' in texts(result)["queue/2016-01-01-to-manage.md"]
    assert library_of(result).problems == ()


def test_what_could_not_be_translated_is_reported_and_imported_all_the_same() -> None:
    result = imported({"_authors/ann.md": ANN, "_posts/2016-01-01-a.md": post('tags: ["!!!"]\n')})
    assert codes_of(result) == ["BN552"]
    assert result.counts.posts == 1


def test_every_code_is_described_once() -> None:
    listed = [entry.code for entry in CODES]
    assert listed == sorted(set(listed))


PIECES = st.sampled_from([
    "{{", "}}", "{%", "%}", "{% raw %}", "{% endraw %}", "{% comment %}", "{% endcomment %}", "{{ page.image }}",
    '{{ "ann" | team_link }}', "{: .x}", "{:toc}", "<div>", "</div>", '<div markdown="1">', "<p>", "<iframe",
    " src='//x/y'",
    "></iframe>", "<script>", "</script>", "![a](", "/assets/blog/chart.png", ")", "[x](/about/)",
    "`", "```", "\n", "\n\n",
    "    ", "* TOC", "{::comment}", "{:/comment}", "| embed: ", "word", '"', "<!--", "-->", "<pre>", "</pre>",
])  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_body_is_converted_and_its_remarks_name_its_lines(body: str) -> None:
    result = converted(body)
    assert all(1 <= remark.line <= body.count("\n") + 1 for remark in result.remarks)
    assert "takes" not in result.assets


@given(
    st.lists(
        st.sampled_from(["word ", "*it*", "\n", "\n\n", "# H", "`c`", "- x", "é", "1 < 2", "a & b"])
    ).map("".join)
)
def test_plain_markdown_is_not_changed(body: str) -> None:
    assert converted(body).body == body


@pytest.mark.parametrize(
    "mark",
    [
        "<p>\n", "<div>\n", "<pre>", "<iframe ", "<script>", "<img ", "<a '", "{{", "{% raw %}",
        "{% comment %}", "{::comment}", "```\n", "``a ` ", "![a[b]", "* x\n",
    ],
)  # fmt: skip
def test_thousands_of_marks_that_never_close_are_read_in_good_time(mark: str) -> None:
    # Looking for the end of each one anew would take minutes.
    assert converted(mark * 20_000).toc is None


def test_sound_and_film_come_along_and_what_is_a_player_s_number_stays_data() -> None:
    result = imported(
        {
            "_authors/ann.md": ANN,
            "_posts/2016-01-01-a.md": post("audio: /assets/ep 1.mp3\n"),
            "_posts/2016-01-02-b.md": post(
                "podcast: {url: 'https://cdn.example.org/b.mp3', bytes: 42}\n"
            ),
            "_posts/2016-01-03-c.md": post("video: dQw4w9WgXcQ\n"),
            "_posts/2016-01-04-d.md": post("audio: /assets/no.mp3\n"),
            "_posts/2016-01-05-e.md": post(
                "enclosure: |\n  https://cdn.example.org/e.mp4\n  7\n  video/mp4\n"
            ),
            "assets/ep 1.mp3": b"ID3 sound",
        }
    )
    found = texts(result)
    assert "media: ep 1.mp3\n" in found["queue/2016-01-01-a/index.md"]
    assert (
        "media: https://cdn.example.org/b.mp3\nmedia_length: 42\n" in found["queue/2016-01-02-b.md"]
    )
    assert "extra:\n  video: dQw4w9WgXcQ\n" in found["queue/2016-01-03-c.md"]
    assert "media" not in found["queue/2016-01-04-d.md"]
    assert (
        "media: https://cdn.example.org/e.mp4\nmedia_length: 7\n" in found["queue/2016-01-05-e.md"]
    )
    assert any("'/assets/no.mp3' was left out" in line for line in reports(result))

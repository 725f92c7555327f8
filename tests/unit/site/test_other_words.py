"""Other words for tags: their addresses lead to the tag, on pages and where hosts are told."""

from __future__ import annotations

from blognet.kernel.ids import SitePath
from blognet.site import Published
from blognet.site.pages import Feed, Redirect
from blognet.site.plan import plan
from blognet.site.urls_lock import Kept
from tests.unit.site.published_values import build, live_post, settings

ALIASES = "tags: {aliases: {js: JavaScript, ecma: JavaScript, unused: Nothing}}\n"
PUBLISHED = Published(
    posts=(
        live_post("a", tags=("js",)),
        live_post("b", tags=("Java Script", "javascript"), day=1),
        live_post("c", tags=("JS",), language="de"),
    )
)


def test_another_word_for_a_tag_leads_to_the_tag_in_each_language_that_has_it() -> None:
    found = plan(PUBLISHED, settings(ALIASES))
    assert found.problems == ()
    leads = {page.path: page.shows for page in found.pages if page.key.startswith("moved/")}
    assert leads == {
        f"{root}/tags/{word}/": Redirect(post=None, target=f"{root}/tags/javascript/")
        for root in ("", "/de")
        for word in ("js", "ecma")
    }


def test_hosts_are_told_of_other_words_and_readers_are_told_in_their_language() -> None:
    built = build(PUBLISHED, settings(ALIASES + "host_files: [netlify, nginx, apache]\n"))
    assert "/tags/js/ /tags/javascript/ 301!\n" in built.text("/_redirects")
    assert 'location = "/de/tags/ecma/" { return 301 "/de/tags/javascript/"; }' in built.text(
        "/_nginx.conf"
    )
    assert 'RewriteRule "^tags/js/$" "/tags/javascript/"' in built.text("/.htaccess")
    assert '<html lang="de">' in built.text("/de/tags/js/")


def test_a_feed_that_was_kept_under_another_word_is_still_there() -> None:
    kept = (Kept(path=SitePath("/tags/js/")), Kept(path=SitePath("/tags/js/atom.xml")))
    found = plan(PUBLISHED, settings(ALIASES), kept=kept)
    assert found.problems == ()
    (shown,) = [page.shows for page in found.pages if page.path == "/tags/js/atom.xml"]
    assert isinstance(shown, Feed)
    assert shown.list.id == "javascript"


def test_what_redirects_say_goes_before_another_word() -> None:
    lines = ALIASES + "redirects: {/tags/js/: https://js.example.org/}\n"
    (shown,) = [
        page.shows for page in plan(PUBLISHED, settings(lines)).pages if page.path == "/tags/js/"
    ]
    assert shown == Redirect(post=None, target="https://js.example.org/")


def test_languages_that_differ_in_a_sign_alone_are_tags_of_their_own() -> None:
    posts = (live_post("a", tags=("C", "C++", "C#")), live_post("b", tags=("c#",), day=1))
    lines = "tags: {aliases: {cpp: C++}}\n"
    found = plan(Published(posts=(*posts, live_post("c", tags=("cpp",), day=2))), settings(lines))
    tags = {page.path for page in found.pages if page.path.startswith("/tags/c")}
    assert tags >= {"/tags/c/", "/tags/c-plus-plus/", "/tags/c-sharp/", "/tags/cpp/"}
    assert len([path for path in tags if path.endswith("/")]) == 4

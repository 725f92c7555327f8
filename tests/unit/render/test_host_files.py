"""The files for hosts, read back with the rules of those who read them."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from blognet.kernel.errors import ConfigError
from blognet.site import Published
from tests.unit.site.published_values import Built, build, live_post, settings, tombstone

ODD = (
    "/old/a b/",
    "/old/100%/",
    "/old/50%25/",
    "/old/#1/",
    "/old/$uri/",
    "/old/${HOME}/",
    "/old/a+b(c)[d]{e};=,&'/",
    "/old/Köln–東京/",
    "/old/x.html",
    "/old/~^$.n/",
)
URL = "https://example.org/my%20blog"


def site(hosts: str, *, url: str = URL) -> Built:
    posts = tuple(
        live_post(f"post-{number}", day=number, aliases=(alias.replace("%", "%25"),))
        for number, alias in enumerate(ODD)
    )
    stones = (
        tombstone("gone", target="post-1"),
        tombstone("away", target="https://other.example/a?b=$c&d=100%25#e"),
        tombstone("wrong"),
    )
    published = Published(posts=posts, tombstones=stones)
    return build(published, settings(f"host_files: {hosts}\n", url=url))


def wanted(base: str) -> dict[str, str]:
    """Return where each old address leads, by its path as a host reads it."""
    posts = {f"{base}{alias}": f"{base}/2026/post-{at}/" for at, alias in enumerate(ODD)}
    return posts | {
        f"{base}/2026/gone/": f"{base}/2026/post-1/",
        f"{base}/2026/away/": "https://other.example/a?b=$c&d=100%25#e",
    }


@pytest.mark.parametrize(("host", "code"), [("netlify", "301!"), ("cloudflare", "301")])
def test_redirects_are_a_line_each_with_addresses_as_links_have_them(host: str, code: str) -> None:
    lines = site(host).text("/_redirects").splitlines()
    read = [line.split(" ") for line in lines]
    assert {(len(parts), parts[2]) for parts in read} == {(3, code)}
    for source, _, _ in read:
        assert not re.search(r"[:*#?]|[^\x21-\x7e]", source)
    assert {unquote(source): target for source, target, _ in read} == wanted("/my%20blog")


def test_nginx_compares_decoded_paths_and_fills_in_no_variable() -> None:
    text = site("[nginx]", url="https://example.org/b").text("/_nginx.conf")
    rules = re.findall(
        r'^location = "((?:[^"\\]|\\.)*)" \{ return 301 "([^"]*)"; \}$', text, re.MULTILINE
    )
    assert len(rules) == len(wanted("/b"))
    for _, target in rules:
        assert "$" not in target
    found = {re.sub(r"\\(.)", r"\1", source): unquote(target) for source, target in rules}
    assert found == {source: unquote(target) for source, target in wanted("/b").items()}


def test_apache_matches_a_whole_path_and_gives_no_reference() -> None:
    text = site("apache", url="https://example.org/b").text("/.htaccess")
    rules = re.findall(r'^RewriteRule "([^"]*)" "([^"]*)" \[R=301,L,NE\]$', text, re.MULTILINE)
    assert len(rules) == text.count("RewriteRule") == len(wanted("/b"))
    for source, target in wanted("/b").items():
        inside = source.removeprefix("/b/")
        ((pattern, given),) = [rule for rule in rules if re.search(rule[0], inside)]
        assert not re.search(pattern, f"{inside}deeper")
        assert not re.search(pattern, f"x{inside}")
        assert not re.search(r"(?<!\\)(?:\\\\)*[%$]", given)
        assert unquote(re.sub(r"\\(.)", r"\1", given)) == unquote(target)


def test_a_post_that_was_withdrawn_leads_nowhere() -> None:
    for path in ("/_redirects", "/_nginx.conf", "/.htaccess"):
        assert "/2026/wrong/" not in site("[netlify, nginx, apache]").text(path)


def test_every_host_sends_the_strict_policy_and_nothing_may_stand_inline() -> None:
    built = site("[netlify, nginx, apache]")
    policy = re.search(r'Security-Policy" content="([^"]*)"', built.text("/"))
    assert policy is not None
    search = "script-src 'self'; connect-src 'self'"  # one header is sent with every page
    frames = "frame-src https://player.vimeo.com https://www.youtube-nocookie.com; base-uri"
    pages = policy[1].replace("&#39;", "'").replace("base-uri", frames)
    sent = f"{pages}; {search}; frame-ancestors 'self'"
    assert "unsafe" not in sent
    assert f"  Content-Security-Policy: {sent}\n" in built.text("/_headers")
    assert built.text("/_headers").startswith("/my%20blog/*\n")
    assert f'add_header Content-Security-Policy "{sent}" always;\n' in built.text("/_nginx.conf")
    assert f'Header always set Content-Security-Policy "{sent}"\n' in built.text("/.htaccess")
    for path in ("/_headers", "/_nginx.conf", "/.htaccess"):
        assert "nosniff" in built.text(path)


@pytest.mark.parametrize(
    ("hosts", "files"),
    [
        ("[]", set()),
        ("netlify", {"/_redirects", "/_headers"}),
        ("cloudflare, nginx", {"/_redirects", "/_headers", "/_nginx.conf"}),
        ("[apache]", {"/.htaccess"}),
    ],
)
def test_the_files_of_the_named_hosts_are_written_and_no_others(
    hosts: str, files: set[str]
) -> None:
    every = {"/_redirects", "/_headers", "/_nginx.conf", "/.htaccess"}
    assert site(hosts).files.keys() & every == files


@pytest.mark.parametrize("hosts", ["[netlify, cloudflare]", "[iis]"])
def test_hosts_that_exclude_each_other_or_are_unknown_are_refused(hosts: str) -> None:
    with pytest.raises(ConfigError):
        settings(f"host_files: {hosts}\n")


def test_more_redirects_than_cloudflare_follows_are_a_warning() -> None:
    aliases = tuple(f"/old/{number}" for number in range(2001))
    posts = (live_post("a", aliases=aliases),)
    built = build(Published(posts=posts), settings("host_files: cloudflare\n"))
    assert [problem.code for problem in built.problems] == ["BN840"]

"""What ``robots.txt`` asks of whom, read by the reader of Python's own library."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest

from blognet.config.outward import PURPOSES
from blognet.kernel.errors import ConfigError
from blognet.site import Published
from blognet.site.crawlers import CRAWLERS, Purpose
from tests.unit.site.published_values import build, settings


def read(lines: str) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(build(Published(), settings(lines)).text("/robots.txt").splitlines())
    return parser


@pytest.mark.parametrize(
    ("lines", "kept_out"),
    [
        ("", set()),
        ("crawlers: allow\n", set()),
        ("crawlers: deny\n", set(Purpose)),
        ("crawlers: {training: deny}\n", {Purpose.TRAINING}),
        ("crawlers: {search: Deny, assistants: deny}\n", {Purpose.SEARCH, Purpose.ASSISTANTS}),
    ],
)
def test_the_crawlers_that_are_denied_are_kept_out_and_nobody_else(
    lines: str, kept_out: set[Purpose]
) -> None:
    parser = read(lines)
    for crawler in CRAWLERS:
        may = parser.can_fetch(crawler.name, "https://clocks.example.org/2026/a/")
        assert may is (crawler.purpose not in kept_out), crawler
    for name in ("Googlebot", "Bingbot", "Applebot", "Mozilla/5.0"):
        assert parser.can_fetch(name, "https://clocks.example.org/2026/a/")
    assert parser.site_maps() == ["https://clocks.example.org/sitemap.xml"]


def test_each_crawler_is_named_once_and_each_purpose_has_a_setting() -> None:
    names = [crawler.name.casefold() for crawler in CRAWLERS]
    assert len(names) == len(set(names))
    assert {crawler.purpose for crawler in CRAWLERS} == set(Purpose)
    assert tuple(Purpose) == PURPOSES


def test_another_word_than_allow_and_deny_is_refused_with_both() -> None:
    with pytest.raises(ConfigError) as caught:
        settings("crawlers: {training: never}\n")
    (problem,) = caught.value.problems
    assert "expected allow or deny, found 'never'" in problem.message

"""Settings: what is read, what is refused, and how each fault is shown."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from blognet.config import (
    Config,
    Link,
    Policy,
    Term,
    Theme,
    codes,
    default_config_text,
    read_config,
)
from blognet.config.schema import config_schema
from blognet.kernel.errors import ConfigError
from blognet.kernel.yamlvalues import MisfitError

if TYPE_CHECKING:
    from blognet.kernel.problems import Problem

LEAST = "id: net\ntitle: T\nurl: https://example.org\nmayors: [ann]\n"
# Lines below LEAST, then code, line, column, width, hint.
FAULTS = [
    ("messages: {from: ann}", "BN230", 5, 18, 3, "ann@example.org"),
    ("messages: {from: no-reply@example.org}", "BN231", 5, 18, 20, "a mayor reads"),
    ("messages: {smtp: {host: a.example, security: none}}", "BN232", 5, 46, 4, "starttls"),
    ("messages: {smtp: {host: a.example, prt: 25}}", "BN118", 5, 36, 3, "did you mean 'port'?"),
    ("policy: {working_days: [mo]}", "BN233", 5, 25, 2, "mon"),
    ("policy: {holidays: [2026-02-30]}", "BN233", 5, 21, 10, "2026-12-24"),
    ("policy: {holidays: [20261224]}", "BN233", 5, 21, 8, "2026-12-24"),
    ("timezone: Europe/Berln", "BN204", 5, 11, 12, "did you mean 'Europe/Berlin'?"),
    ("timezone: ../../etc/passwd", "BN204", 5, 11, 16, "Europe/Berlin"),
    ("timezone: Europe", "BN204", 5, 11, 6, ""),
    ("language: german!", "BN205", 5, 11, 7, "de"),
    ("languages: [de, 'x y']", "BN205", 5, 17, 5, "de"),
    ("permalink: /blog/", "BN206", 5, 12, 6, "/:year/:slug/"),
    ("permalink: /:title/", "BN206", 5, 12, 8, "/:year/:slug/"),
    ("permalink: /../:slug/", "BN206", 5, 12, 10, "/:year/:slug/"),
    ("theme: {accent: red}", "BN207", 5, 17, 3, "#0a7d5a"),
    ("theme: {accent: '#12345'}", "BN207", 5, 17, 8, "#0a7d5a"),
    ("theme: {font: san}", "BN210", 5, 15, 3, "did you mean 'sans'?"),
    ("theme: {home: grid}", "BN210", 5, 15, 4, "write magazine"),
    ("theme: {logo: /etc/x.svg}", "BN213", 5, 15, 10, "themes/logo.svg"),
    ("theme: {logo: a/../../x.svg}", "BN213", 5, 15, 13, "themes/logo.svg"),
    ("theme: {name: ../x}", "BN202", 5, 15, 4, "write id: x"),
    ("posts_per_page: 0", "BN208", 5, 17, 1, "from 1 to 200"),
    ("posts_per_page: ten", "BN117", 5, 17, 3, "digits"),
    ("feeds: {items: 501}", "BN208", 5, 16, 3, "from 1 to 500"),
    ("feeds: {content: all}", "BN210", 5, 18, 3, "full"),
    ("feeds: [a]", "BN117", 5, 8, 3, "key: value"),
    ("policy: {solo: yes}", "BN117", 5, 16, 3, "write true"),
    ("policy: {slo: true}", "BN118", 5, 10, 3, "did you mean 'solo'?"),
    ("topics: [{id: A B}]", "BN202", 5, 15, 3, "write id: a-b"),
    ("topics:\n  - {id: a, titel: B}", "BN118", 6, 13, 5, "did you mean 'title'?"),
    ("topics:\n  - a\n  - {id: a}", "BN209", 7, 10, 1, "delete"),
    ("tags: {aliases: {js: '!!!'}}", "BN860", 5, 22, 5, "javascript"),
    ("tags: {aliases: {'?': js}}", "BN860", 5, 18, 3, "javascript"),
    ("tags: {aliases: {js: ts, ts: go}}", "BN860", 5, 22, 2, "write js: go"),
    ("tags: {aliases: {js: go, JS: go}}", "BN209", 5, 26, 2, "delete"),
    ("teams: [{title: '!!!'}]", "BN202", 5, 17, 5, "letters"),
    ("translations: {de: {title: X}}", "BN835", 5, 16, 2, "languages: [de]"),
    ("translations: {en: {title: X}}", "BN835", 5, 16, 2, "above"),
    ("languages: [de]\ntopics: [{id: a, translations: {dee: X}}]", "BN835", 6, 33, 3, "did you mean 'de'?"),
    ("languages: [de]\nlinks: [{label: A, url: /a/, translations: {fr: X}}]", "BN835", 6, 45, 2, "[de, fr]"),
    ("translations: {german!: {title: X}}", "BN205", 5, 16, 7, "pt-BR"),
    ("languages: [de]\ntranslations: {de: {titel: X}}", "BN118", 6, 21, 5, "did you mean 'title'?"),
    ("languages: [de]\nteams: [{id: a, translations: {de: {description: X}}}]", "BN201", 6, 36, 16, "title"),
    ("languages: [de, DE]", "BN205", 5, 17, 2, "de"),
    ("languages: [de, de]", "BN209", 5, 17, 2, "delete"),
    ("former_mayors: [ann]", "BN209", 5, 17, 3, "former_mayors"),
    ("former_mayors: [a b]", "BN202", 5, 17, 3, "authors/"),
    ("navigation: [{label: A}]", "BN201", 5, 14, 10, "url:"),
    ("navigation: [{label: A, url: 'javascript:x'}]", "BN212", 5, 30, 14, "https://"),
    ("navigation: [{label: A, url: //evil.org}]", "BN212", 5, 30, 10, "https://"),
    ("navigation: [About]", "BN212", 5, 14, 5, "label"),
    ("hosts: [https://a.org/x]", "BN211", 5, 9, 15, "write a.org"),
    ("hosts: ['*']", "BN211", 5, 9, 3, "images.example.org"),
    ("replies: {a: 'Dear {auhtor}'}", "BN240", 5, 14, 15, "did you mean 'author'?"),
    ("replies: {a: ''}", "BN240", 5, 14, 2, "what it says"),
    ("replies: {No Picture: x}", "BN202", 5, 11, 10, "write no-picture"),
    ("replies_folder: queue/replies", "BN241", 5, 17, 13, "themes/replies"),
    ("replies_folder: ../replies", "BN241", 5, 17, 10, "themes/replies"),
    ("baseurl: /x", "BN118", 5, 1, 7, "did you mean 'url'?"),
    ("social: []", "BN118", 5, 1, 6, "did you mean 'links'?"),
    ("xyzzy: 1", "BN118", 5, 1, 5, "expected one of id, title"),
    ("title: again", "BN111", 5, 1, 5, "delete"),
    ("footer: [a]", "BN117", 5, 9, 3, "one line"),
    ("policy: {survives: {typo: 21}}", "BN208", 5, 27, 2, "from 0 to 20"),
    ("policy: {survives: {tag: true}}", "BN118", 5, 21, 3, "did you mean 'tags'?"),
    ("policy: {deputies_after: 61}", "BN208", 5, 26, 2, "from 0 to 60"),
    ("stages: [{id: legal}]", "BN201", 5, 10, 11, "reviewers: [ann, ben]"),
    ("stages: [{id: a, reviewers: [b], need: 0}]", "BN208", 5, 40, 1, "from 1 to 50"),
    ("stages: [{id: a, reviewers: [b], since: soon}]", "BN233", 5, 41, 4, "2026-12-24"),
    ("stages: [{id: a, reviewers: [b], when: {word: c}}]", "BN118", 5, 41, 4, "did you mean 'words'?"),
    ("stages: [{id: a, reviewers: [b]}, {id: a, reviewers: [b]}]", "BN209", 5, 40, 1, "delete"),
    ("away: [{mayor: ann, from: 2026-12-21}]", "BN201", 5, 8, 30, "to: 2027"),
    ("away: [{mayor: ann, from: x, to: 2027-01-03}]", "BN233", 5, 27, 1, "2026-12-24"),
    ("deputies: [ben, ben]", "BN209", 5, 17, 3, "delete"),
]  # fmt: skip
URLS = [
    "example.org", "ftp://example.org", "https://", "https:///x", "https://u:p@example.org", "https://example.org?x",
    "https://example.org#x", "https://example.org/../x", "'https://exa mple.org'", "https://[::1", "https://x:99999",
    "https://x:0", "''", "[a]",
]  # fmt: skip


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        read_config(text)
    return caught.value.problems


@pytest.mark.parametrize(("lines", "code", "line", "column", "width", "hint"), FAULTS)
def test_a_fault_is_shown_where_it_is_with_what_to_type_next(
    lines: str, code: str, line: int, column: int, width: int, hint: str
) -> None:
    (problem,) = problems_of(LEAST + lines)
    place = problem.location
    assert (problem.code, place.path, place.line, place.column, place.width) == (
        code, "blognet.yml", line, column, width,
    )  # fmt: skip
    assert place.excerpt == (LEAST + lines).split("\n")[line - 1]
    assert hint in problem.hint


@pytest.mark.parametrize("url", URLS)
def test_what_cannot_be_the_address_of_a_site_is_refused(url: str) -> None:
    (problem,) = problems_of(LEAST.replace("https://example.org", url))
    assert problem.code in {codes.BAD_URL, "BN117"}
    assert (problem.location.line, problem.location.column, problem.location.key) == (3, 6, "url")


def test_every_code_of_settings_is_produced_by_a_test_here() -> None:
    produced = {fault[1] for fault in FAULTS} | {codes.BAD_URL}
    assert {entry.code for entry in codes.CODES} <= produced


def test_every_fault_is_shown_at_once_and_in_order() -> None:
    found = problems_of("url: x\nhosts: [a b, c d]\nposts_per_page: 0\nnope: 1\n")
    assert [(p.code, p.location.line) for p in found] == [
        ("BN201", 1), ("BN201", 1), ("BN201", 1), ("BN203", 1), ("BN211", 2), ("BN211", 2), ("BN208", 3), ("BN118", 4),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_an_empty_file_lacks_what_every_network_needs(text: str) -> None:
    found = problems_of(text)
    assert [p.message for p in found] == [
        "'id' is missing", "'mayors' is missing", "'title' is missing", "'url' is missing",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["title:", "mayors: []"])
def test_an_empty_value_is_as_good_as_none(line: str) -> None:
    key = line.partition(":")[0]
    text = "".join(f"{other}\n" for other in LEAST.splitlines() if not other.startswith(key)) + line
    (problem,) = problems_of(text)
    assert (problem.code, problem.location.line, problem.location.column) == ("BN201", 4, 1)


def test_yaml_that_cannot_be_read_is_a_fault_of_the_settings() -> None:
    (problem,) = problems_of("title: a: b\n")
    assert (problem.code, problem.location.line, problem.location.column) == ("BN103", 1, 9)


def test_a_large_file_is_refused_unread() -> None:
    assert [p.code for p in problems_of("#" * (1024 * 1024 + 1))] == ["BN115"]


def test_the_least_settings_have_sensible_defaults() -> None:
    config = read_config(LEAST)
    assert (config.language, config.languages, config.zone) == ("en", ("en",), UTC)
    assert (config.posts_per_page, config.permalink) == (10, "/:year/:slug/")
    assert (config.feeds.items, config.feeds.content) == (50, "full")
    assert (config.policy, config.theme) == (Policy(), Theme())


def test_settings_are_read_in_every_spelling() -> None:
    config = read_config(
        LEAST
        + "language: de\nlanguages: en, de\ntimezone: Europe/Berlin\npermalink: :year/:month/:slug\n"
        "topics:\n  - Working here\n  - {id: design}\n  - {title: Open Source, description: D}\n"
        "navigation:\n  - About: /about/\n  - {label: Shop, url: https://shop.example.org}\n"
        "links:\n  Mastodon: https://m.example.org/@us\ntheme: own\nhosts: IMAGES.example.org\n"
    )
    assert config.languages == ("de", "en")
    assert config.zone == ZoneInfo("Europe/Berlin")
    assert config.permalink == "/:year/:month/:slug/"
    assert [(topic.id, topic.title) for topic in config.topics] == [
        ("working-here", "Working here"), ("design", "Design"), ("open-source", "Open Source"),
    ]  # fmt: skip
    assert [(link.label, link.url) for link in (*config.navigation, *config.links)] == [
        ("About", "/about/"), ("Shop", "https://shop.example.org"), ("Mastodon", "https://m.example.org/@us"),
    ]  # fmt: skip
    assert (config.theme.name, config.hosts) == ("own", ("images.example.org",))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/", "https://example.org"),
        ("https://example.org/blog//", "https://example.org/blog"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
    ],
)
def test_the_address_keeps_its_path_and_loses_its_last_slash(url: str, kept: str) -> None:
    assert read_config(LEAST.replace("https://example.org", url)).url == kept
    assert read_config(LEAST).with_url(url).url == kept


def test_another_address_is_checked_too() -> None:
    with pytest.raises(MisfitError, match="whole address"):
        read_config(LEAST).with_url("nowhere")


@pytest.mark.parametrize(
    ("written", "colour"), [("'#ABC'", "#aabbcc"), ("'#0A7d5a'", "#0a7d5a"), ("", "")]
)
def test_a_colour_has_six_digits(written: str, colour: str) -> None:
    assert read_config(f"{LEAST}theme: {{accent: {written}}}").theme.accent == colour


@pytest.mark.parametrize("solo", [True, False])
@pytest.mark.parametrize(
    "title", ["Acme", "Acme: the blog", "# 1", "'", '"{x}"', "no", "Ünïcode\u2028"]
)
def test_the_settings_of_a_new_network_are_read_as_they_were_meant(
    title: str, *, solo: bool
) -> None:
    text = default_config_text(
        title=title,
        network_id="acme",
        url="https://blog.example.org/x",
        language="de",
        timezone="Europe/Berlin",
        mayor="ann",
        solo=solo,
    )
    config = read_config(text)
    assert (config.title, config.id, config.url) == (
        " ".join(title.split()),
        "acme",
        "https://blog.example.org/x",
    )
    assert (config.language, config.timezone, config.mayors) == ("de", "Europe/Berlin", ("ann",))
    assert config.policy.solo is solo


def test_a_setting_in_a_comment_of_a_new_network_can_be_switched_on() -> None:
    text = default_config_text(
        title="T",
        network_id="t",
        url="https://t.org",
        language="en",
        timezone="UTC",
        mayor="ann",
        solo=True,
    )
    on = "\n".join(
        line[2:] if line.startswith("# ") and (":" in line or line.startswith("#   ")) and " of " not in line
        and line[2:3].islower() | line.startswith("#   ") else line
        for line in text.split("\n")
    )  # fmt: skip
    config = read_config(on)
    assert config.topics
    assert config.languages == ("en", "de")
    assert config.theme.accent


@pytest.mark.parametrize("model", [Config, Policy, Term, Theme, Link])
def test_every_setting_is_described(model: type[Config | Policy | Term | Theme | Link]) -> None:
    assert all(setting.metadata["description"] for setting in fields(model))


def test_the_schema_knows_every_setting() -> None:
    schema = config_schema()
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert list(properties) == [field.name for field in fields(Config)]
    assert schema["required"] == ["id", "title", "url", "mayors"]
    assert schema["additionalProperties"] is False

"""What holds for the checks whatever the text: true places, masked secrets, no surprise by size or line ends."""

from __future__ import annotations

import string
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.config import read_config
from blognet.moderation.checks.source import prose_of
from blognet.moderation.secrets import MASK, masked, secrets_in
from tests.unit.moderation.check_texts import HEAD, found, look, words_at
from tests.unit.moderation.test_checks_secrets import SHAPES

if TYPE_CHECKING:
    from blognet.moderation.findings import Finding

SETTINGS = """\
banned-words: [whitelist, 'synerg*']
embargo: [{words: [Q3 results], until: 2030-01-01}]
unreleased: [Bluebird]
disclosures: [{words: [partner], say: We were paid.}]
length: {min_words: 3, max_words: 20}
"""
PIECES = st.sampled_from(
    [
        "whitelist", "Synergies", "Q3  results", "Q3\nresults", "Bluebird", "Blue**bird**", "partner",
        "ben@acme.io", "+49 30 1234 5678", "[x](nothing.md)", "[x](/2026/none/)", "![](a.png)",
        "![x](https://img.example.com/a.png)", "\n\n## A\n\n", "\n\n#### B\n\n", "`code`", "\n```\n", "<!--", "-->",
        "\n\n", "\n", "> ", "é", "e\u0301", "\u200b", "\U0001f600", "漢字", "\t", "<b>", "&amp;", "word", "1", ".",
    ]
)  # fmt: skip
BODIES = st.lists(PIECES | st.text(max_size=8), max_size=25).map(" ".join)
TOKENS = st.sampled_from(SHAPES)


def _clean(body: str) -> str:
    """Leave out what no source may hold: a lone carriage return and a NUL byte are faults of their own."""
    return body.replace("\r", "").replace("\0", "").encode("utf-8", "replace").decode()


@given(BODIES)
def test_every_place_points_at_words_that_are_there(body: str) -> None:
    text = HEAD + _clean(body) + "\n"
    lines = text.split("\n")
    for finding in look(text, SETTINGS):
        where = finding.location
        assert 0 <= where.line <= len(lines)
        assert where.path == "queue/our-trip.md"
        if where.column:
            assert 1 <= where.column <= len(lines[where.line - 1])
            assert where.column - 1 + where.width <= len(lines[where.line - 1])
            _names_its_words(finding, words_at(text, finding))


def _names_its_words(finding: Finding, words: str) -> None:
    """Compare the words underlined with those that the message names, the first line of them."""
    assert words
    if finding.check in {"banned-words", "embargo", "unreleased", "emails", "phones", "links"}:
        assert words.split("\n", maxsplit=1)[0].split(maxsplit=1)[0] in finding.message


@given(BODIES)
def test_line_ends_and_a_byte_order_mark_change_nothing(body: str) -> None:
    text = HEAD + _clean(body) + "\n"
    assert look("\ufeff" + text.replace("\n", "\r\n"), SETTINGS) == look(text, SETTINGS)


@given(BODIES, BODIES, TOKENS, st.integers(0, 5))
def test_a_secret_anywhere_is_masked_everywhere(
    before: str, after: str, shape: tuple[str, str, str], place: int
) -> None:
    _, mark, secret = shape
    # The password's address needs its end; anything else may follow a token but more of it.
    token = f"{mark}{secret}" + ("@host" if mark.startswith("postgres") else "")
    around = (
        "{}",
        "`{}`",
        "[x](/y?{})",
        "![{}](https://img.example.com/a.png)",
        "**{}** whitelist",
        "<!-- {} -->",
    )
    text = (
        HEAD
        + _clean(before)
        + "\n"
        + around[place].format(f" {token} ")
        + "\n"
        + _clean(after)
        + "\n"
    )
    shown = masked(text)
    assert len(shown) == len(text)
    assert shown.count("\n") == text.count("\n")
    findings = look(text, SETTINGS)
    assert "secrets" in {one.check for one in findings}
    for piece in {secret[at : at + 8] for at in range(0, len(secret) - 8, 4)}:
        if piece in (before + after):
            continue
        assert piece not in shown
        assert piece not in repr(findings)


@given(st.text(alphabet=string.ascii_letters + string.digits + "_-./:@= \n", max_size=300))
def test_masking_keeps_length_and_lines_and_is_done_once(text: str) -> None:
    shown = masked(text)
    assert [len(line) for line in shown.split("\n")] == [len(line) for line in text.split("\n")]
    assert masked(shown) == shown
    changed = sum(1 for old, new in zip(text, shown, strict=True) if old != new)
    assert changed == shown.count(MASK) - text.count(MASK)
    assert bool(changed) is bool(secrets_in(text))


@given(BODIES)
def test_prose_has_the_length_and_the_lines_of_its_text(body: str) -> None:
    text = HEAD + _clean(body)
    prose = prose_of(text, start=len(HEAD))
    assert [len(line) for line in prose.split("\n")] == [len(line) for line in text.split("\n")]
    assert prose.startswith(HEAD)


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=5), BODIES)
def test_any_words_of_the_settings_can_be_looked_for(words: list[str], body: str) -> None:
    from blognet.kernel.errors import ConfigError  # noqa: PLC0415  # this test alone
    from blognet.kernel.yamlwrite import yaml_lines  # noqa: PLC0415

    rules = yaml_lines({"unreleased": [_clean(word) for word in words]})
    try:
        read_config(
            "id: n\ntitle: T\nurl: https://x.example\nmayors: [a]\nchecks:\n" + _indented(rules)
        )
    except ConfigError:
        return
    look(HEAD + _clean(body) + "\n", rules)


def _indented(lines: str) -> str:
    return "".join(f"  {line}\n" for line in lines.strip("\n").split("\n"))


HOSTILE = [
    "+1" * 20, "+1 (", "0301 ", "(030) ", "415-", "a@", "a@a.", "a.a.a.a@b.c.", "`", "``` ", "```\n", "<!--", "-->",
    "](", "www.", "http://", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n", "-----BEGIN RSA ",
    "://a:b", "eyJ", "eyJaaaaaaaaa.", "aws_secret_access_key", "aws_secret_key=", "AKIA", "ghp_a", "Blue ", "Blue *",
    "Blue\n> ", "synerg", "Q3 ", "# ", "#\n", "=\n", "- \n", "<h1", "[x](", "![](", "![](a)", "[x](a)\n", "tel:+",
    "tel:+1", "A" * 15 + " ", "é", "a.\n", "[x](a&amp;b) ", "![](a&amp;b) ", '<img src="a&amp;b" alt=""> ',
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=[repr(piece)[:20] for piece in HOSTILE])
def test_the_work_on_a_hostile_text_grows_with_its_size_and_not_faster(piece: str) -> None:
    # Calls of functions are counted, not seconds: they are the same on every machine. Regular expressions do their
    # work inside of one call, so a text four times as large is looked at too, far beyond what a quadratic one finishes.
    small, large = 1_000, 8_000
    ratio = _calls(piece * (large // len(piece))) / _calls(piece * (small // len(piece)))
    assert ratio < 4 * large / small
    look(f"{HEAD}{piece * (200_000 // len(piece))}\n", SETTINGS)


def _calls(body: str) -> int:
    look(f"{HEAD}{body}\n", SETTINGS)  # what is made once is made before counting
    number = 0

    def count(*_: object) -> None:
        nonlocal number
        number += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        look(f"{HEAD}{body}\n", SETTINGS)
    finally:
        sys.setprofile(before)
    return number


def test_found_words_are_the_source_s_own() -> None:
    assert found("unreleased", f"{HEAD}BLUEBIRD\n", SETTINGS) == ((6, 1, "BLUEBIRD"),)

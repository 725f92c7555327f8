"""The settings of the checks: short and long forms, and each fault with its place."""

from __future__ import annotations

import pytest

from blognet.config import read_config
from blognet.config.check_values import OWN_NAMES
from blognet.config.checks import Checks
from blognet.kernel.errors import ConfigError
from blognet.kernel.yamlmodels import keys_of
from blognet.moderation.checks import CHECKS

LEAST = "id: net\ntitle: T\nurl: https://example.org\nmayors: [ann]\nchecks:\n"


def _read(text: str) -> Checks:
    return read_config(LEAST + text).checks


def test_without_settings_secrets_are_errors_and_structure_is_a_warning() -> None:
    checks = read_config(LEAST.removesuffix("checks:\n")).checks
    assert (checks.secrets, checks.alt_text, checks.links) == ("error", "warning", "warning")
    assert checks.reading_level.severity == "note"


def test_a_bare_severity_is_the_short_form_for_every_check() -> None:
    for check in CHECKS:
        configured = _read(f"  {check.name}: off\n")
        assert check.severity(configured) == "off"


def test_a_bare_list_is_the_list_of_words_or_of_what_is_allowed() -> None:
    checks = _read("  banned-words: [a1, {word: b1, use: c}]\n  emails: ['@x.io']\n")
    assert [(rule.words, rule.use) for rule in checks.banned_words.words] == [
        (("a1",), ""),
        (("b1",), "c"),
    ]
    assert checks.emails.allow == ("@x.io",)
    assert checks.emails.severity == "warning"


def test_a_command_may_be_one_text_and_no_shell_reads_it() -> None:
    (tool,) = _read(
        "  external: [{name: vale, command: vale --output=JSON, format: vale-json}]\n"
    ).external
    assert (tool.command, tool.format, tool.seconds) == (("vale", "--output=JSON"), "vale-json", 60)


def test_a_plug_in_may_be_a_bare_name() -> None:
    assert _read("  plugins: [acme-tone]\n").plugins[0].name == "acme-tone"


# Lines below `checks:`, then code, line, column, hint.
FAULTS = [
    ("  alt-text: bad", "BN210", 6, 13, "error"),
    ("  alt-text: eror", "BN210", 6, 13, "did you mean 'error'?"),
    ("  alt-txt: off", "BN118", 6, 3, "did you mean 'alt-text'?"),
    ("  length: {min: 3}", "BN118", 6, 12, "min_words"),
    ("  length: {min_words: -1}", "BN208", 6, 23, "0 to"),
    ("  banned-words: ['*']", "BN210", 6, 18, "readers"),
    ("  embargo: [{words: [a], until: soon}]", "BN210", 6, 33, "2026-12-24"),
    ("  disclosures: [{tags: [a]}]", "BN201", 6, 16, "say:"),
    ("  external: [{name: vale}]", "BN201", 6, 14, "command:"),
    ("  external: [{name: vale, command: []}]", "BN210", 6, 36, "[vale"),
    ("  external: [{name: vale, command: vale, format: xml}]", "BN210", 6, 50, "vale-json"),
    ("  external: [{name: vale, command: vale, seconds: 0}]", "BN208", 6, 51, "1 to 600"),
    ("  plugins: [secrets]", "BN202", 6, 13, "another name"),
    ("  plugins: ['A b']", "BN202", 6, 13, "house-style"),
    ("  reading-level: {max_grade: 99}", "BN208", 6, 30, "1 to 30"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "column", "hint"), FAULTS)
def test_each_fault_has_its_place_and_a_hint(
    text: str, code: str, line: int, column: int, hint: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        _read(text + "\n")
    problem = refused.value.problems[0]
    assert (problem.code, problem.location.line, problem.location.column) == (code, line, column)
    assert hint in problem.hint


def test_no_check_of_others_can_take_the_name_of_a_setting_here() -> None:
    keys = {*keys_of(Checks)}
    assert keys == OWN_NAMES
    assert {check.name for check in CHECKS} < OWN_NAMES

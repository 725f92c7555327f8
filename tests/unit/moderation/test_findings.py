"""What an approval keeps of the checks, and what it refuses."""

from __future__ import annotations

import pytest

from blognet.kernel.errors import ConflictError
from blognet.kernel.problems import Location, Severity
from blognet.moderation.checks import CHECKS, Outside, check_names, rules_digest
from blognet.moderation.checks.outside import LoadedPlugin
from blognet.moderation.findings import Examination, Finding, counted, errors_of, judge
from tests.unit.moderation.check_texts import settings


def _finding(check: str, severity: Severity, line: int = 3) -> Finding:
    where = Location(path="queue/a.md", line=line, column=2)
    return Finding(location=where, code="BN611", check=check, severity=severity, message="m")


ERROR = _finding("secrets", Severity.ERROR)
WARNING = _finding("alt-text", Severity.WARNING, line=7)
BOTH = Examination(findings=(ERROR, WARNING), rules="ab" * 32)


def test_an_error_blocks_approval_and_the_refusal_names_check_line_and_way_out() -> None:
    with pytest.raises(ConflictError) as refused:
        judge("our-trip", BOTH, {"alt-text": "decoration"})
    assert refused.value.message == "checks found what blocks our-trip: secrets on line 3: m"
    assert 'mayor approve our-trip --waive secrets="…"' in refused.value.hint


def test_a_waiver_of_that_check_lets_it_pass_and_is_kept_with_findings_and_rules() -> None:
    judgement = judge("our-trip", BOTH, {"secrets": "made  up\nfor a talk", "links": "idle"})
    assert judgement.findings == ("secrets:3:error", "alt-text:7:warning")
    assert judgement.waivers == ("secrets: made up for a talk",)
    assert judgement.options == {"rules": "ab" * 32}


def test_an_empty_reason_waives_nothing() -> None:
    with pytest.raises(ConflictError):
        judge("our-trip", BOTH, {"secrets": ""})


def test_warnings_and_notes_block_nothing() -> None:
    examination = Examination(findings=(WARNING, _finding("headings", Severity.NOTE)))
    assert judge("our-trip", examination, {}).waivers == ()


def test_nothing_examined_leaves_no_trace() -> None:
    judgement = judge("our-trip", Examination(), {})
    assert (judgement.findings, judgement.waivers, dict(judgement.options)) == ((), (), {})


def test_findings_are_counted_worst_first() -> None:
    assert counted((WARNING, ERROR, WARNING)) == {Severity.ERROR: 1, Severity.WARNING: 2}
    assert list(counted((WARNING, ERROR))) == [Severity.ERROR, Severity.WARNING]
    assert errors_of((WARNING, ERROR)) == (ERROR,)


def test_the_digest_of_the_rules_depends_on_what_is_set_and_not_on_how_it_is_written() -> None:
    assert rules_digest(settings("alt-text: error\nbanned-words: [a1, b1]")) == rules_digest(
        settings("banned-words: {words: [{words: a1}, {word: b1}]}\nalt-text: 'error'")
    )
    assert rules_digest(settings("alt-text: error")) != rules_digest(settings("alt-text: note"))
    assert rules_digest(settings("banned-words: [a1]")) != rules_digest(
        settings("banned-words: [a2]")
    )


def test_the_digest_depends_on_the_versions_of_plug_ins() -> None:
    named = settings("plugins: [acme]")
    digests = {
        rules_digest(
            named, Outside(plugins=(LoadedPlugin(name="acme", plugin=None, version=version),))
        )
        for version in ("", "1", "2")
    }
    assert len(digests) == 3


def test_the_digest_is_the_same_in_every_run() -> None:
    # Whoever changes it on purpose (a new check, a new version) changes it here.
    assert len(rules_digest(settings())) == 64
    assert rules_digest(settings()) == rules_digest(settings("links: warning"))


def test_every_check_has_a_setting_a_code_and_a_name_of_its_own() -> None:
    configured = settings()
    assert {check.severity(configured) for check in CHECKS} <= {"error", "warning", "note", "off"}
    assert (
        len({check.code for check in CHECKS})
        == len({check.name for check in CHECKS})
        == len(CHECKS)
    )
    named = check_names(settings("plugins: [acme]\nexternal: [{name: vale, command: vale}]"))
    assert named == (*(check.name for check in CHECKS), "acme", "vale")

"""Checks of others: what they are given, and that nothing they answer or raise goes further than a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from blognet.kernel.problems import Severity
from blognet.moderation.checks import CheckPlugin, LoadedPlugin, Outside, ToolReport, ToolRun
from tests.unit.moderation.check_texts import HEAD, chance, look, words_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.moderation.findings import Finding

    Answering = Callable[[str, Mapping[str, object], Mapping[str, object]], object]


@dataclass
class Plugin:
    """A plug-in that answers what it is told to."""

    answering: Answering
    name: str = "acme"
    version: str = "1.2"

    def check(
        self, text: str, front: Mapping[str, object], context: Mapping[str, object]
    ) -> object:
        return self.answering(text, front, context)


def _asked(
    answering: Answering, text: str = f"{HEAD}Our tone.\n", severity: str = "error"
) -> list[Finding]:
    plugin = Plugin(answering)
    loaded = LoadedPlugin(name="acme", plugin=plugin, version="1.2")  # type: ignore[arg-type]  # answers anything
    outside = Outside(plugins=(loaded,))
    settings = f"plugins: [{{name: acme, severity: {severity}}}]"
    return [one for one in look(text, settings, outside=outside) if one.check == "acme"]


def test_a_plug_in_s_finding_gets_its_place_name_and_severity() -> None:
    text = f"{HEAD}Our tone.\n"
    (finding,) = _asked(
        lambda *_: [{"line": 6, "column": 5, "length": 4, "message": "too  shrill", "hint": "calm"}]
    )
    assert (finding.code, finding.check, finding.severity) == ("BN620", "acme", Severity.ERROR)
    assert (finding.message, finding.hint, words_at(text, finding)) == (
        "too shrill",
        "calm",
        "tone",
    )


def test_a_plug_in_gets_the_text_the_front_matter_and_the_context() -> None:
    given: list[object] = []

    def remember(
        text: str, front: Mapping[str, object], context: Mapping[str, object]
    ) -> list[object]:
        given.extend((text, front["title"], front["authors"], context["id"], context["body_line"]))
        return []

    assert _asked(remember) == []
    assert given == [f"{HEAD}Our tone.\n", "Our trip", ["ben"], "our-trip", 5]


def test_a_plug_in_never_gets_a_secret() -> None:
    token = "ghp_" + chance(36, seed=60)
    text = HEAD.replace("title: Our trip", f"title: Our {token}\nsummary: {token}") + f"{token}\n"
    given: list[str] = []

    def remember(*all_of_it: object) -> list[object]:
        given.append(repr(all_of_it))
        return []

    _asked(remember, text=text)
    assert given
    assert token[4:12] not in given[0]


def _raise(error: BaseException) -> object:
    raise error


@pytest.mark.parametrize(
    ("answering", "words"),
    [
        (lambda *_: _raise(ValueError("no")), "failed with ValueError"),
        (lambda *_: _raise(SystemExit(3)), "failed with SystemExit"),
        (lambda *_: _raise(RecursionError()), "failed with RecursionError"),
        (lambda *_: None, "failed with TypeError"),
        (list, "failed with TypeError"),
        (lambda *_: ["text"], "answered with str where a mapping was expected"),
        (lambda *_: [{}], "answered without a 'message'"),
        (lambda *_: [{"message": 3}], "answered without a 'message'"),
        (lambda *_: [{"message": "x", "line": "6"}], "a 'line' that is no whole number"),
        (lambda *_: [{"message": "x", "column": -1}], "a 'column' that is no whole number"),
        (lambda *_: [{"message": "x", "hint": None}], "a 'hint' that is no text"),
        (lambda *_: [{"message": "x", "lines": 4}], "the unknown key 'lines'"),
    ],
)
def test_a_faulty_plug_in_gives_a_finding_as_bad_as_its_own(
    answering: Answering, words: str
) -> None:
    (finding,) = _asked(answering)
    assert (finding.code, finding.severity) == ("BN622", Severity.ERROR)
    assert words in finding.message


def test_a_plug_in_that_never_stops_finding_is_stopped() -> None:
    def endless() -> object:
        number = 0
        while True:
            number += 1
            yield {"message": f"number {number}"}

    assert len(_asked(lambda *_: endless())) == 50


@pytest.mark.parametrize(("line", "column"), [(0, 0), (99, 1), (6, 99), (10**18, 10**18)])
def test_a_place_that_does_not_exist_becomes_the_line_or_the_file(line: int, column: int) -> None:
    (finding,) = _asked(lambda *_: [{"message": "x", "line": line, "column": column}])
    assert finding.location.column == 0
    assert finding.location.line == (6 if line == 6 else 0)


def test_a_plug_in_that_is_not_there_is_a_finding_unless_it_is_off() -> None:
    missing = Outside(
        plugins=(LoadedPlugin(name="acme", plugin=None, fault="is not installed here"),)
    )
    settings = "plugins: [{name: acme, severity: SEVERITY}]"
    (finding,) = [
        one
        for one in look(f"{HEAD}Hi.\n", settings.replace("SEVERITY", "note"), outside=missing)
        if one.check == "acme"
    ]
    assert (finding.code, finding.severity) == ("BN622", Severity.NOTE)
    off = look(f"{HEAD}Hi.\n", settings.replace("SEVERITY", "off"), outside=missing)
    assert [one for one in off if one.check == "acme"] == []


def test_what_a_tool_said_is_found_at_its_place_or_its_fault_is() -> None:
    settings = "external: [{name: vale, command: vale, severity: note}]"
    said = ToolReport(line=6, column=1, length=3, message="wordy", hint="cut")
    text = f"{HEAD}Our tone.\n"
    run = ToolRun(reports={"queue/our-trip.md": (said,), "queue/other.md": (said, said)})
    (finding,) = [
        one
        for one in look(text, settings, outside=Outside(tools={"vale": run}))
        if one.check == "vale"
    ]
    assert (finding.code, finding.severity, words_at(text, finding)) == (
        "BN621",
        Severity.NOTE,
        "Our",
    )
    failed = Outside(tools={"vale": ToolRun(fault="it took too long", hint="wait")})
    (finding,) = [one for one in look(text, settings, outside=failed) if one.check == "vale"]
    assert (finding.code, finding.hint) == ("BN623", "wait")


def test_the_protocol_needs_name_version_and_check() -> None:
    assert isinstance(Plugin(lambda *_: []), CheckPlugin)
    assert not isinstance(object(), CheckPlugin)

"""Checks of others: what they are given, what they may answer, and how their answers become findings.

A plug-in is any object with a `name`, a `version` and a `check`; docs/checks.md shows one in ten lines. It need not
import anything of blognet. It gets the text with its secrets masked. What it answers is outside data: everything that
is not as it should be is reported, and nothing that it raises goes further than here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from blognet.content.values import Post
from blognet.kernel.times import iso
from blognet.moderation.checks import codes
from blognet.moderation.checks.reports import Report

if TYPE_CHECKING:
    from blognet.kernel.problems import Location
    from blognet.moderation.checks.facts import SiteFacts
    from blognet.moderation.checks.source import CheckedSource

GROUP = "blognet.checks"
"""The entry point group."""
MOST_FINDINGS = 200
_LONGEST = 500
_KEYS = frozenset({"line", "column", "length", "message", "hint"})


@runtime_checkable
class CheckPlugin(Protocol):
    """What the entry point of a plug-in names.

    Attributes:
        name: The name of the entry point.
        version: Changes whenever the plug-in would find something else; it is part of the digest of the rules.
    """

    name: str
    version: str

    def check(
        self, text: str, front: Mapping[str, object], context: Mapping[str, object]
    ) -> Iterable[Mapping[str, object]]:
        """Return what is found in a text.

        Args:
            text: The whole source, front matter and all; only LF ends a line; secrets are masked.
            front: What the front matter says: title, authors, tags, topics, summary, description, language; of a
                profile: name, title, team.
            context: ``kind``, ``id``, ``language``, ``path``, ``body_line`` and ``now``.

        Returns:
            Mappings with a ``message``, and perhaps ``line`` and ``column`` (from 1), ``length`` and ``hint``.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPlugin:
    """A plug-in that the settings name; without one, why."""

    name: str
    plugin: CheckPlugin | None
    version: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolReport:
    """What an external tool says of one text. Line and column count from 1; 0 when it did not say."""

    line: int
    column: int
    length: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolRun:
    """What came of running an external tool over some texts.

    Attributes:
        reports: By path of the text.
        fault: Why it could not check; "" when it did.
        hint: What to do about that.
    """

    reports: Mapping[str, tuple[ToolReport, ...]] = field(default_factory=dict)
    fault: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Everything that others bring to an examination.

    Attributes:
        plugins: In the order of the settings.
        tools: By the name that the settings give.
    """

    plugins: tuple[LoadedPlugin, ...] = ()
    tools: Mapping[str, ToolRun] = field(default_factory=dict)


def ask_plugin(loaded: LoadedPlugin, source: CheckedSource, facts: SiteFacts) -> tuple[Report, ...]:
    """Return what a plug-in finds, or that it failed."""
    if loaded.plugin is None:
        return (_failed(source, f"the plug-in '{loaded.name}' {loaded.fault}"),)
    reports: list[Report] = []
    try:
        answers = loaded.plugin.check(source.text, _front(source), _context(source, facts))
        for answer in islice(iter(answers), MOST_FINDINGS):
            report = _read(answer, source)
            if isinstance(report, str):
                reports.append(_failed(source, f"the plug-in '{loaded.name}' answered {report}"))
                break
            reports.append(report)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # it is somebody else's code: a fault of it is a finding
        kind = type(error).__name__
        reports.append(_failed(source, f"the plug-in '{loaded.name}' failed with {kind}"))
    return tuple(reports)


def tool_reports(run: ToolRun, name: str, source: CheckedSource) -> tuple[Report, ...]:
    """Return what an external tool found in this text, or that it could not check."""
    if run.fault:
        place = source.whole()
        message = f"the tool '{name}' could not check: {run.fault}"
        return (Report(code=codes.EXTERNAL_FAILED, location=place, message=message, hint=run.hint),)
    return tuple(
        Report(
            code=codes.EXTERNAL,
            location=_place(source, one.line, one.column, one.length),
            message=one.message,
            hint=one.hint,
        )
        for one in run.reports.get(source.path, ())[:MOST_FINDINGS]
    )


def _failed(source: CheckedSource, message: str) -> Report:
    return Report(
        code=codes.PLUGIN_FAILED,
        location=source.whole(),
        message=message,
        hint="install or update it, or take it out of checks: plugins in blognet.yml",
    )


def _read(answer: object, source: CheckedSource) -> Report | str:
    """Return an answer as a report, or what is wrong with it."""
    if not isinstance(answer, Mapping):
        return f"with {type(answer).__name__} where a mapping was expected"
    message = answer.get("message")
    if not isinstance(message, str) or not message.strip():
        return "without a 'message'"
    if unknown := sorted(str(key) for key in answer if key not in _KEYS):
        return f"with the unknown key '{unknown[0][:40]}'"
    numbers: list[int] = []
    for key in ("line", "column", "length"):
        value = answer.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            return f"with a '{key}' that is no whole number"
        numbers.append(value)
    hint = answer.get("hint", "")
    if not isinstance(hint, str):
        return "with a 'hint' that is no text"
    return Report(
        code=codes.PLUGIN,
        location=_place(source, *numbers),
        message=" ".join(message.split())[:_LONGEST],
        hint=" ".join(hint.split())[:_LONGEST],
    )


def _place(source: CheckedSource, line: int, column: int, length: int) -> Location:
    """Return a place that exists, whatever others say."""
    if not 1 <= line <= len(source.starts):
        return source.whole()
    if not 1 <= column <= len(source.lines.lines[line - 1]):
        return source.on_line(line)
    start = source.starts[line - 1] + column - 1
    return source.place(start, start + max(length, 1))


def _front(source: CheckedSource) -> Mapping[str, object]:
    content = source.content
    if not isinstance(content, Post):
        return {"name": content.name, "title": content.title, "team": content.team}
    front = content.front
    return {
        "title": source.title,
        "authors": list(content.authors),
        "tags": [source.clean(tag) for tag in front.tags],
        "topics": [source.clean(topic) for topic in front.topics],
        "summary": source.clean(front.summary),
        "description": source.clean(front.description),
        "language": source.subject.language,
    }


def _context(source: CheckedSource, facts: SiteFacts) -> Mapping[str, object]:
    subject = source.subject
    return {
        "kind": subject.kind.value,
        "id": subject.id,
        "language": subject.language or facts.language,
        "path": source.path,
        "body_line": source.body_line,
        "now": iso(facts.now),
    }

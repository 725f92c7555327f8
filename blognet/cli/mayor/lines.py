"""What a mayor is shown of a subject, as lines for a terminal of some width. `show` and `review` print the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.cli.layout import cut, laid_out, wrapped
from blognet.cli.note_lines import event_extra, note_lines
from blognet.cli.output import BOLD, DIM, bare, problem_lines, styled
from blognet.kernel.problems import Problem
from blognet.kernel.times import iso
from blognet.kernel.worddiff import Change, changed_lines, word_difference
from blognet.moderation.events import Verb
from blognet.moderation.secrets import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from blognet.actions.author_history import AuthorHistory
    from blognet.actions.network import Entry, Network
    from blognet.actions.pictures import AttachedChange
    from blognet.actions.show import Remark, Version
    from blognet.moderation.events import Event
    from blognet.moderation.findings import Finding

_LINE_COLOURS = {"+": "32", "-": "31", "@": "36"}
_WORD_MARKS = {Change.REMOVED: ("31", "{-%s-}"), Change.ADDED: ("32", "{+%s+}")}
_ABOUT_NOTES = frozenset({Verb.COMMENT, Verb.SUGGEST, Verb.RESOLVE})


def head_lines(entry: Entry, histories: Sequence[AuthorHistory], *, zone: tzinfo) -> list[str]:
    """Return the head of a subject: title, name, hash, both lights, file, and who wrote it."""
    from blognet.actions.waiting import published_word, turn_of, what_of

    turn, _ = turn_of(entry)
    content = entry.standing.content
    authors = ", ".join(entry.authors) or "?"
    lines = [
        styled(bare(entry.title), BOLD),
        f"{entry.subject}@{content.short if content else '-'}  by {authors}",
        f"published: {published_word(entry)}  proposed: {what_of(entry)}  turn: {turn.value}",
    ]
    if entry.proposal:
        lines.append(f"file: {entry.proposal.bundle or entry.proposal.path}")
    return [*lines, *(history_line(history, zone=zone) for history in histories)]


def history_line(history: AuthorHistory, *, zone: tzinfo) -> str:
    """Return in a line what an author did here before."""
    name = bare(history.name)
    if history.is_new:
        declined = f", {history.declined} declined" if history.declined else ""
        return f"{name}: " + styled("first post", "33") + declined
    declined = f", {history.declined} declined" if history.declined else ""
    when = history.last_date.astimezone(zone).date().isoformat() if history.last_date else "?"
    return f"{name}: {history.live} live{declined}, last {when} '{cut(history.last_title, 40)}'"


def text_lines(
    network: Network, entry: Entry, version: Version, *, width: int, names_file: bool = True
) -> list[str]:
    """Return a version as its readers would get it, with what was found at its lines; the source when it has faults.

    Args:
        network: Where it lies.
        entry: Whose version it is.
        version: The version.
        width: Columns.
        names_file: Whether what was found names the file.
    """
    from blognet.actions.rendered import rendered

    version = without_secrets(version)
    found = rendered(network, entry, version)
    if found is None:
        return source_lines(version.text, entry.problems, width=width)
    lines = [styled(bare(line), DIM) for line in found.front]
    lines += _problem_lines(found.found.get(0, ()), width, names_file=names_file)
    for number, block in enumerate(found.blocks, start=1):
        lines += [] if block.is_close else [""]
        lines += laid_out(block, width)
        lines += _problem_lines(found.found.get(number, ()), width, names_file=names_file)
    return lines


def source_lines(text: str, problems: Iterable[Problem], *, width: int) -> list[str]:
    """Return a source as it is, with each fault below its line."""
    below: dict[int, list[Problem]] = {}
    text = masked(text)
    count = text.rstrip("\n").count("\n") + 1
    for problem in sorted(problems):
        below.setdefault(min(problem.location.line, count), []).append(problem)
    lines = _problem_lines(below.get(0, ()), width)
    for number, line in enumerate(text.rstrip("\n").split("\n"), start=1):
        lines.append(bare(line))
        lines += _problem_lines(below.get(number, ()), width)
    return lines


def attached_lines(changes: Iterable[AttachedChange]) -> list[str]:
    """Return the files beside a text, before and after, by size and digest."""
    lines: list[str] = []
    for each in changes:
        path = bare(each.path)
        if each.is_same and each.after:
            lines.append(styled(f"  same     {path} ({each.after.facts})", DIM))
        elif each.before and each.after:
            facts = f"({each.before.facts}) to ({each.after.facts})"
            lines.append(styled(f"  changed  {path} {facts}", "33"))
        elif each.after:
            lines.append(styled(f"  added    {path} ({each.after.facts})", "32"))
        elif each.before:
            lines.append(styled(f"  removed  {path} ({each.before.facts})", "31"))
    return lines


def with_findings(entry: Entry, findings: tuple[Finding, ...]) -> Entry:
    """Return an entry whose faults are joined by what the checks found, to be shown at the same lines."""
    if entry.proposal is None:
        return entry
    found = tuple(
        Problem(
            location=replace(finding.location, excerpt=masked(finding.location.excerpt)),
            code=finding.code,
            severity=finding.severity,
            message=f"{finding.check}: {finding.message}",
            hint=finding.hint,
        )
        for finding in findings
    )
    problems = tuple(sorted((*entry.problems, *found)))
    return replace(entry, proposal=replace(entry.proposal, problems=problems))


def open_note_lines(entry: Entry, text: str) -> list[str]:
    """Return the notes that wait, each with the place of its words in the text that is shown."""
    from blognet.actions.noting import notes_on
    from blognet.moderation.notes import waiting_notes

    return [
        line for note in waiting_notes(notes_on(entry)) for line in ("", *note_lines(note, text))
    ]


def thread_lines(remarks: Iterable[Remark], *, width: int) -> list[str]:
    """Return the events of a subject with their words, oldest first."""
    lines: list[str] = []
    for remark in remarks:
        event = remark.event
        is_note = event.verb in _ABOUT_NOTES
        about = event_extra(event, note=remark.note) if is_note else _kind_of(event)
        stage = f" for {event.stage}" if event.stage else ""
        head = styled(f"{iso(event.time)}  {event.actor}  {event.verb.value}{stage}", BOLD)
        lines += ["", head + about]
        if remark.words:
            lines += wrapped(remark.words.rstrip("\n"), width, indent="  ")
    return lines


def _kind_of(event: Event) -> str:
    kind = event.options.get("kind", "")
    return f" ({kind})" if kind else ""


def difference_lines(before: Version, after: Version, *, by_words: bool) -> list[str]:
    """Return what changed in a text: line by line, or word by word; that a masked key changed, in a sentence."""
    from blognet.actions.show import difference

    shown = without_secrets(before), without_secrets(after)
    if by_words:
        lines = list(_word_lines(*shown))
    else:
        lines = [
            styled(line, _LINE_COLOURS[line[0]]) if line[:1] in _LINE_COLOURS else line
            for line in map(bare, difference(*shown).lines)
        ]
    if not lines and before.text != after.text:
        return ["changed a key or token, which is masked here"]
    return lines


def without_secrets(version: Version) -> Version:
    """Return a version whose keys and tokens are masked, for every eye but the program's."""
    return replace(version, text=masked(version.text))


def _word_lines(before: Version, after: Version) -> Iterator[str]:
    found = changed_lines(word_difference(before.text, after.text))
    if not found:
        return
    yield styled(f"--- {bare(before.label)}", _LINE_COLOURS["-"])
    yield styled(f"+++ {bare(after.label)}", _LINE_COLOURS["+"])
    last = -1
    for number, pieces in found:
        if number > last + 1:
            yield styled(f"@@ line {number} @@", _LINE_COLOURS["@"])
        last = number
        yield "".join(_marked(piece.text, piece.change) for piece in pieces)


def _marked(text: str, change: Change) -> str:
    if change is Change.SAME:
        return bare(text)
    code, mark = _WORD_MARKS[change]
    return styled(mark % bare(text), code)


def _problem_lines(
    problems: Iterable[Problem], width: int, *, names_file: bool = True
) -> list[str]:
    lines = (problem_lines(one, error=False, room=width, names_file=names_file) for one in problems)
    return [line for each in lines for line in each]

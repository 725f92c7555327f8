"""Reading the record. Answers: is every part of its files sound, and what do they say? Reads no files itself.

A record is sound when each event is well formed, named after its bytes, in its subject's folder, of this network, by
someone who had the right, with every event, text and words that it speaks of. Anything else is a problem that names
the file and the way to mend it, and stops a build; nothing is skipped in silence. The layout is in docs/record.md.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.kernel.hashing import content_hash, sha256_hex
from blognet.kernel.ids import parse_subject
from blognet.kernel.problems import Location, Problem, Severity
from blognet.kernel.text import WORDS_QUOTE, unquote_lines
from blognet.moderation.approvals import empty_restorings
from blognet.moderation.erasing import erased_contents, erased_words, needed_assets
from blognet.moderation.event_json import Malformed, event_from_bytes, event_id, event_stem
from blognet.moderation.granting import doubts_about_carries, doubts_about_grants
from blognet.moderation.history import history_of
from blognet.moderation.kept_words import opened
from blognet.moderation.notes import note_faults
from blognet.moderation.record import (
    ROOT,
    ReadSubject,
    Record,
    SubjectRecord,
    asset_path,
    subject_folder,
)
from blognet.moderation.trusting import doubt_about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import EventId, Subject
    from blognet.moderation.events import Event
    from blognet.moderation.history import History
    from blognet.moderation.record import RecordFile
    from blognet.moderation.trusting import Doubt, Trust

_MEND_CHECKOUT = "mayor mend brings it back from git's history; else copy {path} from another clone"


def read_record(
    files: Iterable[RecordFile], *, asset_names: frozenset[str], trust: Trust
) -> Record:
    """Make a record of its files.

    Args:
        files: Everything under ``record/`` but the assets.
        asset_names: SHA-256 digests of the assets that lie there; their bytes are checked when they are read.
        trust: Whose events count.
    """
    read, homeless = read_subjects(files, asset_names=asset_names, trust=trust)
    subjects = {subject: one.decided for subject, one in read.items()}
    problems = [*homeless, *(problem for one in read.values() for problem in one.problems)]
    problems += grant_problems(subjects, trust)
    return Record(subjects=MappingProxyType(subjects), problems=tuple(sorted(problems)))


def read_subjects(
    files: Iterable[RecordFile], *, asset_names: frozenset[str], trust: Trust
) -> tuple[dict[Subject, ReadSubject], tuple[Problem, ...]]:
    """Read the folders of some subjects, each by itself.

    Returns:
        The subjects, sorted, and the faults of files in no subject's folder. What only shows in the whole record
        (`grant_problems`) is not among the faults.
    """
    folders: dict[str, list[RecordFile]] = {}
    for file in files:
        folders.setdefault(file.path.rpartition("/")[0], []).append(file)
    subjects: dict[Subject, ReadSubject] = {}
    homeless: list[Problem] = []
    for folder in sorted(folders):
        subject = parse_subject(folder.removeprefix(f"{ROOT}/"))
        if subject is None:
            homeless += [_homeless(file.path) for file in folders[folder]]
            continue
        reading = _Reading(
            subject=subject, files=folders[folder], asset_names=asset_names, trust=trust
        )
        decided = reading.read()
        subjects[subject] = ReadSubject(decided=decided, problems=tuple(reading.problems))
    return {subject: subjects[subject] for subject in sorted(subjects)}, tuple(homeless)


def grant_problems(subjects: Mapping[Subject, SubjectRecord], trust: Trust) -> tuple[Problem, ...]:
    """Return the faults of approvals under grants. Subjects without a word about grants may be left out."""
    histories = {subject: decided.history for subject, decided in subjects.items()}
    return tuple(
        _doubted(f"{subject_folder(subject)}/{subjects[subject].stems[ident]}.json", doubt)
        for subject, ident, doubt in doubts_about_grants(histories, trust)
    )


class _Reading:
    """Reads one subject's folder, collecting problems; lives for one call of `read_record`."""

    def __init__(
        self,
        *,
        subject: Subject,
        files: list[RecordFile],
        asset_names: frozenset[str],
        trust: Trust,
    ) -> None:
        self.problems: list[Problem] = []
        self._subject = subject
        self._files = {file.path.rpartition("/")[2]: file for file in files}
        self._asset_names = asset_names
        self._trust = trust
        self._erased_words: frozenset[EventId] = frozenset()
        self._erased_contents: frozenset[ContentHash] = frozenset()
        self._needed_assets: frozenset[str] = frozenset()

    def _excuse(self, history: History) -> None:
        """Note what purges of this subject cover: it may be missing, and nothing else may."""
        mayors = self._trust.mayors
        self._erased_words = erased_words(history, by=mayors)
        self._erased_contents = frozenset(erased_contents(history, by=mayors))
        self._needed_assets = needed_assets(history, by=mayors)

    def read(self) -> SubjectRecord:
        events = dict(self._events())
        stems = {ident: stem for ident, (stem, _) in events.items()}
        plain = {ident: event for ident, (_, event) in events.items()}
        history = history_of(self._subject, plain)
        self._excuse(history)
        kept = dict(self._words(plain, stems))
        plain |= {ident: event for ident, (event, _) in kept.items()}
        history = replace(history, events=tuple(plain[ident] for ident in history.ids))
        for ident, event in plain.items():
            self._check(
                event, path=f"{subject_folder(self._subject)}/{stems[ident]}.json", known=plain
            )
        for ident, doubt in doubts_about_carries(history):
            path = f"{subject_folder(self._subject)}/{stems[ident]}.json"
            self.problems.append(_doubted(path, doubt))
        for ident in empty_restorings(history):
            self._report(
                "BN313", f"{subject_folder(self._subject)}/{stems[ident]}.json",
                "this event restores bytes that no approval before it names",
                "remove it, and decide anew: mayor approve or mayor restore",
            )  # fmt: skip
        for ident, code, message, hint in note_faults(history, trust=self._trust):
            path = f"{subject_folder(self._subject)}/{stems[ident]}.json"
            self._report(code, path, message, hint)
        words = {ident: said for ident, (_, said) in kept.items()}
        texts = dict(self._texts(plain, stems))
        self._report_strays(stems, plain)
        return SubjectRecord(
            subject=self._subject,
            history=history,
            texts=MappingProxyType(texts),
            words=MappingProxyType(words),
            stems=MappingProxyType(stems),
        )

    def _events(self) -> Iterator[tuple[EventId, tuple[str, Event]]]:
        for name in sorted(self._files):
            stem, dot, ending = name.rpartition(".")
            if not dot or ending != "json":
                continue
            file = self._files[name]
            event = event_from_bytes(file.raw)
            if isinstance(event, Malformed):
                self._report_malformed(file.path, event)
            elif event_stem(event, file.raw) != stem:
                expected = event_stem(event, file.raw)
                self._report(
                    "BN303", file.path,
                    f"the event's name does not match its bytes, expected {expected}.json",
                    _MEND_CHECKOUT.format(path=file.path),
                )  # fmt: skip
            else:
                yield event_id(file.raw), (stem, event)

    def _report_malformed(self, path: str, found: Malformed) -> None:
        if found.newer:
            self._report(
                "BN302", path, f"this event was written by a newer blognet: {found.reason}",
                f"install blognet {found.newer}.0 or newer: pip install --upgrade 'blognet>={found.newer}'",
            )  # fmt: skip
        else:
            self._report(
                "BN301", path, f"this file is not an event: {found.reason}",
                _MEND_CHECKOUT.format(path=path),
            )  # fmt: skip

    def _check(self, event: Event, *, path: str, known: Mapping[EventId, Event]) -> None:
        if event.network != self._trust.network or event.subject != self._subject:
            self._report(
                "BN304", path,
                f"this event belongs to {event.subject} of the network '{event.network}', not here",
                f"move it away; this network's id in blognet.yml is '{self._trust.network}'",
            )  # fmt: skip
        if doubt := doubt_about(event, self._trust):
            self.problems.append(_doubted(path, doubt))
        missing = [prev for prev in event.prev if prev not in known]
        for prev in missing:
            self._report(
                "BN306", path,
                f"an earlier event of this subject is missing: {prev[:8]}",
                "it lies on another branch or was deleted: merge that branch, or try mayor mend",
            )  # fmt: skip
        if event.is_for_readers and (event.content is None or event.facts is None):
            self._report(
                "BN301", path, "this approval names no content or fixes no facts",
                _MEND_CHECKOUT.format(path=path),
            )  # fmt: skip
        if event.is_for_readers:
            for entry in event.assets:
                excused = event.content in self._erased_contents
                excused = excused and entry.sha256 not in self._needed_assets
                if entry.sha256 not in self._asset_names and not excused:
                    self._report(
                        "BN309", asset_path(entry.sha256),
                        f"the approved copy of '{entry.path}' of {self._subject} is missing",
                        _MEND_CHECKOUT.format(path=asset_path(entry.sha256)),
                    )  # fmt: skip

    def _words(
        self, events: Mapping[EventId, Event], stems: Mapping[EventId, str]
    ) -> Iterator[tuple[EventId, tuple[Event, str]]]:
        for ident, event in events.items():
            if not event.words:
                continue
            path = f"{subject_folder(self._subject)}/{stems[ident]}.md"
            if ident in self._erased_words:
                self._report_leftover(path)
                continue
            name = path.rpartition("/")[2]
            text = self._quoted(name, mark=WORDS_QUOTE)
            is_right = text is not None and sha256_hex(text.encode("utf-8")) == event.words
            whole = opened(event, text) if is_right and text is not None else None
            if whole is None:
                state = "are missing" if name not in self._files else "were changed"
                if is_right:
                    state = "are not those that it names as kept beside it"
                message = f"the words of an event {state}"
                self._report("BN310", path, message, _MEND_CHECKOUT.format(path=path))
                continue
            yield ident, whole

    def _texts(
        self, events: Mapping[EventId, Event], stems: Mapping[EventId, str]
    ) -> Iterator[tuple[ContentHash, str]]:
        done: set[ContentHash] = set()
        for ident, event in events.items():
            if not event.is_for_readers or event.content is None or event.content in done:
                continue
            done.add(event.content)
            name = f"{event.content.file_stem}.txt"
            path = f"{subject_folder(self._subject)}/{name}"
            if event.content in self._erased_contents:
                self._report_leftover(path)
                continue
            text = self._quoted(name)
            if text is None and name not in self._files:
                message = f"the approved text of {stems[ident]} is missing"
                self._report("BN307", path, message, _MEND_CHECKOUT.format(path=path))
            elif text is None or self._hash_of(event, text) != event.content:
                message = f"the approved text is not the one that {stems[ident]} approved"
                self._report("BN308", path, message, _MEND_CHECKOUT.format(path=path))
            else:
                yield event.content, text

    def _hash_of(self, event: Event, text: str) -> ContentHash:
        return content_hash(
            event.subject, path_facts=event.path_facts, text=text, assets=event.assets
        )

    def _quoted(self, name: str, *, mark: str = "| ") -> str | None:
        file = self._files.get(name)
        if file is None:
            return None
        try:
            return unquote_lines(file.raw.decode("utf-8"), mark=mark)
        except UnicodeDecodeError:
            return None

    def _report_strays(self, stems: Mapping[EventId, str], events: Mapping[EventId, Event]) -> None:
        expected = {f"{stem}.json" for stem in stems.values()}
        expected |= {f"{stems[ident]}.md" for ident, event in events.items() if event.words}
        expected |= {f"{event.content.file_stem}.txt" for event in events.values() if event.content}
        for name, file in sorted(self._files.items()):
            # A broken event is reported as such; its words would only repeat it.
            broken = name.endswith(".json") or f"{name.removesuffix('.md')}.json" in self._files
            if name not in expected and not broken:
                self.problems.append(_stray(file.path))

    def _report_leftover(self, path: str) -> None:
        if path.rpartition("/")[2] not in self._files:
            return
        self.problems.append(
            Problem(
                location=Location(path=path),
                code="BN345",
                severity=Severity.WARNING,
                message="this was purged, and is here again",
                hint="mayor mend removes it",
            )
        )

    def _report(self, code: str, path: str, message: str, hint: str) -> None:
        self.problems.append(
            Problem(location=Location(path=path), code=code, message=message, hint=hint)
        )


def _doubted(path: str, doubt: Doubt) -> Problem:
    hint = doubt.hint.format(path=path)
    return Problem(location=Location(path=path), code=doubt.code, message=doubt.message, hint=hint)


def _homeless(path: str) -> Problem:
    """Return the problem of a file in no subject's folder; an event there would be passed over, so it is an error."""
    if not path.endswith(".json"):
        return _stray(path)
    return Problem(
        location=Location(path=path),
        code="BN304",
        message="an event lies here, in a folder of no subject",
        hint="move it back to where it was: git log --follow shows that",
    )


def _stray(path: str) -> Problem:
    return Problem(
        location=Location(path=path),
        code="BN311",
        severity=Severity.WARNING,
        message="this file does not belong to the record",
        hint="nothing reads it; mayor mend moves it aside",
    )

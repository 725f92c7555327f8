"""A network that several people change at once: real folders, real git, the real commands, and what must always hold.

The simulation keeps two books of its own, filled by looking at the disk and never at the record: which bytes somebody
approved for which subject, and which bytes a decision wrote at which path of the record. Everything that is checked is
checked against these. What people do is in `git_edits`, what they do with git in `git_joins`.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from blognet.actions.build import build
from blognet.actions.decide import Request, decide_all
from blognet.actions.network import is_sound, load_network
from blognet.actions.published import published_from
from blognet.actions.submit import submit
from blognet.actions.tidy import tidy
from blognet.actions.waiting import approvable_at_once, waiting
from blognet.disk.record import read_asset_copy
from blognet.kernel.errors import BlognetError, FaultsError
from blognet.kernel.ids import AuthorId, Kind
from blognet.kernel.times import iso
from blognet.moderation.events import Verb
from blognet.moderation.featuring import places_of
from blognet.moderation.standing import Live, Proposed, Retracted
from blognet.site import LivePost
from tests.property.git_clone import Clone
from tests.property.git_contents import (
    MAYORS,
    Bytes,
    bytes_on_disk,
    check_commit,
    check_kept,
    contents,
    contents_below,
    first_files,
    record_files,
)
from tests.property.git_edits import NAMES, Desk, Tokens, tokens_in
from tests.property.git_joins import join
from tests.property.git_oracle import raw_record
from tests.property.git_rules import why_not_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from blognet.actions.decide import Outcome
    from blognet.actions.network import Entry, Network
    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import Subject
    from blognet.site import LiveAuthor, Published
    from tests.property.git_oracle import RawRecord

PEOPLE = (("ann", False), ("bea", True), ("cat", False))
VERBS = (
    *[Verb.APPROVE] * 10, *[Verb.RETRACT] * 2, *[Verb.RETURN] * 2, *[Verb.HOLD] * 2,
    *[Verb.DECLINE] * 2, Verb.RELEASE, Verb.RELEASE, Verb.RESTORE, Verb.RESTORE, Verb.COMMENT,
    Verb.FORCE, Verb.CORRECT, Verb.FEATURE,
)  # fmt: skip
_NOTHING = Bytes(text="", assets={})


@dataclass(slots=True, kw_only=True)
class Simulation:
    """The clones of one network, and the two books."""

    folder: Path
    clones: list[Clone] = field(default_factory=list)
    tokens: Tokens = field(default_factory=Tokens)
    now: datetime = datetime(2026, 3, 1, 20, tzinfo=UTC)
    approved: dict[tuple[Subject, ContentHash], Bytes] = field(default_factory=dict)
    written: dict[str, bytes] = field(default_factory=dict)
    environment: pytest.MonkeyPatch = field(default_factory=pytest.MonkeyPatch)

    def begin(self) -> None:
        """Make the first clone with a few posts, most of them approved, and the others from it."""
        # Nobody pulls the plug here; waiting for the disk would take most of the time.
        self.environment.setattr(os, "fsync", lambda _opened: None)
        root = self.folder / PEOPLE[0][0]
        first_files(root, self.tokens)
        first = Clone(root=root, person=PEOPLE[0][0])
        self.sit_down(first)
        first.begin()
        desk = self.desk(first, _always_the_same())
        for name in NAMES:
            desk.begin_post(name)
        for mayor in MAYORS:
            self._approve_all(first, mayor)
        first.commit("the first posts")
        self.clones.append(first)
        for person, converts in PEOPLE[1:]:
            self.clones.append(
                first.copy_to(self.folder / person, person=person, converts=converts)
            )

    def end(self) -> None:
        """Remove everything."""
        self.environment.undo()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sit_down(self, clone: Clone) -> None:
        """Let time pass, and be the person of this clone: commits are theirs and come at a time of ours."""
        self.now += timedelta(minutes=20)
        for role in ("AUTHOR", "COMMITTER"):
            self.environment.setenv(f"GIT_{role}_DATE", f"{self.now:%Y-%m-%dT%H:%M:%SZ}")
            self.environment.setenv(f"GIT_{role}_EMAIL", f"{clone.person}@clocks.example")

    def commit_as(self, clone: Clone, person: str) -> None:
        """Commit everything as somebody else, as if it came from there."""
        with self.environment.context() as patch:
            for role in ("AUTHOR", "COMMITTER"):
                patch.setenv(f"GIT_{role}_EMAIL", f"{person}@clocks.example")
            clone.commit(f"from {person}")

    def edit(self, clone: Clone, chance: Random) -> str:
        """Let somebody work on the files, and perhaps commit."""
        done = self.desk(clone, chance).do_something()
        if chance.random() < 0.5:
            clone.commit(done)
        return done

    def decide(self, clone: Clone, chance: Random, *, unfinished: bool = False) -> str:
        """Let a mayor decide on one subject or on several; say what came of it."""
        network = load_network(clone.root, now=self.now)
        verb = self.verb(network, VERBS, chance)
        requests = self.requests(network, verb, chance)
        seen = bytes_on_disk(network, requests)
        if seen and not unfinished and chance.random() < 0.2:
            behind_their_back = network.entries[chance.choice(sorted(seen))[0]].proposal
            assert behind_their_back is not None
            self.desk(clone, chance).touch(clone.root / behind_their_back.path)
        actor = chance.choice(MAYORS)
        return self.say(
            clone, requests, actor=actor, chance=chance, seen=seen, unfinished=unfinished
        )

    def say(
        self,
        clone: Clone,
        requests: tuple[Request, ...],
        *,
        actor: str,
        chance: Random,
        seen: Mapping[tuple[Subject, ContentHash], Bytes],
        unfinished: bool = False,
    ) -> str:
        """Let somebody say something about subjects, whether they may or not; say what came of it."""
        before, record = contents(clone), record_files(clone)
        known = raw_record(clone.root)
        commit = chance.random() < 0.5
        try:
            outcome = decide_all(
                clone.root, requests, actor=AuthorId(actor), now=self.now,
                leave_out_refused=chance.random() < 0.7, commit=commit,
            )  # fmt: skip
        except BlognetError as error:
            assert record_files(clone) == record, "a refused decision wrote to the record"
            assert contents(clone) == before, "a refused decision changed an author's file"
            return f"{actor}: {error.message}"
        if commit and not unfinished:
            check_commit(clone, outcome)
        self.book(clone, outcome, seen, known=known)
        check_kept(clone, before)
        verbs = ", ".join(f"{one.event.verb.value} {one.event.subject}" for one in outcome.decided)
        return f"{actor}: {verbs}"

    def cross(self, clone: Clone, other: Clone, chance: Random) -> str:
        """Let mayors approve and put away what somebody else changes at the same time; then bring both together.

        This is where git would see a rename from an author's file to a copy in the record, if the copies let it.
        """
        self._join(other, clone, "merge", chance)
        self.sit_down(clone)
        for mayor in MAYORS:
            self._approve_all(clone, mayor)
        for _ in range(chance.randint(0, 3)):
            self.desk(clone, chance).put_away()
        clone.commit("approve and put away")
        self.sit_down(other)
        for _ in range(chance.randint(1, 4)):
            self.desk(other, chance).change()
        other.commit("change")
        how = chance.choice(("merge", "merge", "squash", "rebase", "pick"))
        if chance.random() < 0.5:
            clone, other = other, clone
        return self._join(clone, other, how, chance)

    def _join(self, clone: Clone, other: Clone, how: str, chance: Random) -> str:
        self.sit_down(clone)
        clone.fetch(other)
        done = join(clone, chance, how, branch=f"{other.person}/{other.current()}")
        self.check(clone)
        return done

    def tidy(self, clone: Clone, chance: Random) -> str:
        """Move what was approved, as the command does, perhaps after some revisions were approved in the queue."""
        if chance.random() < 0.7:
            for _ in range(3):
                self.desk(clone, chance).revise()
            for mayor in MAYORS:
                self._approve_all(clone, mayor, commit=chance.random() < 0.5)
        before = contents(clone)
        done = tidy(clone.root, now=self.now, commit=chance.random() < 0.5)
        check_kept(clone, before)
        return f"tidy {len(done.moved)}"

    def submit(self, clone: Clone) -> str:
        """Hand every draft over, as its author does; nothing but the line that makes it one may go."""
        network = load_network(clone.root, now=self.now)
        drafts = [e for e in network.entries.values() if e.standing.proposed is Proposed.DRAFT]
        before = contents(clone)
        handed = [
            one
            for entry in drafts
            for one in submit(
                clone.root,
                (str(entry.subject),),
                actor=entry.authors[0],
                now=self.now,
                here=clone.root,
            )
            if one.handed
        ]
        self.book_files(clone, tuple(path for one in handed for path in one.paths))
        after = dict(contents(clone))
        for path in (one.path for one in handed):
            assert after[path] == re.sub(rb"draft: true\r?\n", b"", before[path], count=1)
            after[path] = before[path]
        assert after == before, "submit changed other files"
        return f"submit {len(handed)}"

    def build(self, clone: Clone) -> str:
        """Build the site and read every byte of it; or, when the record is not sound, see that nothing is built."""
        site = clone.root / "site"
        network = load_network(clone.root, now=self.now)
        if not is_sound(network.record):
            before = contents_below(site)
            with pytest.raises(FaultsError):
                build(clone.root, now=self.now)
            assert contents_below(site) == before, "a build that was refused changed the site"
            return "refused"
        build(clone.root, now=self.now)
        published = published_from(network.record, rules=network.rules, now=self.now)
        allowed = self._tokens_of(published)
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            strange = tokens_in(path.read_bytes()) - allowed
            assert not strange, f"{path.relative_to(site)} shows what nobody approved: {strange}"
        for post in published.posts:
            page = (site / post.url.lstrip("/") / "index.html").read_bytes()
            expected = tokens_in(post.post.body.encode("utf-8"))
            assert expected <= tokens_in(page), f"{post.url} does not show what was approved"
        return f"{len(published.posts)} posts"

    def check(self, clone: Clone) -> None:
        """Check the record of a clone against the books, and what it publishes."""
        for path, raw in record_files(clone).items():
            assert self.written.get(path) == raw, f"{path} is not what a decision wrote there"
        network, said = load_network(clone.root, now=self.now), raw_record(clone.root)
        if not is_sound(network.record):
            return
        assert not said.faults(), f"nobody says: {said.faults()}"
        published = published_from(network.record, rules=network.rules, now=self.now)
        for live in _live_in(published):
            subject = _subject_of(live)
            why = said.why_not_live(str(subject), str(live.hash), now=iso(self.now))
            assert not why, f"{subject} is live, but {why}"
            bytes_ = self.approved[subject, live.hash]
            kept = {entry.path: read_asset_copy(clone.root, entry.sha256) for entry in live.assets}
            text = network.record.of(subject).texts[live.hash]
            assert text == bytes_.text, f"{subject} is live with a text that nobody approved"
            assert kept == bytes_.assets, f"{subject} is live with files that nobody approved"

    def _approve_all(self, clone: Clone, mayor: str, *, commit: bool = False) -> None:
        network = load_network(clone.root, now=self.now)
        if not is_sound(network.record):
            return
        requests = tuple(
            self.request(one.entry, Verb.APPROVE, _always_the_same())
            for one in approvable_at_once(waiting(network))
        )
        seen, before = bytes_on_disk(network, requests), contents(clone)
        known = raw_record(clone.root)
        outcome = decide_all(
            clone.root, requests, actor=AuthorId(mayor), now=self.now, leave_out_refused=True,
            commit=commit,
        )  # fmt: skip
        if commit:
            check_commit(clone, outcome)
        self.book(clone, outcome, seen, known=known)
        check_kept(clone, before)

    def _tokens_of(self, published: Published) -> frozenset[str]:
        """Return the tokens that may be on the site: of what is live, and of what mayors say there themselves."""
        live = [self.approved[_subject_of(one), one.hash].tokens for one in _live_in(published)]
        tokens: frozenset[str] = frozenset().union(*live)
        corrected = (*published.posts, *published.pages)
        said = [note.words for one in corrected for note in one.corrections]
        said += (one.words for one in published.tombstones)
        return tokens.union(*(tokens_in(words.encode("utf-8")) for words in said))

    def desk(self, clone: Clone, chance: Random) -> Desk:
        """Return somebody's hands at the files of a clone."""
        return Desk(root=clone.root, tokens=self.tokens, chance=chance, now=self.now)

    def verb(self, network: Network, verbs: tuple[Verb, ...], chance: Random) -> Verb:
        """Choose what somebody wants to say; what was taken down is often brought back."""
        retracted = (
            isinstance(entry.standing.published, Retracted) for entry in network.entries.values()
        )
        return Verb.RESTORE if any(retracted) and chance.random() < 0.25 else chance.choice(verbs)

    def requests(self, network: Network, verb: Verb, chance: Random) -> tuple[Request, ...]:
        """Return what somebody wants to say about one subject or several, mostly where it makes sense."""
        subjects = [entry.subject for entry in network.entries.values()]
        if verb is Verb.APPROVE and chance.random() < 0.5:
            subjects = [one.entry.subject for one in approvable_at_once(waiting(network))]
        elif chance.random() < 0.85:
            sensible = [s for s in subjects if _makes_sense(verb, network.entries[s])]
            subjects = sensible or subjects
        number = min(len(subjects), chance.choice((1, 1, 2, 20)))
        chosen = [network.entries[subject] for subject in chance.sample(subjects, number)]
        return tuple(self.request(entry, verb, chance) for entry in chosen)

    def request(self, entry: Entry, verb: Verb, chance: Random) -> Request:
        """Return what somebody wants to say about what lies on disk."""
        options = {}
        if verb is Verb.HOLD and chance.random() < 0.5:
            options["until"] = f"{self.now + timedelta(hours=9):%Y-%m-%dT%H:%M:%SZ}"
        if verb is Verb.RETRACT and chance.random() < 0.3:
            options["quiet"] = "yes"
        if verb is Verb.APPROVE and chance.random() < 0.5:
            options["takeover"] = "yes"
        words = "" if verb is Verb.APPROVE else f"The reason is {self.tokens.new()}."
        expected = entry.proposal.hash if entry.proposal else None
        return Request(
            subject=entry.subject, verb=verb, words=words, expected=expected, options=options
        )

    def book(
        self,
        clone: Clone,
        outcome: Outcome,
        seen: Mapping[tuple[Subject, ContentHash], Bytes],
        *,
        known: RawRecord,
    ) -> None:
        """Note what was decided, having checked that whoever did had a right to it, by all that was `known`."""
        self.book_files(clone, outcome.paths)
        for one in outcome.decided:
            event = one.event
            why = why_not_allowed(event, known, approved=self.approved, seen=seen)
            assert not why, f"{event.actor} said {event.verb.value} on {event.subject}: {why}"
            if event.is_for_readers and event.content is not None:
                key = (event.subject, event.content)
                assert key in seen or key in self.approved, f"{key[0]}: nobody had seen the bytes"
                self.approved.setdefault(key, seen.get(key, self.approved.get(key, _NOTHING)))

    def book_files(self, clone: Clone, paths: Iterable[str]) -> None:
        """Note what was written into the record; nothing there is ever written twice."""
        for path in paths:
            if path.startswith("record/"):
                raw = (clone.root / path).read_bytes()
                assert self.written.setdefault(path, raw) == raw, f"{path} was written over"


def _always_the_same() -> Random:
    return Random(0)  # noqa: S311  a simulation, no secret


def _makes_sense(verb: Verb, entry: Entry) -> bool:
    """Whether a mayor would think of this verb."""
    proposed, published = entry.standing.proposed, entry.standing.published
    match verb:
        case Verb.FEATURE:
            is_new = "" not in places_of(entry.decided.history)
            return entry.subject.kind is Kind.POST and isinstance(published, Live) and is_new
        case Verb.RETRACT | Verb.CORRECT:
            return isinstance(published, Live)
        case Verb.RESTORE:
            return isinstance(published, Retracted)
        case Verb.RELEASE:
            return proposed in {Proposed.HELD, Proposed.CONTESTED}
        case _:
            return proposed not in {Proposed.NONE, Proposed.DRAFT}


def _live_in(published: Published) -> tuple[LivePost | LiveAuthor, ...]:
    return (*published.posts, *published.pages, *published.authors)


def _subject_of(live: LivePost | LiveAuthor) -> Subject:
    return live.subject if isinstance(live, LivePost) else live.author.subject

"""What a record says, read by a second, simpler program: raw JSON, no table of verbs, no fold, nothing of ours.

It answers three questions in its own words: is something wrong that must be reported, may this person say this here,
and is there a reason why these bytes must not be live? The program under test may know more reasons, never fewer.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.property.git_contents import DEPUTY, MAYORS, REVIEWERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FREE = {"comment", "suggest", "submit", "recall", "resolve"}
FOR_DEPUTIES = {"approve", "return", "decline", "hold", "release", "retract", "restore"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An event: who said what about which bytes, knowing of which other events."""

    ident: str
    folder: str
    path: str
    verb: str
    actor: str
    time: str
    prev: tuple[str, ...] = ()
    content: str = ""
    stage: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    publish: str = ""
    is_clean: bool = True

    @property
    def is_yes(self) -> bool:
        """Whether it says yes for readers."""
        return self.verb == "force" or (self.verb == "approve" and not self.stage)

    @property
    def is_granted(self) -> bool:
        """Whether it is an author's yes to own work, under a grant."""
        return self.verb == "approve" and not self.stage and "grant" in self.options


@dataclass(slots=True)
class RawRecord:
    """Every event of a record by its folder and its id."""

    folders: Mapping[str, Mapping[str, Said]]
    _seen: dict[str, frozenset[str]] = field(default_factory=dict)

    def every(self) -> Iterator[Said]:
        """Walk all events."""
        for events in self.folders.values():
            yield from events.values()

    def of(self, folder: str) -> Mapping[str, Said]:
        """Return the events of a subject, ``post/clock``."""
        return self.folders.get(folder, {})

    def seen_by(self, one: Said) -> frozenset[str]:
        """Return what somebody knew who said this, directly or through others."""
        if one.ident not in self._seen:
            events, found, left = self.of(one.folder), set[str](), [*one.prev]
            while left:
                ident = left.pop()
                if ident not in found:
                    found.add(ident)
                    left += events[ident].prev if ident in events else ()
            self._seen[one.ident] = frozenset(found)
        return self._seen[one.ident]

    def heads(self, folder: str) -> tuple[str, ...]:
        """Return the events of a subject that no other names."""
        known = self.of(folder)
        return tuple(sorted(known.keys() - {p for one in known.values() for p in one.prev}))

    def faults(self) -> list[str]:
        """Return what must be reported and must keep the site from being built."""
        found = []
        for one in self.every():
            found += [f"{one.path} misses {p}" for p in one.prev if p not in self.of(one.folder)]
            if why := self._no_right(one):
                found.append(f"{one.path}: {one.actor} {why}")
        return found

    def grants_of(self, author: str) -> list[Said]:
        """Return what mayors gave to an author."""
        events = self.of(f"profile/{author}").values()
        return [one for one in events if one.verb == "grant" and one.actor in MAYORS]

    def is_open(self, grant: Said, *, author: str, now: str) -> bool:
        """Whether an author may use a grant once more, for all that this record knows."""
        mine = any(grant.ident == one.ident for one in self.grants_of(author))
        left = len(self._uses(grant)) < int(grant.options["posts"])
        return mine and left and now <= grant.options["until"] and not self._ends(grant)

    def why_not_live(self, folder: str, content: str, *, now: str) -> str:
        """Return why readers must not see these bytes of a subject; "" when nothing speaks against it."""
        events = self.of(folder).values()
        times = [one.publish for one in events if one.is_yes and one.content == content]
        if not times:
            return "nobody said yes to it"
        if min(times) > now:
            return "its time has not come"
        lifting = [one for one in events if one.is_yes or one.verb == "restore"]
        known = frozenset[str]().union(*(self.seen_by(one) for one in lifting))
        if any(one.verb == "retract" and one.ident not in known for one in events):
            return "it was taken down, and nobody who knew of that brought it back"
        return ""

    def _no_right(self, one: Said) -> str:
        """Return why an event must not count; "" when it may."""
        if one.actor in MAYORS or one.verb in FREE:
            return ""
        if one.verb == "approve" and one.stage:
            return "" if one.actor in REVIEWERS.get(one.stage, ()) else "is no reviewer of it"
        if one.is_granted:
            return self._beyond_grant(one)
        if one.verb == "return" and any(one.actor in some for some in REVIEWERS.values()):
            return ""
        if one.actor == DEPUTY and one.options.get("deputy") and one.verb in FOR_DEPUTIES:
            return ""
        return "has no right to it"

    def _beyond_grant(self, one: Said) -> str:
        named = [g for g in self.grants_of(one.actor) if g.ident == one.options["grant"]]
        if not named:
            return "names no grant of theirs"
        if not one.is_clean or one.authors != (one.actor,) or not one.folder.startswith("post/"):
            return "uses a grant for what no grant is for"
        grant = named[0]
        ended = one.time > min([grant.options["until"], *self._ends(grant)])
        ended = ended or one.time in self._ends(grant)
        last = self._uses(grant)[: int(grant.options["posts"])]
        if (ended or one.ident not in last) and not self._was_looked_at(one):
            return "uses a grant that is over"
        return ""

    def _ends(self, grant: Said) -> list[str]:
        events = self.of(grant.folder).values()
        return [e.time for e in events if e.verb == "revoke" and grant.ident in self.seen_by(e)]

    def _uses(self, grant: Said) -> list[str]:
        uses = [e for e in self.every() if e.is_granted and e.options["grant"] == grant.ident]
        return [one.ident for one in sorted(uses, key=lambda one: (one.time, one.ident))]

    def _was_looked_at(self, one: Said) -> bool:
        return any(
            (other.is_yes or other.verb == "retract") and one.ident in self.seen_by(other)
            for other in self.of(one.folder).values()
            if other.actor in MAYORS
        )


def raw_record(root: Path) -> RawRecord:
    """Read the record of a working copy."""
    folders: dict[str, dict[str, Said]] = {}
    for path in sorted((root / "record").glob("*/*/*.json")):
        folder = path.parent.relative_to(root / "record").as_posix()
        one = _said(path.read_bytes(), folder=folder, path=path.relative_to(root).as_posix())
        folders.setdefault(folder, {})[one.ident] = one
    return RawRecord(folders)


def _said(raw: bytes, *, folder: str, path: str) -> Said:
    values = json.loads(raw)
    facts = values.get("facts", {})
    options = values.get("options", {})
    return Said(
        ident=hashlib.sha256(raw).hexdigest(),
        folder=folder,
        path=path,
        verb=values["verb"],
        actor=values["actor"],
        time=values["time"],
        prev=tuple(values["prev"]),
        content=values.get("content", ""),
        stage=values.get("stage", ""),
        options=options,
        authors=tuple(facts.get("authors", ())),
        publish=facts.get("publish", ""),
        is_clean=not (
            values.get("findings")
            or values.get("waivers")
            or {"takeover", "carried_from"} & options.keys()
        ),
    )

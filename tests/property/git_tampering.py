"""What somebody may do to the files of a record by hand, and that it never goes unnoticed.

Everything here is undone at the end: one copy is changed, looked at, and put back.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from blognet.kernel.hashing import parse_content_hash
from blognet.kernel.ids import AuthorId, EventId
from blognet.moderation.event_json import Malformed, event_from_bytes, event_to_bytes
from blognet.moderation.events import Verb
from blognet.moderation.record import event_path
from tests.property.git_contents import DEPUTY, STRANGER, WRITER
from tests.property.git_oracle import raw_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from random import Random

    from blognet.moderation.events import Event
    from tests.property.git_oracle import RawRecord, Said

NEVER = "f" * 64


@contextmanager
def tampered(root: Path, chance: Random, *, now: datetime) -> Iterator[str]:
    """Change one thing in the record, and put it back at the end; yields what was done, or "" for nothing."""
    raw = raw_record(root)
    changes = _changes(root, raw, chance, now=now)
    done = chance.choice(sorted(changes)) if changes else ""
    path, content = changes[done]() if done else (root, None)
    before = path.read_bytes() if path.is_file() else None
    if content is not None:
        path.write_bytes(content)
    elif done:
        path.unlink()
    try:
        yield done
    finally:
        if before is not None:
            path.write_bytes(before)
        elif done:
            path.unlink()


def _changes(
    root: Path, raw: RawRecord, chance: Random, *, now: datetime
) -> Mapping[str, Callable[[], tuple[Path, bytes | None]]]:
    """Return the ways that there are here, each giving a path and its new bytes, None to remove it."""
    yes = sorted((one for one in raw.every() if one.is_yes), key=lambda one: one.path)
    named = {prev for one in raw.every() for prev in one.prev}
    earlier = sorted(root / one.path for one in raw.every() if one.ident in named)
    texts = sorted((root / "record").glob("*/*/*.txt"))
    words = sorted((root / "record").glob("*/*/*.md"))
    ended = [
        grant
        for grant in raw.grants_of(WRITER)
        if not raw.is_open(grant, author=WRITER, now=f"{now:%Y-%m-%dT%H:%M:%SZ}")
    ]
    found: dict[str, Callable[[], tuple[Path, bytes | None]]] = {}
    if texts:
        found["change an approved text"] = lambda: _appended(chance.choice(texts), b"| More.\n")
        found["remove an approved text"] = lambda: (chance.choice(texts), None)
    if words:
        found["change words"] = lambda: _appended(chance.choice(words), b"> More.\n")
    if earlier:
        found["remove an earlier event"] = lambda: (chance.choice(earlier), None)
        found["change an event"] = lambda: _appended(chance.choice(earlier), b"\n")
    if yes:
        base = chance.choice(yes)
        for name, forge in _forgeries().items():
            found[name] = partial(_forged, root, raw, base, forge, now=now)
    own = [one for one in yes if one.authors == (WRITER,)]
    for grant in ended if own else ():
        used = partial(_under, grant=grant.ident)
        found["use a grant that is over"] = partial(
            _forged, root, raw, chance.choice(own), used, now=now
        )
    return found


def _under(event: Event, *, grant: str) -> Event:
    return replace(event, actor=AuthorId(WRITER), options={"grant": grant})


def _forgeries() -> Mapping[str, Callable[[Event], Event]]:
    """Return what somebody could write into an event without having the right to it."""
    cat, dan, eve = AuthorId(WRITER), AuthorId(DEPUTY), AuthorId(STRANGER)
    nothing = parse_content_hash(f"sha256:{NEVER}")
    carried = {"carried_from": f"sha256:{NEVER}", "rule": "typo"}
    return {
        "approve without a right": lambda e: replace(e, actor=cat, options={}),
        "approve as a deputy without a reason": lambda e: replace(e, actor=dan, options={}),
        "approve under no grant": lambda e: replace(e, actor=cat, options={"grant": NEVER}),
        "approve for another's stage": lambda e: replace(e, actor=eve, stage="looks", facts=None),
        "decline without a right": lambda e: replace(e, actor=cat, verb=Verb.DECLINE, facts=None),
        "carry over what nobody approved": lambda e: replace(e, options=carried),
        "restore what nobody approved": lambda e: replace(
            e, verb=Verb.RESTORE, content=nothing, facts=None
        ),
        "say it in another network": lambda e: replace(e, network="bells"),
        "know of what is not there": lambda e: replace(e, prev=(EventId(NEVER),)),
    }


def _appended(path: Path, more: bytes) -> tuple[Path, bytes]:
    return path, path.read_bytes() + more


def _forged(
    root: Path, raw: RawRecord, base: Said, forge: Callable[[Event], Event], *, now: datetime
) -> tuple[Path, bytes]:
    """Return an event like another one, under its right name, but for what somebody had no right to."""
    event = event_from_bytes((root / base.path).read_bytes())
    assert not isinstance(event, Malformed)
    heads = tuple(EventId(head) for head in raw.heads(base.folder))
    forged = forge(replace(event, time=now, prev=heads, words="", verb=Verb.APPROVE))
    content = event_to_bytes(forged)
    return root / event_path(forged, content), content

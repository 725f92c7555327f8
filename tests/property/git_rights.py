"""What people do who are no mayors, and what mayors do beside approving: stages, deputies, carries, grants.

Often they have no right to it here and now; then it must be refused. What must hold is in `git_rules` and `git_oracle`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from blognet.actions.build import build
from blognet.actions.decide import Request
from blognet.actions.granted import approve_under_grant
from blognet.actions.network import is_sound, load_network
from blognet.actions.submit import submit
from blognet.actions.versions import carriable
from blognet.kernel.errors import BlognetError, FaultsError
from blognet.kernel.ids import AuthorId, Kind, Subject, parse_subject
from blognet.kernel.problems import errors_in
from blognet.kernel.times import iso
from blognet.moderation.events import Verb
from blognet.moderation.granting import MENDED_BY_A_LOOK
from blognet.moderation.standing import Live, Proposed
from tests.property.git_contents import (
    DEPUTY,
    MAYORS,
    REVIEWERS,
    WRITER,
    bytes_on_disk,
    contents_below,
)
from tests.property.git_oracle import raw_record
from tests.property.git_tampering import tampered

if TYPE_CHECKING:
    from random import Random

    from blognet.actions.network import Network
    from tests.property.git_clone import Clone
    from tests.property.git_network import Simulation

GRANTEES = (WRITER, DEPUTY)
_DEPUTIES_SAY = (
    *[Verb.APPROVE] * 3, *[Verb.RETRACT] * 2, *[Verb.RESTORE] * 2, Verb.RETURN, Verb.DECLINE, Verb.HOLD,
)  # fmt: skip


def review(simulation: Simulation, clone: Clone, chance: Random) -> str:
    """Let reviewers say yes for their stages to everything, or one of them send something back."""
    done = []
    everybody = [(stage, one) for stage, some in REVIEWERS.items() for one in some]
    for stage, actor in chance.sample(everybody, 3):
        network = load_network(clone.root, now=simulation.now)
        waits = [
            one for one in network.entries.values() if one.standing.proposed is Proposed.QUEUED
        ]
        verb = Verb.RETURN if chance.random() < 0.1 else Verb.APPROVE
        requests = tuple(
            Request(
                subject=one.subject,
                verb=verb,
                words="" if verb is Verb.APPROVE else f"Why {simulation.tokens.new()}?",
                expected=one.standing.content,
                stage=stage if verb is Verb.APPROVE else "",
            )
            for one in (waits if verb is Verb.APPROVE else waits[:1])
        )
        seen = bytes_on_disk(network, requests)
        done.append(simulation.say(clone, requests, actor=actor, chance=chance, seen=seen))
    return "; ".join(done)


def stand_in(simulation: Simulation, clone: Clone, chance: Random) -> str:
    """Let the deputy, or somebody with no right at all, say what a mayor would."""
    network = load_network(clone.root, now=simulation.now)
    actor = DEPUTY if chance.random() < 0.8 else WRITER
    requests = simulation.requests(network, simulation.verb(network, _DEPUTIES_SAY, chance), chance)
    seen = bytes_on_disk(network, requests)
    return simulation.say(clone, requests, actor=actor, chance=chance, seen=seen)


def carry(simulation: Simulation, clone: Clone, chance: Random) -> str:
    """Let somebody polish what is live, and a mayor carry over what the policy lets through, or try to."""
    network = load_network(clone.root, now=simulation.now)
    shown = [
        entry.proposal.path
        for entry in network.entries.values()
        if entry.proposal
        and entry.subject.kind is Kind.POST
        and isinstance(entry.standing.published, Live)
        and entry.standing.proposed in {Proposed.NONE, Proposed.QUEUED}
    ]
    for path in chance.sample(shown, min(len(shown), chance.randint(0, 3))):
        simulation.desk(clone, chance).polish_one(clone.root / path)
    if chance.random() < 0.8:  # else it is the mayor's own edit, for all that git knows
        simulation.commit_as(clone, chance.choice(GRANTEES))
    network = load_network(clone.root, now=simulation.now)
    entries = list(carriable(network))
    if not entries or chance.random() < 0.2:
        entries = [one for one in network.entries.values() if one.proposal is not None]
    requests = tuple(
        Request(
            subject=one.subject,
            verb=Verb.APPROVE,
            expected=one.standing.content,
            options={"rule": "asked"},
        )
        for one in chance.sample(entries, min(len(entries), 4))
    )
    actor = chance.choice(MAYORS) if chance.random() < 0.9 else DEPUTY
    seen = bytes_on_disk(network, requests)
    return simulation.say(clone, requests, actor=actor, chance=chance, seen=seen)


def grant(simulation: Simulation, clone: Clone, chance: Random) -> str:
    """Let a mayor trust somebody for a while, or stop; now and then somebody else tries."""
    author = _trusted(simulation, clone, chance)
    actor = chance.choice(MAYORS) if chance.random() < 0.9 else chance.choice(GRANTEES)
    has_one = bool(raw_record(clone.root).grants_of(author))
    verb = Verb.REVOKE if has_one and chance.random() < 0.6 else Verb.GRANT
    until = simulation.now + timedelta(hours=chance.randint(1, 12))
    options = {"until": iso(until), "posts": str(chance.randint(1, 3))}
    request = Request(
        subject=Subject(kind=Kind.PROFILE, id=author),
        verb=verb,
        words=f"Because of {simulation.tokens.new()}.",
        options=options if verb is Verb.GRANT else {},
    )
    return simulation.say(clone, (request,), actor=actor, chance=chance, seen={})


def use_grant(simulation: Simulation, clone: Clone, chance: Random) -> str:
    """Let an author write something and hand everything in; or name any grant there is, open or not."""
    author = _trusted(simulation, clone, chance)
    simulation.desk(clone, chance).write_as(author)
    network = load_network(clone.root, now=simulation.now)
    mine = tuple(one for one in network.entries.values() if author in one.authors and one.proposal)
    subjects = tuple(one.subject for one in mine)
    named = tuple(Request(subject=one, verb=Verb.APPROVE) for one in subjects)
    seen = bytes_on_disk(network, named)
    if chance.random() < 0.4:
        return _name_any_grant(simulation, clone, chance, network, author=author)
    known = raw_record(clone.root)
    try:
        handed = submit(
            clone.root, tuple(map(str, subjects[:3])), actor=AuthorId(author), now=simulation.now,
            here=clone.root,
        )  # fmt: skip
        simulation.book_files(clone, tuple(path for one in handed for path in one.paths))
        network = load_network(clone.root, now=simulation.now)
        seen = {**seen, **bytes_on_disk(network, named)}
        outcome = approve_under_grant(
            clone.root, subjects, actor=AuthorId(author), now=simulation.now
        )
    except BlognetError as error:
        return f"{author}: {error.message}"
    if outcome is None:
        return f"{author} has no grant"
    simulation.book(clone, outcome, seen, known=known)
    return f"{author} approves {len(outcome.decided)}, not {len(outcome.refused)}"


def _trusted(simulation: Simulation, clone: Clone, chance: Random) -> str:
    """Return an author, mostly one who has a grant."""
    raw, now = raw_record(clone.root), iso(simulation.now)
    some = [
        author
        for author in GRANTEES
        if any(raw.is_open(one, author=author, now=now) for one in raw.grants_of(author))
    ]
    return chance.choice(some if some and chance.random() < 0.8 else GRANTEES)


def _name_any_grant(
    simulation: Simulation, clone: Clone, chance: Random, network: Network, *, author: str
) -> str:
    given = [one.ident for one in raw_record(clone.root).every() if one.verb == "grant"]
    mine = [one for one in network.entries.values() if author in one.authors and one.proposal]
    if not given or not mine:
        return "no grant was ever given"
    requests = tuple(
        Request(
            subject=one.subject,
            verb=Verb.APPROVE,
            expected=one.standing.content,
            options={"grant": chance.choice(given)},
        )
        for one in mine
    )
    seen = bytes_on_disk(network, requests)
    return simulation.say(clone, requests, actor=author, chance=chance, seen=seen)


def look_at_granted(simulation: Simulation, clone: Clone, chance: Random) -> str:
    """Let a mayor look at what clones approved under grants without knowing of each other."""
    network = load_network(clone.root, now=simulation.now)
    faults = errors_in(network.record.problems)
    if not faults or any(one.code not in MENDED_BY_A_LOOK for one in faults):
        return "nothing that a look would mend"
    done = []
    for path in sorted({one.location.path for one in faults}):
        subject = parse_subject(path.removeprefix("record/").rpartition("/")[0])
        assert subject is not None
        published = network.entries[subject].standing.published
        if not isinstance(published, Live):
            continue
        content = published.version.content
        verb = Verb.APPROVE if chance.random() < 0.7 else Verb.RETRACT
        request = Request(
            subject=subject,
            verb=verb,
            words=f"I looked, {simulation.tokens.new()}.",
            version=content.hex if verb is Verb.APPROVE else "",
        )
        done.append(simulation.say(clone, (request,), actor="bea", chance=chance, seen={}))
    return "; ".join(done)


def tamper(simulation: Simulation, clone: Clone, chance: Random) -> str:
    """Let somebody change the record by hand: it is always noticed, and nothing is built from it."""
    site, changes = clone.root / "site", []
    for _ in range(3):
        with tampered(clone.root, chance, now=simulation.now) as done:
            before = contents_below(site)
            if done:
                record = load_network(clone.root, now=simulation.now).record
                assert not is_sound(record), f"{done}: goes unnoticed"
                with pytest.raises(FaultsError):
                    build(clone.root, now=simulation.now)
                assert contents_below(site) == before, f"{done}: a refused build changed the site"
            changes.append(done or "nothing to tamper with")
    return "; ".join(changes)

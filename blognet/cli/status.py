"""``blognet status``: where your posts stand, whose turn it is, what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.json_values import problem_values
from blognet.cli.note_lines import note_line, note_values
from blognet.cli.output import BOLD, DIM, print_json, print_problems, result, say, styled
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.cli.record_faults import say_if_unsound
from blognet.cli.typed import typed_names
from blognet.cli.working import day_and_time, weekday_and_time
from blognet.kernel.problems import errors_in
from blognet.kernel.times import iso

if TYPE_CHECKING:
    from datetime import tzinfo

    from blognet.actions.network import Network
    from blognet.actions.promise import Promised
    from blognet.actions.status import Place as Standing
    from blognet.moderation.granting import Grant
    from blognet.moderation.stages import StageState

_IN_WORDS = {
    "new": "waits for the mayor",
    "edited": "an edit waits for the mayor",
    "faulty": "has faults",
    "draft": "a draft",
    "returned": "sent back to you",
    "held": "on hold",
    "declined": "declined",
    "contested": "mayors disagree",
    "scheduled": "approved for later",
    "forced": "published in a hurry; a second mayor looks at it",
    "recalled": "taken back",
}
_COLOURS = {"faulty": "31", "returned": "33", "declined": "31", "draft": "36"}


@click.command("status")
@click.argument("posts", nargs=-1, metavar="[POST]...", shell_complete=complete_post)
@click.option("--all", "everything", is_flag=True, help="Everybody's, not only yours.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def status_command(place: Place, posts: tuple[str, ...], *, everything: bool, as_json: bool) -> int:
    """Show where your posts stand: what readers see, what waits, whose turn it is and what to type next.

    With POST, only these, whoever wrote them.
    """
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.promise import promised
    from blognet.actions.status import grant_of, in_order, place_of, places_of

    network = load_network(place.folder, now=now())
    names = typed_names(posts)
    if names:
        named = {
            entry.subject: entry
            for entry in (find_entry(network, name, here=place.folder).entry for name in names)
        }
        places = in_order(map(place_of, named.values()))
    else:
        places = places_of(network, None if everything else person(network, place))
    promise = promised(network)
    grant = None if names or everything else grant_of(network, person(network, place))
    if as_json:
        subjects = [{**_values(one), **_wait(one, promise)} for one in places]
        print_json(1, subjects=subjects, grant=_grant_values(grant))
        return 0
    for one in places:
        _print(network, one)
        _print_wait(one, promise)
    if grant is not None:
        _print_grant(grant, network.config.zone)
    _say_rest(network, places, everything=everything or bool(names))
    say_if_unsound(network)
    return 0


def _print(network: Network, one: Standing) -> None:
    from blognet.actions.noting import text_of
    from blognet.actions.staged import stages_on

    entry = one.entry
    where = entry.glance.path or "the file is gone"
    result(f"{styled(_name(one), BOLD)}  {entry.title}  {styled(f'({where})', DIM)}")
    waits = tuple(stage for stage in stages_on(network, entry) if not stage.is_met)
    result(f"  {_lights(one, waits, zone=network.config.zone)}")
    if one.proposed == "contested":
        seen = "what is live stays" if one.published == "live" else "readers see nothing of it"
        result(f"  these answers did not know of each other; until a mayor settles it, {seen}:")
    for answer in one.answers:
        event = answer.event
        result(f"  {event.actor}, {iso(event.time)[:10]} ({event.verb.value}):")
        for line in answer.words.rstrip("\n").split("\n") if answer.words else ():
            result(f"    {line}")
    for note in one.notes:
        result(f"  {note_line(note, text_of(entry))}")
    print_problems(errors_in(entry.problems), to_result=True)
    if one.next_command:
        result(f"  next: {one.next_command}")


def _print_wait(one: Standing, promise: Promised) -> None:
    """Print the place in the queue and when an answer is expected."""
    wait = promise.wait_of(one.entry.subject)
    if wait is None:
        return
    zone = promise.promise.days.zone
    line = f"  place {wait.place} of {len(promise.waits)} in the queue"
    if wait.due is not None:
        when = day_and_time(wait.due, zone)
        line += f"; an answer was due {when}" if wait.is_late else f"; an answer is due {when}"
    result(line)


def _wait(one: Standing, promise: Promised) -> dict[str, object]:
    wait = promise.wait_of(one.entry.subject)
    return {
        "place": wait.place if wait else None,
        "queued_since": iso(wait.since) if wait else None,
        "answer_due": iso(wait.due) if wait and wait.due else None,
    }


def _print_grant(grant: Grant, zone: tzinfo) -> None:
    """Say what an author may publish without waiting."""
    left = grant.posts - len(grant.used)
    until = day_and_time(grant.until, zone)
    many = "post" if left == 1 else "posts"
    result(f"{grant.giver} trusts you with {left} more {many} of your own, until {until}:")
    result("  blognet submit publishes what has no faults, no warnings and needs nobody else's yes")


def _grant_values(grant: Grant | None) -> dict[str, object] | None:
    if grant is None:
        return None
    left = grant.posts - len(grant.used)
    return {"giver": grant.giver, "until": iso(grant.until), "posts": grant.posts, "left": left}


def _lights(one: Standing, waits: tuple[StageState, ...], *, zone: tzinfo) -> str:
    """Say both lights: what readers see, and what becomes of the file."""
    parts: list[str] = []
    if one.published == "-":
        if one.proposed == "none":
            parts.append("not published")
    elif one.published == "scheduled" or one.appears:
        when = weekday_and_time(one.appears, zone) if one.appears else ""
        parts.append(f"{'live, next version' if one.published == 'live' else 'appears'} {when}")
    else:
        parts.append(f"{one.published} at {one.url}" if one.url else one.published)
    if one.proposed not in {"none", "scheduled"}:
        text = _waits(one.proposed, waits)
        parts.append(styled(text, _COLOURS[one.proposed]) if one.proposed in _COLOURS else text)
    return " · ".join(parts)


def _waits(proposed: str, waits: tuple[StageState, ...]) -> str:
    """Say the proposed light; for what is queued, who has to say yes before the mayor may."""
    if not waits or proposed not in {"new", "edited"}:
        return _IN_WORDS[proposed]
    asked = " and ".join(f"{one.rule.id} ({', '.join(one.asked)})" for one in waits)
    what = "waits" if proposed == "new" else "an edit waits"
    return f"{what} for {asked}, then for the mayor"


def _name(one: Standing) -> str:
    subject = one.entry.subject
    return subject.typed


def _say_rest(network: Network, places: tuple[Standing, ...], *, everything: bool) -> None:
    if not places:
        say("Nothing of yours is here yet. Begin with: blognet new TITLE")
        if not everything:
            say("  everybody's: blognet status --all")
    mine = sum(1 for one in places if one.turn.value == "author")
    waits = sum(1 for one in places if one.turn.value == "mayor")
    if places:
        whose = "author's" if everything else "your"
        say(
            f"\n{mine} on {whose if not everything else 'the ' + whose} turn, {waits} on the mayor's."
        )
    lost = len(network.library.problems)
    if lost:
        say(f"{lost} file{'s' if lost != 1 else ''} belong to no post: blognet check")


def _values(one: Standing) -> dict[str, object]:
    from blognet.actions.noting import text_of

    entry = one.entry
    return {
        "kind": entry.subject.kind.value,
        "id": entry.subject.id,
        "language": entry.subject.language,
        "name": entry.subject.name,
        "title": entry.title,
        "authors": list(entry.authors),
        "path": entry.glance.path or None,
        "hash": entry.standing.content.hex if entry.standing.content else None,
        "published": None if one.published == "-" else one.published,
        "proposed": None if one.proposed == "none" else one.proposed,
        "url": one.url or None,
        "appears": iso(one.appears) if one.appears else None,
        "turn": one.turn.value,
        "next": one.next_command or None,
        "answers": [
            {
                "verb": answer.event.verb.value,
                "actor": answer.event.actor,
                "time": iso(answer.event.time),
                "words": answer.words,
            }
            for answer in one.answers
        ],
        "notes": [note_values(note, text_of(entry)) for note in one.notes],
        "problems": [problem_values(problem) for problem in entry.problems],
    }

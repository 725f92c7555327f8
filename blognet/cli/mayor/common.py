"""What the deciding commands share: reading POST arguments, saying what was done."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.output import print_error, print_json, result, say
from blognet.cli.working import weekday_and_time
from blognet.kernel.errors import ConflictError, NotAllowedError, UsageError
from blognet.kernel.hashing import parse_content_hash
from blognet.moderation.events import Verb
from blognet.moderation.standing import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo
    from pathlib import Path

    from blognet.actions.decide import Decided, Outcome
    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId, Subject
    from blognet.moderation.events import Event

_PAST = {
    Verb.SUBMIT: "submitted",
    Verb.RECALL: "took back",
    Verb.APPROVE: "approved",
    Verb.RETURN: "returned",
    Verb.DECLINE: "declined",
    Verb.HOLD: "held",
    Verb.RELEASE: "released",
    Verb.COMMENT: "commented on",
    Verb.SUGGEST: "suggested a change of",
    Verb.RESOLVE: "resolved a note on",
    Verb.RETRACT: "retracted",
    Verb.RESTORE: "restored",
    Verb.FORCE: "forced",
    Verb.CORRECT: "corrected",
    Verb.GRANT: "gave a grant to",
    Verb.REVOKE: "took the grants back of",
    Verb.THANK: "thanked for",
    Verb.FEATURE: "featured",
    Verb.PURGE: "purged",
}

posts_argument = click.argument("posts", nargs=-1, shell_complete=complete_post)
commit_option = click.option(
    "--commit", is_flag=True, help="Make one git commit of exactly the files touched."
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Decide, but write nothing.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")


def message_option(text: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return the option ``-m`` with its help."""
    return click.option("-m", "--message", "words", default="", help=text)


reply_option = click.option(
    "--reply", default="", metavar="NAME", help="Say this canned reply; -m adds to it."
)


def read_names(posts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that were typed; ``-`` stands for those on standard input, one a line.

    Raises:
        UsageError: No name was given.
    """
    names: list[str] = []
    for post in posts:
        if post == "-":
            names += [line.strip() for line in sys.stdin if line.strip()]
        else:
            names.append(post)
    if not names:
        message = "no post was named"
        raise UsageError(message, hint="name one as mayor queue shows it, e.g. hello-world")
    return tuple(dict.fromkeys(names))


def named_entries(network: Network, posts: tuple[str, ...], *, here: Path) -> tuple[Entry, ...]:
    """Return the subjects that were typed.

    Raises:
        UsageError: A name means nothing, or none was given.
        ConflictError: A name came with a hash that is not that of the bytes on disk.
    """
    from blognet.actions.naming import find_entry

    named = [find_entry(network, name, here=here) for name in read_names(posts)]
    for one in named:
        content = one.entry.standing.content
        if one.hash and not (content and content.hex.startswith(one.hash)):
            message = f"{one.entry.subject.name} is not {one.hash} any more"
            raise ConflictError(message, hint=f"look again: mayor diff {one.entry.subject.name}")
    return tuple({one.entry.subject: one.entry for one in named}.values())


def said(
    network: Network,
    entries: tuple[Entry, ...],
    words: str,
    *,
    reply: str,
    verb: Verb,
    actor: AuthorId,
) -> Mapping[Subject, str]:
    """Return what is said about each subject: the canned reply, filled in, then the words.

    Without either, a terminal opens the person's editor where the verb needs words.

    Raises:
        UsageError: There is no such reply.
    """
    from blognet.actions.replies import reply_for

    if not reply and RULES[verb].needs_words:
        words = words_from_editor(words, verb=verb, name=entries[0].subject.name)
    texts: dict[Subject, str] = {}
    for entry in entries:
        canned = reply_for(network, reply, entry, actor=actor) if reply else ""
        texts[entry.subject] = "\n\n".join(filter(None, (canned, words)))
    return texts


def words_from_editor(words: str, *, verb: Verb, name: str) -> str:
    """Return the words; on a terminal without ``-m``, ask for them in the person's editor."""
    from blognet.cli.place import is_interactive

    return words if words or not is_interactive() else edited("", verb=verb, name=name)


def edited(words: str, *, verb: Verb, name: str) -> str:
    """Return words as the person left them in their editor; "" when it was left without saving.

    Raises:
        ClickException: There is no editor, or it failed.
    """
    marker = f"\n\n# Why do you {verb.value} {name}? The author reads this. Lines from here on are dropped.\n"
    found = click.edit(words + marker) or ""
    return found.partition(marker.strip("\n"))[0].strip()


def print_outcome(outcome: Outcome, *, as_json: bool, dry_run: bool = False) -> int:
    """Print what was decided, what was left out, and the commit; return the exit code.

    What only somebody else may decide was never this person's task: it is told, and it is no failure.
    """
    own = [one for one in outcome.refused if isinstance(one[1], NotAllowedError)]
    failed = [one for one in outcome.refused if not isinstance(one[1], NotAllowedError)]
    if as_json:
        print_json(1, **_as_json(outcome, dry_run=dry_run))
        return 1 if failed else 0
    would = "would be " if dry_run else ""
    for one in outcome.decided:
        result(would + _line(one, outcome.zone))
        if one.moved and one.moved.target:
            result(f"  moved {one.moved.source} to {one.moved.target}")
        elif one.moved:
            say(
                f"  {one.moved.source} stays where it is: {one.moved.stays}; mayor tidy moves it later"
            )
        if one.event.verb is Verb.RETRACT and not dry_run:
            say(f"  to bring it back: mayor restore {one.event.subject.typed}")
    for request, error in failed:
        print_error(f"{request.subject.typed} was left out: {error.message}", hint=error.hint)
    for request, error in own:
        say(f"{request.subject.typed} is for another mayor: {error.message}")
    if outcome.commit:
        result(f"committed as {outcome.commit[:10]}")
    elif outcome.commit_failure:
        print_error(
            f"decided, but not committed: {outcome.commit_failure}",
            hint="commit these yourself: " + " ".join(sorted(outcome.paths)[:6]),
        )
    return 1 if failed or outcome.commit_failure else 0


def past_of(verb: Verb) -> str:
    """Return what was done, with the subject behind it: ``approved``, ``gave a grant to``."""
    return _PAST[verb]


def _line(one: Decided, zone: tzinfo) -> str:
    event = one.event
    if event.verb is Verb.RESOLVE:
        return f"{event.options['how']} note {one.note} on {event.subject.name}"
    content = f"@{event.content.short}" if event.content else ""
    past = past_of(event.verb)
    if event.options.get("kind") == "claim":
        past = "gave back" if event.options.get("release") else "claimed"
    line = f"{past} {event.subject.typed}{content}"
    if one.note:
        line += f": note {one.note}"
    if event.stage:
        line += f" for the stage {event.stage}"
    if event.is_for_readers and event.facts:
        if event.facts.publish > event.time:
            line += f": appears {weekday_and_time(event.facts.publish, zone)}"
        elif event.facts.url:
            line += f": at {event.facts.url} from the next build on"
        if event.options.get("solo"):
            line += f" (solo: it {event.options['solo']})"
        line += _extras(event)
    elif event.verb in {Verb.RETRACT, Verb.RESTORE, Verb.FEATURE}:
        line += f"{_place(event)} from the next build on"
    return line


def _place(event: Event) -> str:
    """Return where a recommendation stands, or stands no longer; "" for other events."""
    if event.verb is not Verb.FEATURE:
        return ""
    topic = event.options.get("topic")
    where = f"the topic {topic}" if topic else "the home page"
    return f", no longer on {where}," if event.options.get("off") else f" on {where}"


def _extras(event: Event) -> str:
    """Return what is out of the ordinary about an approval."""
    said = ""
    if before := parse_content_hash(event.options.get("carried_from", "")):
        said += f" (carried over from {before.short}: {event.options.get('rule', '')})"
    if event.options.get("grant"):
        said += f" (under the grant {event.options['grant'][:8]})"
    if event.options.get("second"):
        said += "; it stays in the queue until another mayor approves it"
    return said


def _as_json(outcome: Outcome, *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "decided": [
            {
                "verb": one.event.verb.value,
                "stage": one.event.stage,
                "kind": one.event.subject.kind.value,
                "id": one.event.subject.id,
                "language": one.event.subject.language,
                "hash": one.event.content.hex if one.event.content else None,
                "url": one.event.facts.url if one.event.facts else None,
                "moved_to": one.moved.target if one.moved else None,
                "note": one.note or None,
            }
            for one in outcome.decided
        ],
        "refused": [
            {"name": request.subject.name, "reason": error.message}
            for request, error in outcome.refused
        ],
        "commit": outcome.commit,
    }

"""``mayor feature``: recommend live posts on the home page, or at the top of a topic."""

from __future__ import annotations

import click

from blognet.cli.mayor.answers import answer
from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    posts_argument,
)
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import UsageError
from blognet.moderation.events import Verb


@click.command("feature")
@posts_argument
@click.option("--off", is_flag=True, help="No longer.")
@click.option(
    "--topic",
    default="",
    metavar="ID",
    help="At the top of this topic's page instead of on the home page.",
)
@message_option("Why; for the record.")
@commit_option
@dry_run_option
@json_option
@pass_place
def feature_command(
    place: Place,
    posts: tuple[str, ...],
    *,
    off: bool,
    topic: str,
    words: str,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Recommend live posts to readers: on the home page, or with --topic at the top of a topic's page."""
    if topic and not off:
        _refuse_elsewhere(place, posts, topic)
    return answer(
        place,
        Verb.FEATURE,
        posts,
        words=words,
        commit=commit,
        dry_run=dry_run,
        as_json=as_json,
        options={"topic": topic, "off": "yes" if off else ""},
    )


def _refuse_elsewhere(place: Place, posts: tuple[str, ...], topic: str) -> None:
    """Make sure that readers will see the posts under the topic.

    Raises:
        UsageError: There is no such topic on the site, or a post is not in it.
    """
    from blognet.actions.network import load_network
    from blognet.actions.published import published_from
    from blognet.cli.mayor.common import named_entries
    from blognet.kernel.nearest import did_you_mean
    from blognet.site import ListKind, catalogue_of

    network = load_network(place.folder, now=now())
    found = catalogue_of(
        published_from(network.record, rules=network.rules, now=network.now), network.config
    )
    known = sorted({key.id for key in found.listings if key.kind is ListKind.TOPIC})
    if topic not in known:
        message = f"no live post has the topic '{topic}'"
        hint = did_you_mean(topic, known) or f"topics are {', '.join(known) or 'none yet'}"
        raise UsageError(message, hint=hint)
    for entry in named_entries(network, posts, here=place.folder):
        live = found.contents.get(entry.subject)
        theirs = [
            key.id for key in found.terms.get(entry.subject, ()) if key.kind is ListKind.TOPIC
        ]
        if live is not None and topic not in theirs:
            message = f"{entry.subject.typed} is not in the topic '{topic}'"
            hint = f"its topics are {', '.join(theirs)}" if theirs else "it has no topic"
            raise UsageError(message, hint=hint)

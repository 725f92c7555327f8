"""Whom to write to: names, addresses and languages of people, as their profiles say.

An address is taken from the approved profile as long as that has one: an edit that nobody has approved must not lead
somebody's messages elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.entries import profiles_in
from blognet.config.messages import parse_mailbox
from blognet.content.parse import parse_content
from blognet.content.values import Author
from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.moderation.message_texts import language_for
from blognet.moderation.messages import Reader
from blognet.moderation.record import subject_folder
from blognet.moderation.standing import published_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.actions.network import Entry, Network


def readers_of(network: Network, wanted: Iterable[AuthorId]) -> Mapping[AuthorId, Reader]:
    """Return people by id; somebody without a profile has their id for a name, and no address."""
    return {author: _reader(network, author) for author in wanted}


def names_of(network: Network) -> Mapping[str, str]:
    """Return the name of everybody with a profile, as it lies on disk or was approved."""
    return {entry.subject.id: entry.title for entry in profiles_in(network.entries)}


def _reader(network: Network, author: AuthorId) -> Reader:
    entry = network.entries.get(Subject(kind=Kind.PROFILE, id=author))
    approved = _approved(network, entry) if entry else None
    content = entry.proposal.content if entry and entry.proposal else None
    on_disk = content if isinstance(content, Author) else None
    address = (approved.email if approved else "") or (on_disk.email if on_disk else "")
    profile = approved or on_disk
    said = profile.extra.get("language") if profile else None
    return Reader(
        id=author,
        name=profile.name if profile else author,
        address=address if parse_mailbox(address) else "",
        language=language_for(
            said if isinstance(said, str) else "",
            network.config.messages.language,
            network.config.language,
        ),
    )


def _approved(network: Network, entry: Entry) -> Author | None:
    version = published_version(entry.standing.published)
    if version is None or version.content not in entry.decided.texts:
        return None
    history = entry.decided.history
    approval = history.events[history.ids.index(version.approval)]
    content, _ = parse_content(
        entry.subject,
        text=entry.decided.texts[version.content],
        path=subject_folder(entry.subject),
        path_facts=approval.path_facts,
        assets=approval.assets,
        rules=network.rules,
    )
    return content if isinstance(content, Author) else None

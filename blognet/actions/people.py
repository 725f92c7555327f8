"""Who runs a command, and who has which email address: people as the network knows them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from blognet.actions.entries import profiles_in
from blognet.content.values import Author
from blognet.disk.identity import who_runs
from blognet.kernel.errors import UsageError
from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.kernel.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.actions.network import Network
    from blognet.disk.identity import Identity


def who_am_i(network: Network, *, named: str) -> Identity | None:
    """Return who runs the command; None when nothing says so and the person has to be asked.

    Args:
        network: For the authors and their email addresses.
        named: What ``--as`` said, "" when it was not given.

    Raises:
        UsageError: What ``--as`` or ``BLOGNET_USER`` says is nobody of this network.
    """
    identity = who_runs(network.root, named=named, ids_by_email=ids_by_email(network))
    if identity is not None:
        refuse_stranger(network, identity.author)
    return identity


def refuse_stranger(network: Network, author: str) -> None:
    """Make sure that an id is somebody here.

    Raises:
        UsageError: It is neither an author's with a profile nor a mayor's.
    """
    known = author_ids(network)
    if author not in known:
        message = f"'{author}' is no author of this network"
        hint = did_you_mean(author, known) or f"make a profile: authors/{author}.md"
        raise UsageError(message, hint=hint)


def ids_by_email(network: Network) -> Mapping[str, tuple[AuthorId, ...]]:
    """Return the authors by their email address in lower case; profiles on disk are read when somebody asks."""
    return _ByEmail(network)


def author_ids(network: Network) -> tuple[str, ...]:
    """Return every author that has a profile on disk or in the record, and the mayors, sorted."""
    profiles = {entry.subject.id for entry in profiles_in(network.entries)}
    return tuple(sorted(profiles | set(network.config.mayors)))


class _ByEmail(Mapping[str, tuple[AuthorId, ...]]):
    """Authors by email address. Whoever says who they are is nobody whose address is looked for."""

    def __init__(self, network: Network) -> None:
        self._network = network

    @cached_property
    def _found(self) -> Mapping[str, tuple[AuthorId, ...]]:
        found: dict[str, tuple[AuthorId, ...]] = {}
        for entry in profiles_in(self._network.entries):
            content = entry.proposal.content if entry.proposal else None
            if isinstance(content, Author) and content.email:
                email = content.email.lower()
                found[email] = (*found.get(email, ()), AuthorId(entry.subject.id))
        return found

    def __getitem__(self, email: str) -> tuple[AuthorId, ...]:
        return self._found[email]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def name_of(network: Network, author: str) -> str:
    """Return an author's name as the profile on disk says it, else the id."""
    profile = network.entries.get(Subject(kind=Kind.PROFILE, id=author))
    content = profile.proposal.content if profile and profile.proposal else None
    return content.name if isinstance(content, Author) else author

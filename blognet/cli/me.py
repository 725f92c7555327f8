"""``blognet me``: who you are here, how that is known, and setting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_author
from blognet.cli.output import print_json, result, say
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import UsageError

if TYPE_CHECKING:
    from blognet.actions.network import Network
    from blognet.disk.identity import Identity
    from blognet.kernel.ids import AuthorId


@click.command("me")
@click.argument("ident", metavar="[ID]", required=False, shell_complete=complete_author)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def me_command(place: Place, ident: str | None, *, as_json: bool) -> int:
    """Say who you are and why, or set it with an ID.

    In this order: --as ID, BLOGNET_USER, the author whose email is git's user.email, what 'blognet me ID' kept.
    """
    from blognet.actions.network import load_network
    from blognet.actions.people import who_am_i

    network = load_network(place.folder, now=now())
    if ident is not None:
        _keep(network, ident)
    identity = who_am_i(network, named=place.as_id or "")
    if as_json:
        print_json(1, **_values(network, identity))
        return 0 if identity else 1
    if identity is None:
        say(
            "It is not known who you are: git's user.email is no author's here, and nothing was kept."
        )
        say(f"  say it once: blognet me ID   authors: {_listed(network)}")
        return 1
    result(_sentence(network, identity))
    if ident is not None and identity.author != ident:
        say(
            f"{ident} was kept, but {identity.source.value} goes first; --as {ident} goes before all."
        )
    return 0


def _keep(network: Network, ident: str) -> None:
    from blognet.actions.people import refuse_stranger
    from blognet.disk.identity import keep_identity
    from blognet.kernel.ids import parse_author_id

    author = parse_author_id(ident)
    if author is None:
        message = f"'{ident}' cannot be an author's id"
        raise UsageError(message, hint=f"authors here: {_listed(network)}")
    refuse_stranger(network, author)
    keep_identity(network.root, author)


def _sentence(network: Network, identity: Identity) -> str:
    name = name_of(network, identity.author)
    shown = f"{identity.author} ({name})" if name != identity.author else str(identity.author)
    mayor = ", a mayor" if identity.author in network.config.mayors else ""
    return f"You are {shown}{mayor}: {identity.source.value} says so."


def name_of(network: Network, author: AuthorId) -> str:
    """Return an author's name as the profile on disk says, else as it was approved, else the id."""
    from blognet.kernel.ids import Kind, Subject

    entry = network.entries.get(Subject(kind=Kind.PROFILE, id=author))
    return entry.title if entry else str(author)


def _listed(network: Network) -> str:
    from blognet.actions.people import author_ids

    known = author_ids(network)
    shown = ", ".join(known[:20])
    return f"{shown} and {len(known) - 20} more" if len(known) > 20 else shown  # noqa: PLR2004


def _values(network: Network, identity: Identity | None) -> dict[str, object]:
    if identity is None:
        return {"author": None, "name": None, "source": None, "mayor": False}
    return {
        "author": identity.author,
        "name": name_of(network, identity.author),
        "source": identity.source.name.lower(),
        "mayor": identity.author in network.config.mayors,
    }

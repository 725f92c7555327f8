"""Who runs this command: what options, environment, git or an earlier answer say, else a question, asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.output import say
from blognet.cli.place import Place, is_interactive
from blognet.kernel.errors import UsageError

if TYPE_CHECKING:
    from blognet.actions.network import Network
    from blognet.kernel.ids import AuthorId

_LISTED_AT_MOST = 12


def person(network: Network, place: Place) -> AuthorId:
    """Return who runs the command; asks, and keeps the answer, when nothing says so and a person can answer.

    Raises:
        UsageError: Nobody says so and nobody can be asked, or somebody is named who is no author here.
    """
    from blognet.actions.people import who_am_i

    identity = who_am_i(network, named=place.as_id or "")
    if identity is not None:
        return identity.author
    if not is_interactive():
        message = "it is not known who you are: git's user.email is no author's here"
        raise UsageError(message, hint="say it for this command: --as ID, or once: blognet me ID")
    return _asked(network)


def _asked(network: Network) -> AuthorId:
    from blognet.actions.people import author_ids, refuse_stranger
    from blognet.disk.identity import keep_identity
    from blognet.kernel.ids import parse_author_id

    known = author_ids(network)
    say("Who are you? This is asked once; 'blognet me ID' changes it.")
    if len(known) <= _LISTED_AT_MOST:
        say(f"  authors: {', '.join(known)}")
    while True:
        typed = click.prompt("your id", type=str, err=True).strip()
        try:
            refuse_stranger(network, typed)
        except UsageError as error:
            say(f"  {error.message}" + (f"; {error.hint}" if error.hint else ""))
            continue
        author = parse_author_id(typed)
        if author is not None:
            keep_identity(network.root, author)
            return author

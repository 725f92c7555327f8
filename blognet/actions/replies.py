"""Canned replies: those of ``blognet.yml`` and those of the files in its folder of replies, filled in for a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.people import name_of
from blognet.config.replies import filled, odd_placeholder, placeholder_hint
from blognet.content.values import FileFault
from blognet.disk.reading import MAX_TEXT, read_plain, walk
from blognet.kernel.errors import UsageError
from blognet.kernel.ids import parse_slug
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.text import Undecodable, decode_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId

_ENDINGS = (".md", ".txt")


def reply_texts(network: Network) -> Mapping[str, str]:
    """Return the replies of a network by name, sorted, with their names in braces.

    Raises:
        UsageError: A file of the folder cannot be read, holds an unknown name in braces, or repeats another's name.
    """
    found = dict(network.config.replies)
    folder = network.config.replies_folder
    entries = walk(network.root, folder, skip=_is_passed_over) if folder else ()
    for entry in entries:
        name, dot, ending = entry.parts[-1].rpartition(".")
        if f"{dot}{ending}" not in _ENDINGS or parse_slug(name) is None:
            message = f"{entry.path} is no canned reply"
            raise UsageError(message, hint="a reply's file has a name such as no-picture.md")
        if name in found:
            message = f"there are two canned replies '{name}', one of them in {entry.path}"
            raise UsageError(message, hint="rename one of them")
        raw = entry.fault or read_plain(network.root, entry.parts, limit=MAX_TEXT)
        found[name] = _text_of(raw, entry.path)
    return {name: found[name] for name in sorted(found)}


def reply_for(network: Network, name: str, entry: Entry, *, actor: AuthorId) -> str:
    """Return a reply with the names of a subject's authors, its title and the mayor's name filled in.

    Raises:
        UsageError: There is no such reply, or one that cannot be read.
    """
    texts = reply_texts(network)
    if name not in texts:
        message = f"there is no canned reply '{name}'"
        known = ", ".join(texts)
        hint = did_you_mean(name, texts) or (f"there are: {known}" if known else "")
        raise UsageError(message, hint=hint or "write some under 'replies' in blognet.yml")
    authors = [name_of(network, author) for author in entry.authors]
    both = " and ".join(filter(None, (", ".join(authors[:-1]), *authors[-1:])))
    values = {"author": both, "title": entry.title, "mayor": name_of(network, actor)}
    return filled(texts[name], values)


def _text_of(raw: bytes | FileFault, path: str) -> str:
    text = (
        Undecodable(reason="", line=0, column=0)
        if isinstance(raw, FileFault)
        else decode_source(raw)
    )
    if isinstance(text, Undecodable) or not text.strip():
        message = f"the canned reply {path} cannot be read, or is empty"
        raise UsageError(message, hint="make it a plain text file in UTF-8")
    if odd := odd_placeholder(text):
        message = f"unknown name {{{odd}}} in the canned reply {path}"
        raise UsageError(message, hint=placeholder_hint(odd))
    return text.strip()


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "_")) or name.lower() == "readme.md"

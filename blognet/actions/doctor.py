"""Look at the set-up of a network: what is fine, what could be better, what is broken, and what to type about it.

Each look is independent of the others; nothing is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from blognet.actions.decided_subjects import count_events
from blognet.actions.network import Network, is_sound, load_network, open_network
from blognet.actions.people import author_ids, ids_by_email, who_am_i
from blognet.actions.shared_texts import shared_texts
from blognet.disk.git import repository_of, run_git, user_email
from blognet.disk.home import CONFIG_FILE, find_network
from blognet.disk.pagefind import pagefind_version
from blognet.disk.told import read_told
from blognet.disk.writing import LEFTOVER
from blognet.kernel.errors import BlognetError, ConfigError, UsageError
from blognet.kernel.ids import Kind, Subject
from blognet.kernel.problems import errors_in
from blognet.markup import Parser, parser_versions
from blognet.markup.diagrams.graphviz import ensure_installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from blognet.disk.git import Repository
    from blognet.kernel.problems import Problem

MANY_POSTS = 3000
"""More than so many, and the faster parser is worth a change of some bytes."""
_BYTES_FOLDERS = ("authors", "pages", "posts", "queue", "record")


class Health(StrEnum):
    """How one thing is."""

    FINE = "fine"
    ADVICE = "advice"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One thing that was looked at.

    Attributes:
        topic: In a word or two.
        health: How it is.
        message: One sentence without full stop.
        next_command: What to type or do; "" when it is fine.
        problems: Faults to show with their places.
    """

    topic: str
    health: Health
    message: str
    next_command: str = ""
    problems: tuple[Problem, ...] = ()


def examine(start: Path, *, named: str, now: datetime) -> tuple[Look, ...]:
    """Look at everything; what cannot be looked at because something before it is broken is left out.

    Args:
        start: A folder in the network.
        named: What ``--as`` said, "" when it was not given.
        now: The time.
    """
    try:
        root = find_network(start)
    except ConfigError as error:
        return (_broken("network", error.message, error.hint),)
    looks = [_fine("network", f"the network is {root}")]
    try:
        open_network(root)
    except ConfigError as error:
        return (*looks, _broken("settings", error.message, error.hint, problems=error.problems))
    network = load_network(root, now=now)
    looks.append(_fine("settings", f"{CONFIG_FILE} is faultless"))
    looks += _time_zones(network)
    looks += _people(network)
    looks += _me(network, named)
    looks += _record(network)
    looks += _messages(network)
    looks += _content(network)
    looks += _parser(network)
    looks += _search(network)
    looks += _cache(network)
    looks += _leftovers(root)
    looks += _git(network)
    return tuple(looks)


def _time_zones(network: Network) -> Iterator[Look]:
    if available_timezones():
        yield _fine("time zones", f"dates without a zone are in {network.config.timezone}")
    else:
        yield _advice(
            "time zones",
            "this system has no list of time zones, so only UTC works",
            "install its package tzdata, or: pip install tzdata",
        )


def _people(network: Network) -> Iterator[Look]:
    mayors = network.config.mayors
    for mayor in mayors:
        if Subject(kind=Kind.PROFILE, id=mayor) not in network.entries:
            yield _advice(
                "mayors", f"the mayor '{mayor}' has no profile", f"write authors/{mayor}.md"
            )
    if network.config.policy.solo and len(mayors) > 1:
        yield _advice(
            "mayors",
            f"there are {len(mayors)} mayors, and each may still approve their own work",
            f"delete 'solo: true' in {CONFIG_FILE}",
        )
    elif len(mayors) == 1 and not network.config.policy.solo:
        yield _advice(
            "mayors",
            f"{mayors[0]} is the only mayor, and nobody can approve what they write",
            f"name a second mayor in {CONFIG_FILE}, or set 'solo: true' under 'policy'",
        )
    else:
        yield _fine("mayors", f"decisions are made by {', '.join(mayors)}")


def _me(network: Network, named: str) -> Iterator[Look]:
    for email, authors in sorted(ids_by_email(network).items()):
        if len(authors) > 1:
            yield _advice(
                "you",
                f"{' and '.join(authors)} have the same e-mail {email}, so git cannot tell who is who",
                "give each an address of their own",
            )
    try:
        identity = who_am_i(network, named=named)
    except UsageError as error:
        yield _broken("you", error.message, error.hint)
        return
    if identity is not None:
        yield _fine("you", f"you are {identity.author}: {identity.source.value} says so")
        return
    email = user_email(network.root)
    reason = (
        f"git's user.email is {email}, and no author has it" if email else "git has no user.email"
    )
    known = ", ".join(author_ids(network)[:5])
    yield _advice("you", f"it is not known who you are: {reason}", f"blognet me ID   ({known}, …)")


def _record(network: Network) -> Iterator[Look]:
    if not is_sound(network.record):
        count = len(errors_in(network.record.problems))
        yield _broken(
            "record",
            f"the record has {_many(count, 'fault')}; nothing can be decided or built until they are mended",
            "mayor verify",
            problems=network.record.problems,
        )
        return
    count = count_events(network.record)
    yield _fine("record", f"the record is sound: {_many(count, 'decision')}")


def _messages(network: Network) -> Iterator[Look]:
    """Look whether messages say whom they come from, in a network that sends some."""
    settings = network.config.messages
    told = read_told(network.root)
    if not settings.smtp.host and (told is None or not told.letters):
        return
    if settings.sender:
        yield _fine("messages", f"messages come from {settings.sender}")
        return
    tried = "a mail server is set" if settings.smtp.host else "people were told what was decided"
    yield _advice(
        "messages",
        f"{tried}, but no address says whom messages come from",
        f"in {CONFIG_FILE}: messages: {{from: ann@example.org}}, an address that a mayor reads",
    )


def _content(network: Network) -> Iterator[Look]:
    faulty = [entry for entry in network.entries.values() if errors_in(entry.problems)]
    homeless = errors_in(network.library.problems)
    if faulty or homeless:
        parts = [_many(len(faulty), "subject") + " with faults"] if faulty else []
        parts += [_many(len(homeless), "file") + " that belong to no post"] if homeless else []
        yield _advice("content", " and ".join(parts), "blognet check")
    else:
        yield _fine("content", f"no faults in {_many(len(network.library.proposals), 'subject')}")


def _parser(network: Network) -> Iterator[Look]:
    chosen = network.config.markdown.parser
    posts = sum(1 for subject in network.entries if subject.kind is Kind.POST)
    try:
        versions = " and ".join(parser_versions(Parser(chosen)))
        if network.config.markdown.diagrams:
            ensure_installed()
    except ConfigError as error:
        yield _broken("markdown", error.message, error.hint)
        return
    if chosen == Parser.MARKDOWN_IT and posts > MANY_POSTS:
        yield _advice(
            "markdown",
            f"there are {posts} posts, and another parser reads them several times faster",
            f"pip install 'blognet[fast]', look at blognet build --compare-parser,"
            f" then write markdown: {{parser: pyromark}} into {CONFIG_FILE}",
        )
        return
    yield _fine("markdown", f"texts are read by {versions}")


def _search(network: Network) -> Iterator[Look]:
    """Look whether Pagefind is here, in a network that wants it."""
    if not network.config.search.is_pagefind:
        return
    try:
        yield _fine("search", f"the index is made by Pagefind {pagefind_version()}")
    except ConfigError as error:
        yield _broken("search", error.message, error.hint)


def _cache(network: Network) -> Iterator[Look]:
    """Ask the shared cache for something, in a network that has one: a build only tells of it in passing."""
    shared = shared_texts(network.config.cache, anew=False)
    if not shared.is_wanted:
        return
    shared.try_out()
    for problem in shared.problems:
        yield _advice("cache", problem.message, problem.hint)
    if not shared.problems:
        yield _fine("cache", "the shared cache answers")


def _leftovers(root: Path) -> Iterator[Look]:
    """Find what a killed run left: it does no harm, and the next build or decision clears most of it up."""
    try:
        found = sorted(path.name for path in root.iterdir() if _is_leftover(path.name))
    except OSError:
        found = []
    if found:
        yield _advice(
            "leftovers",
            f"a run that was stopped left {', '.join(found[:3])}",
            "blognet build clears up; else delete it by hand",
        )


def _is_leftover(name: str) -> bool:
    return name.startswith(LEFTOVER) or (name.startswith(".") and f"{LEFTOVER}" in name)


def _git(network: Network) -> Iterator[Look]:
    try:
        repository = repository_of(network.root)
    except BlognetError as error:
        yield _broken("git", error.message, error.hint)
        return
    if repository is None:
        yield _advice(
            "git",
            "the network is in no git repository (or git is not installed): all works, but has no history",
            "git init",
        )
        return
    yield _fine("git", f"the repository is {repository.top}")
    seen = _listed(repository, "--cached", "--others", "--exclude-standard", "--", "site")
    if any(not path.startswith("site/.") for path in seen):
        yield _advice("git", "site/ is not ignored by git", "add a line /site/* to .gitignore")
    if hidden := _listed(repository, "--others", "--ignored", "--exclude-standard", "--", "record"):
        yield _broken(
            "git",
            f"git ignores {hidden[0]}, so decisions would never reach the others",
            "take the line that matches it out of .gitignore",
        )
    yield from _attributes(repository)
    if _listed(repository, "--cached", "--", ".blognet"):
        yield _advice(
            "git",
            ".blognet/ is committed; it is private to each copy",
            "git rm -r --cached .blognet",
        )


def _listed(repository: Repository, *arguments: str) -> tuple[str, ...]:
    ran = run_git(repository.root, "ls-files", "-z", *arguments)
    return tuple(path for path in ran.text.split("\0") if path)


def _attributes(repository: Repository) -> Iterator[Look]:
    paths = [f"{folder}/x" for folder in _BYTES_FOLDERS]
    ran = run_git(repository.root, "check-attr", "-z", "text", "--", *paths)
    parts = ran.text.split("\0")
    values = dict(zip(parts[0::3], parts[2::3], strict=False))
    converted = [path.partition("/")[0] for path in paths if values.get(path) != "unset"]
    if "record" in converted:
        yield _broken(
            "git",
            "git may change line ends in record/, and approved copies would no longer match",
            "add a line /record/** -text to .gitattributes",
        )
    elif converted:
        yield _advice(
            "git",
            f"git may change line ends, and so attachments, in {', '.join(converted)}",
            f"add lines such as /{converted[0]}/** -text to .gitattributes",
        )
    else:
        yield _fine("git", "git keeps every byte of what people wrote and of the record")


def _fine(topic: str, message: str) -> Look:
    return Look(topic=topic, health=Health.FINE, message=message)


def _advice(topic: str, message: str, next_command: str) -> Look:
    return Look(topic=topic, health=Health.ADVICE, message=message, next_command=next_command)


def _broken(
    topic: str, message: str, next_command: str, *, problems: tuple[Problem, ...] = ()
) -> Look:
    return Look(
        topic=topic,
        health=Health.BROKEN,
        message=message,
        next_command=next_command,
        problems=problems,
    )


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

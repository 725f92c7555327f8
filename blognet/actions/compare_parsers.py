"""Which approved texts would read otherwise with the other Markdown parser? Answers before anybody changes the setting.

It renders every live text twice and writes nothing; what is approved stays approved, for an approval is for the source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from blognet.actions.network import is_sound, load_network
from blognet.actions.published import published_from
from blognet.disk.themes import theme_files
from blognet.kernel.errors import FaultsError
from blognet.markup import Parser
from blognet.moderation.record import subject_folder
from blognet.render.bodies import labels_of, render_bio, render_body
from blognet.site import LivePost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from blognet.config import Config
    from blognet.kernel.ids import Subject
    from blognet.markup import Document, Labels
    from blognet.site import LiveAuthor, Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A text that would change.

    Attributes:
        subject: Whose it is.
        path: The source where people edit it, else the approved copy.
        lines: How many lines of its HTML would change.
        before: The first of them as it is; "" when there is none.
        after: The first of them as it would be; "" when there is none.
    """

    subject: Subject
    path: str
    lines: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a change of parser would do.

    Attributes:
        chosen: Who reads Markdown now.
        other: Who would.
        texts: How many texts were compared.
        differences: Those that would change, sorted by subject.
    """

    chosen: Parser
    other: Parser
    texts: int
    differences: tuple[Difference, ...]


def compare_parsers(
    start: Path, *, now: datetime, progress: Callable[[str, int, int], None] | None = None
) -> Comparison:
    """Render every live text with both parsers, and say which come out otherwise.

    Args:
        start: A folder in the network.
        now: The time that decides what is live.
        progress: Called with what is done (``texts``), how many and of how many.

    Raises:
        FaultsError: The record is not sound, or an approved text cannot be read.
        ConfigError: The other parser is not installed.
    """
    network = load_network(start, now=now)
    if not is_sound(network.record):
        message = "the record has faults, so nobody can say what was approved"
        raise FaultsError(message, problems=network.record.problems, hint="mayor verify")
    published = published_from(network.record, rules=network.rules, now=now)
    chosen = Parser(network.config.markdown.parser)
    other = next(parser for parser in Parser if parser is not chosen)
    lives = tuple(_lives(published))
    words = theme_files(network.root, network.config.theme.name).words
    found: list[Difference] = []
    for number, (subject, live) in enumerate(lives, start=1):
        entry = network.entries.get(subject)
        proposal = entry.proposal if entry else None
        # The file people edit is named even when it was edited since: that is where they will look.
        path = proposal.path if proposal else f"{subject_folder(subject)}/{live.hash.file_stem}.txt"
        labels = labels_of(subject, network.config, words)
        before, after = (
            _rendered(live, _with_parser(network.config, parser), labels).html
            for parser in (chosen, other)
        )
        if before != after:
            found.append(_difference(subject, path, before, after))
        if progress:
            progress("texts", number, len(lives))
    return Comparison(chosen=chosen, other=other, texts=len(lives), differences=tuple(found))


def _lives(published: Published) -> Iterator[tuple[Subject, LivePost | LiveAuthor]]:
    contents = {live.subject: live for live in (*published.posts, *published.pages)}
    profiles = {live.author.subject: live for live in published.authors}
    yield from sorted(contents.items())
    yield from sorted(profiles.items())


def _with_parser(config: Config, parser: Parser) -> Config:
    markdown = replace(config.markdown, parser=parser.value)
    return replace(config, markdown=markdown)


def _rendered(live: LivePost | LiveAuthor, config: Config, labels: Labels) -> Document:
    if isinstance(live, LivePost):
        return render_body(live, config, labels)
    return render_bio(live, config, labels)


def _difference(subject: Subject, path: str, before: str, after: str) -> Difference:
    pairs = [
        (old, new)
        for old, new in zip_longest(before.split("\n"), after.split("\n"), fillvalue="")
        if old != new
    ]
    old, new = pairs[0]
    return Difference(subject=subject, path=path, lines=len(pairs), before=old, after=new)

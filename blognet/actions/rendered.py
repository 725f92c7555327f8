"""A version of a subject as its readers would get it, in blocks of words, with what was found at its lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.actions.pictures import attached
from blognet.content.parse import parse_content
from blognet.content.values import Author, Post
from blognet.kernel.hashing import PathFacts
from blognet.markup import MarkupOptions, Parser, render_markdown, without_title
from blognet.markup.flow import flow_of
from blognet.moderation.secrets import masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.network import Entry, Network
    from blognet.actions.show import Version
    from blognet.content.values import Content
    from blognet.kernel.blocks import Block
    from blognet.kernel.problems import Problem

MOST_PLACED = 2_000_000
"""Characters that may be parsed again to find the blocks of what was found; more, and it stands at the end."""
_NOTES = '<section class="footnotes"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A text to read.

    Attributes:
        front: The lines of the front matter, as written, without the lines that enclose it.
        blocks: The text.
        found: What was found, by the number of the block it stands after, counted from 1; 0 means the front matter.
    """

    front: tuple[str, ...]
    blocks: tuple[Block, ...]
    found: Mapping[int, tuple[Problem, ...]] = field(default_factory=dict)


def rendered(network: Network, entry: Entry, version: Version) -> Rendered | None:
    """Return a version as readers would get it; None when an error keeps it from being read."""
    content = _content(network, entry, version)
    if content is None:
        return None
    content = replace(content, body=masked(content.body))
    title = content.front.title if isinstance(content, Post) else content.name
    host = urlsplit(network.config.url).hostname
    options = MarkupOptions(
        path=entry.proposal.path if entry.proposal else version.label,
        first_line=content.body_line,
        media_hosts=frozenset(network.config.hosts),
        site_hosts=frozenset({host} if host else ()),
        parser=Parser(network.config.markdown.parser),
        math=network.config.markdown.math,
        diagrams=network.config.markdown.diagrams,
    )
    body = without_title(content.body, title)
    document = render_markdown(body, options=options)
    pictures = {each.path: each.facts for each in attached(network, version)}
    pictures |= {f"./{path}": facts for path, facts in pictures.items()}
    is_on_disk = entry.proposal is not None and version.content == entry.proposal.hash
    known = entry.problems if is_on_disk else ()
    lines = version.text.split("\n")
    problems = [_with_excerpt(problem, lines) for problem in sorted({*known, *document.problems})]
    return Rendered(
        front=_front(version.text, content.body_line),
        blocks=flow_of(document.html, pictures=pictures),
        found=_placed(problems, body, content.body_line, options),
    )


def _content(network: Network, entry: Entry, version: Version) -> Content | None:
    proposal = entry.proposal
    if proposal is not None and proposal.hash == version.content:
        return proposal.content
    history = entry.decided.history
    facts = next(
        (event.path_facts for event in history.events if event.content == version.content),
        PathFacts(),
    )
    content, _ = parse_content(
        entry.subject,
        text=version.text,
        path=version.label,
        path_facts=facts,
        assets=version.assets,
        rules=replace(network.rules, topics=()),
    )
    return content if isinstance(content, Post | Author) else None


def _front(text: str, body_line: int) -> tuple[str, ...]:
    lines = text.split("\n")[: body_line - 1]
    return tuple(line for line in lines if line.strip() not in {"---", "+++", ""})


def _with_excerpt(problem: Problem, lines: list[str]) -> Problem:
    where = problem.location
    if where.excerpt or not 0 < where.line <= len(lines):
        return problem
    return replace(problem, location=replace(where, excerpt=lines[where.line - 1]))


def _placed(
    problems: list[Problem], body: str, body_line: int, options: MarkupOptions
) -> Mapping[int, tuple[Problem, ...]]:
    """Find the block that each problem belongs to: the last one of the text up to its paragraph's end."""
    placed: dict[int, tuple[Problem, ...]] = defaultdict(tuple)
    lines = body.split("\n")
    costs = len(body) * len(problems)
    for problem in problems:
        line = problem.location.line - body_line
        if line < 0:
            placed[0] += (problem,)
            continue
        end = next((at for at in range(line, len(lines)) if not lines[at].strip()), len(lines))
        if costs > MOST_PLACED:
            end = len(lines)
        above = render_markdown("\n".join(lines[:end]), options=options).html
        placed[len(flow_of(above.partition(_NOTES)[0]))] += (problem,)
    return dict(placed)

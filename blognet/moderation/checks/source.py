"""A text as the checks read it: its secrets masked, every place findable. Finds nothing wrong itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from blognet.content.values import Post
from blognet.kernel.places import SourceLines, source_lines
from blognet.moderation.secrets import Secret, masked, secrets_in, values_of, without_values

if TYPE_CHECKING:
    from blognet.content.values import Content, Proposal
    from blognet.kernel.ids import Subject
    from blognet.kernel.problems import Location

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_CODE_SPAN = re.compile(r"(?P<ticks>(?<!`)`{1,9}(?!`))[^`\n]{1,2000}(?P=ticks)(?!`)")
_NEAR, _FAR = 20_000, 200_000
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"']{1,2000}|\]\([^()\s]{1,2000}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSource:
    """A text as the checks read it.

    Attributes:
        subject: What it would be.
        path: Its file, for places.
        text: The whole source with its secrets masked, line for line and column for column as written.
        body: The Markdown of it, masked.
        body_at: Offset of the body in the text.
        body_line: Line on which the body begins.
        content: What the source says.
        assets: Paths of the files beside it.
        prose: The text with blanks for code, addresses and comments.
        secrets: What was masked.
        values: The characters that were masked, only ever to mask them again elsewhere.
    """

    subject: Subject
    path: str
    text: str
    body: str
    body_at: int
    body_line: int
    content: Content
    assets: tuple[str, ...]
    prose: str = field(repr=False)
    secrets: tuple[Secret, ...]
    lines: SourceLines
    starts: tuple[int, ...] = field(repr=False)
    values: tuple[str, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        """The title or name, masked."""
        content = self.content
        return self.clean(content.front.title if isinstance(content, Post) else content.name)

    def clean(self, words: str) -> str:
        """Return some words about or of this text with its secrets masked."""
        return without_values(words, self.values)

    def place(self, start: int, end: int) -> Location:
        """Return the place of a part of the text, underlined as far as its first line goes."""
        line = bisect_right(self.starts, start)
        column = start - self.starts[line - 1] + 1
        room = len(self.lines.lines[line - 1]) - column + 1
        return self.lines.location(line, column, width=max(1, min(end - start, room)))

    def whole(self) -> Location:
        """Return the place that means the whole file."""
        return replace(self.lines.location(1), line=0, excerpt="")

    def on_line(self, line: int) -> Location:
        """Return a whole line as a place; the whole file when there is no such line."""
        return self.lines.location(line) if 1 <= line <= len(self.starts) else self.whole()

    def find(self, words: str, *, line: int = 0) -> Location:
        """Return the first place of some words a little below a line, else near the top, else the line itself.

        Markup reads some words otherwise than they are written, so that they are nowhere: looking must have an end.

        Args:
            words: As they stand in the source.
            line: Where to begin; 0 for the first line.
        """
        if words:
            start = self.starts[line - 1] if 1 <= line <= len(self.starts) else 0
            for begin, end in ((start, start + _NEAR), (0, _FAR)):
                at = self.text.find(words, begin, end)
                if at >= 0:
                    return self.place(at, at + len(words))
        return self.on_line(line)

    def in_front(self, value: str) -> Location:
        """Return where a value of the front matter stands; the first line when it is written in another way."""
        at = self.text.find(value, 0, self.body_at) if value else -1
        return self.place(at, at + len(value)) if at >= 0 else self.on_line(1)


def source_of(proposal: Proposal) -> CheckedSource | None:
    """Return the text of a proposal as the checks read it; None when it could not be parsed."""
    content = proposal.content
    if content is None:
        return None
    secrets = secrets_in(proposal.text)
    text = masked(proposal.text, secrets)
    is_end = proposal.text.endswith(content.body)
    body_at = len(text) - len(content.body) if is_end else 0
    lines = source_lines(text, path=proposal.path)
    starts = [0]
    for line in lines.lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    return CheckedSource(
        subject=proposal.subject,
        path=proposal.path,
        text=text,
        body=text[body_at:] if is_end else masked(content.body),
        body_at=body_at,
        body_line=content.body_line,
        content=content,
        assets=tuple(asset.path for asset in proposal.assets),
        prose=prose_of(text, start=body_at),
        secrets=secrets,
        lines=lines,
        starts=tuple(starts),
        values=values_of(proposal.text, secrets),
    )


def prose_of(text: str, *, start: int = 0) -> str:
    """Return a text of the same length with blanks for code, addresses and comments.

    Args:
        text: Markdown, perhaps with front matter above it.
        start: Where the Markdown begins; what is above is left as it is but for addresses.
    """
    kept: list[str] = []
    fence, in_comment = "", False
    for line in text[start:].split("\n"):
        match = _FENCE.match(line)
        if fence:
            if match and match["fence"].startswith(fence) and not match["rest"].strip():
                fence = ""
            kept.append(" " * len(line))
        elif match and not in_comment and not ("`" in match["fence"] and "`" in match["rest"]):
            fence = match["fence"]
            kept.append(" " * len(line))
        else:
            shown, in_comment = _without_comments(line, inside=in_comment)
            kept.append(_CODE_SPAN.sub(_blank, shown))
    return _ADDRESS.sub(_blank, text[:start]) + _ADDRESS.sub(_blank, "\n".join(kept))


def _without_comments(line: str, *, inside: bool) -> tuple[str, bool]:
    parts: list[str] = []
    at = 0
    while at < len(line):
        mark = "-->" if inside else "<!--"
        found = line.find(mark, at)
        end = len(line) if found < 0 else found + (len(mark) if inside else 0)
        parts.append(" " * (end - at) if inside else line[at:end])
        if found < 0:
            break
        inside = not inside
        at = end
    return "".join(parts), inside


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])

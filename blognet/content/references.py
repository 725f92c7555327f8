"""What a text refers to and what a merge left in it. Knows fences of code, but is no Markdown parser."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blognet.content import codes
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.places import source_lines
from blognet.kernel.problems import Problem, Severity
from blognet.kernel.yamltree import MAX_PROBLEMS, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.content.front_matter import FrontReading
    from blognet.kernel.hashing import AssetEntry
    from blognet.kernel.problems import Location

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_CODE_SPAN = re.compile(r"(?P<ticks>`+)(?:(?!`).)*(?P=ticks)")
# Neither repeats over what could begin another match, so that the time stays in proportion to the text.
_IMAGE = re.compile(
    r"!\[[^\[\]\n]{0,1000}\]\(\s{0,9}(?:<(?P<angled>[^<>\n]{1,1000})>|(?P<plain>[^\s()<>]{1,1000}))"
)
_IMAGE_TAG = re.compile(
    r"<img\s[^<>\n]{0,1000}?\bsrc\s{0,9}=\s{0,9}[\"']?(?P<src>[^\"'\s>]{1,1000})", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#|\{|\\")
_IMAGE_TAG_BEGINS = re.compile("<img", re.IGNORECASE)
# A line longer than this is not prose; looking for images in it could take long.
_LONGEST_LINE = 20_000
_MARKERS = ("<<<<<<< ", "=======", ">>>>>>> ")


def conflict_problem(text: str, *, path: str) -> Problem | None:
    """Return the problem of a merge that was never finished: all three markers, in order, outside of code."""
    if _MARKERS[0] not in text:  # as in nearly every text, so that its lines need not be looked at
        return None
    seen: list[int] = []
    for number, line in prose_lines(text):
        marker = _MARKERS[len(seen)]
        if line.startswith(marker) and (len(seen) != 1 or line.rstrip() == marker):
            seen.append(number)
            if len(seen) == len(_MARKERS):
                break
    else:
        return None
    first, middle, last = seen
    return Problem(
        location=source_lines(text, path=path).location(first, 1, width=len(_MARKERS[0]) - 1),
        code=codes.CONFLICT_MARKERS,
        message=f"an unfinished merge: conflict markers on lines {first}, {middle} and {last}",
        hint="choose what to keep, and delete the three marker lines",
    )


def missing_assets(
    reading: FrontReading, *, text: str, path: str, assets: tuple[AssetEntry, ...]
) -> tuple[Problem, ...]:
    """Return a warning for each image of the body and file of the front matter that should lie beside the text."""
    front = reading.front
    named = (("image", front.image), ("media", front.media)) if front else ()
    images = tuple(image_references(reading.body, first_line=reading.body_line))
    if not images and not any(said for _, said in named):
        return ()
    names = frozenset(asset.path for asset in assets)
    lines = source_lines(text, path=path)
    problems: list[Problem] = []
    for number, column, address in images:
        name = local_name(address)
        if name and name not in names and len(problems) < MAX_PROBLEMS:
            where = lines.location(number, column, width=len(address))
            problems.append(_missing(where_name=name, problem_at=where, names=names))
    for key, said in named:
        if said and said not in names and (name := local_name(said)) and name not in names:
            number = next((n for n, line in enumerate(lines.lines, 1) if said in line), 1)
            column = lines.lines[number - 1].find(said) + 1
            where = lines.location(number, column, width=len(said) if column else 0, key=key)
            what = "image" if key == "image" else "file"
            problems.append(_missing(where_name=name, problem_at=where, names=names, what=what))
    return tuple(problems)


def image_references(body: str, *, first_line: int = 1) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and address of each image of a Markdown text, outside of code and comments."""
    if "![" not in body and _IMAGE_TAG_BEGINS.search(body) is None:
        return  # as in most texts, whose lines need not be looked at
    for number, line in prose_lines(_without_comments(body), first_line=first_line):
        if len(line) > _LONGEST_LINE or ("![" not in line and "<" not in line):
            continue
        # Code is blanked, not cut out, so that columns stay right.
        shown = _CODE_SPAN.sub(lambda match: " " * len(match[0]), line)
        for match in _IMAGE.finditer(shown):
            group = "angled" if match["angled"] else "plain"
            yield number, match.start(group) + 1, match[group]
        for match in _IMAGE_TAG.finditer(shown):
            yield number, match.start("src") + 1, match["src"]


def local_name(address: str) -> str:
    """Return the path in the bundle that a relative address means, or "" for an address elsewhere."""
    if _ELSEWHERE.match(address):
        return ""
    bare = unquote(address.partition("#")[0].partition("?")[0])
    return unicodedata.normalize("NFC", bare.removeprefix("./"))


def prose_lines(text: str, *, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line outside of fenced code."""
    fence = ""
    for number, line in enumerate(text.split("\n"), first_line):
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            if match and match["fence"].startswith(fence) and not match["rest"].strip():
                fence = ""
        elif match and not ("`" in match["fence"] and "`" in match["rest"]):
            fence = match["fence"]
        else:
            yield number, line


def _without_comments(text: str) -> str:
    """Return a text with its HTML comments blanked, line for line and column for column."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        found = text.find("-->", start)
        end = found + len("-->") if found >= 0 else len(text)
        blank = "".join("\n" if character == "\n" else " " for character in text[start:end])
        parts += [text[at:start], blank]
        at = end
    return "".join([*parts, text[at:]])


def _missing(
    *, where_name: str, problem_at: Location, names: frozenset[str], what: str = "image"
) -> Problem:
    hint = (
        did_you_mean(where_name, names)
        or f"put the {what} into the post's folder, beside its index.md"
    )
    return Problem(
        location=problem_at,
        code=codes.MISSING_ASSET,
        severity=Severity.WARNING,
        message=f"the {what} '{shortened(where_name)}' does not lie in the post's folder",
        hint=hint,
    )

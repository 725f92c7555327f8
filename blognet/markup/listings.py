"""What stands behind the fence of a listing. Answers: its language, title, marked lines and numbers.

Read are the spellings of MkDocs (``py title="app.py" hl_lines="1 3-4" linenums="1"``, also in braces), Docusaurus and
VitePress (``js {1,3-4} showLineNumbers``, ``js:line-numbers``), Hugo (``go {hl_lines=[8,"15-17"],linenostart=3}``) and
Zola (``rust,linenos,hl_lines=1 3``); and in the code, comments that mark a line: ``highlight-next-line``,
``[!code ++]``. What means nothing here is reported, since the author meant something. It refuses to know how a
listing looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from blognet.kernel.patterns import later
from blognet.markup import codes
from blognet.markup.raw import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.markup.raw import RawHtml

MAX_TITLE = 200
MAX_ABOUT = 1_000
"""Characters that are read behind a fence."""
_LONGEST = 40
"""Characters of an unknown word that are compared with the known ones."""
_LANGUAGE = later(r"[\w+#.-]{1,30}")
_TOKEN = later(
    r"[\s,:]*(?:\{(?P<group>[^{}]*)\}|(?P<key>[A-Za-z_][\w-]*)\s*=\s*"
    r"(?P<value>\"(?:\\.|[^\"\\])*\"|'[^']*'|\[[^\]]*\]|[^\s,{}]+)|\[(?P<name>[^\]]+)\]|(?P<word>[^\s,:{}=\[]+)|.)"
)
_LINES = later(r"[\d\s,-]*\d[\d\s,-]*")
_RANGE = later(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?")
_COMMENT = r"(?://|\#|--|;|%|/\*|<!--|\{/\*)"
_COMMENT_END = r"[ \t]*+(?:\*/\}?|-->)?[ \t]*+$"
_OWN_LINE = later(rf"[ \t]*+{_COMMENT}[ \t]*+highlight-(?P<what>next-line|start|end){_COMMENT_END}")
_BESIDE = later(rf"{_COMMENT}[ \t]?\[!code[ \t](?P<what>\+\+|--|hl|highlight)\]{_COMMENT_END}")
_KEYS = {
    "title": "title filename file name caption",
    "hl_lines": "hl_lines highlight hl mark emphasize-lines",
    "linenums": (
        "linenums linenos linenostart linenumbers line-numbers showlinenumbers numberlines startfrom"
        " start startlinenumber number-lines"
    ),
}
_KEY_OF = {name: key for key, names in _KEYS.items() for name in names.split()}
_IGNORED = frozenset(
    "anchorlinenos annotate compile_fail copy copyable edition2015 edition2018 edition2021 edition2024 ignore"
    " guesssyntax lineanchors linenospecial linespans live lineno no-copy no-line-numbers no_copy no_run nocopy"
    " noinline noplayground nowrap runnable select should_panic style tabwidth wrap".split()
)
_NO = frozenset({"false", "no", "off", "0"})


@dataclass(slots=True)
class Listing:
    """A listing as its author wants it.

    Attributes:
        language: In lower case; "" when none is named.
        title: "" for none.
        first: Number of the first line; None when lines are not numbered.
        marked: Lines to mark, counted from 1 whatever `first` is.
        added: Lines that a change adds.
        removed: Lines that it removes.
    """

    language: str = ""
    title: str = ""
    first: int | None = None
    marked: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)

    @property
    def has_lines(self) -> bool:
        """Whether some line is to be shown by itself."""
        return bool(self.first is not None or self.marked or self.added or self.removed)


def read_listing(code: str, about: str, raw: RawHtml, line: int) -> tuple[str, Listing]:
    """Return the code as readers get it, and what its author wants of it.

    Args:
        code: The code as it stands in the text.
        about: What stands behind the opening fence.
        raw: Where problems go.
        line: Of the fence.
    """
    listing = Listing()
    about = about.strip()[:MAX_ABOUT]
    language = _LANGUAGE.match(about)
    if language:
        listing.language = language[0].lower()
        about = about[language.end() :]
    reading = _Reading(listing=listing, raw=raw, line=line)
    if about:
        reading.read(about, from_start=not language)
    if "highlight-" in code or "[!code" in code:
        code = _without_marks(code, listing)
    count = code.count("\n") + (not code.endswith("\n"))
    for first, last in reading.ranges:
        if not 0 < first <= last <= count:
            said = str(first) if first == last else f"{first}-{last}"
            message = f"the listing has {count} lines, and {said} is to be marked"
            raw.report(codes.CODE_LINES, line, message, hint="lines are counted from 1")
        listing.marked.update(range(max(first, 1), min(last, count) + 1))
    return code, listing


def ranges_in(text: str) -> Iterator[tuple[int, int]]:
    """Give the ranges that ``1,3-4`` names, with their last numbers."""
    for found in _RANGE.finditer(text):
        yield int(found[1]), int(found[2] or found[1])


@dataclass(slots=True)
class _Reading:
    """One line behind a fence, being read."""

    listing: Listing
    raw: RawHtml
    line: int
    last_key: str = ""
    ranges: list[tuple[int, int]] = field(default_factory=list)

    def read(self, about: str, *, from_start: bool = False) -> None:
        for token in _TOKEN.finditer(about):
            if (group := token["group"]) is not None:
                if _LINES.fullmatch(group):
                    self._mark(group)
                else:
                    self.read(group, from_start=from_start)
            elif token["key"] is not None:
                self._set(token["key"], _unquoted(token["value"]))
            elif token["name"] is not None:
                self.listing.title = token["name"].strip()[:MAX_TITLE]
            elif token["word"] is not None:
                self._word(token["word"], from_start=from_start)

    def _word(self, word: str, *, from_start: bool) -> None:
        if self.last_key == "hl_lines" and _LINES.fullmatch(word):
            self._mark(word)
            return
        name = word.lstrip(".").lower()
        if from_start and word.startswith(".") and not self.listing.language:
            self.listing.language = name[:30]
        elif _KEY_OF.get(name) == "linenums":
            self._number("")
        elif name not in _IGNORED and not word.startswith("#"):
            self._unknown(word)

    def _set(self, key: str, value: str) -> None:
        name = key.lower()
        self.last_key = _KEY_OF.get(name, "")
        match self.last_key:
            case "title":
                self.listing.title = " ".join(value.split())[:MAX_TITLE]
            case "hl_lines":
                self._mark(value)
            case "linenums":
                self._number(value)
            case _:
                if name not in _IGNORED:
                    self._unknown(key)

    def _mark(self, value: str) -> None:
        if not _LINES.fullmatch(value.replace('"', "").replace("'", "")):
            message = f"expected the numbers of lines, found {shortened(value)!r}"
            self.raw.report(
                codes.CODE_LINES, self.line, message, hint='write them as hl_lines="1 3-4"'
            )
            return
        self.ranges.extend(ranges_in(value))

    def _number(self, value: str) -> None:
        found = _RANGE.match(value)
        if value.lower() in _NO and value != "0":
            self.listing.first = None
        elif found or self.listing.first is None:
            self.listing.first = int(found[1]) if found else 1

    def _unknown(self, word: str) -> None:
        near = _near(word[:_LONGEST].lower())
        hint = (
            f"did you mean {near!r}?"
            if near
            else 'known are title="app.py", hl_lines="1 3-4" and linenums="1"'
        )
        message = f"{shortened(word)!r} behind a fence means nothing here and was left out"
        self.raw.report(codes.CODE_ATTRIBUTE, self.line, message, hint=hint)


@lru_cache(maxsize=1_000)
def _near(word: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # words are mistyped seldom

    return next(iter(get_close_matches(word, _KEY_OF, n=1)), "")


def _unquoted(value: str) -> str:
    if value[:1] == '"' and value[-1:] == '"' and len(value) > 1:
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value[1:-1] if value[:1] in {"'", "["} else value


def _without_marks(code: str, listing: Listing) -> str:
    """Take the comments that mark lines out of the code, and mark the lines."""
    kept: list[str] = []
    open_at, is_next = None, False
    for line in code.split("\n"):
        if own := _OWN_LINE.fullmatch(line):
            is_next = is_next or own["what"] == "next-line"
            if own["what"] == "start":
                open_at = len(kept) + 1
            elif own["what"] == "end" and open_at is not None:
                listing.marked.update(range(open_at, len(kept) + 1))
                open_at = None
            continue
        beside = _BESIDE.search(line) if "[!code" in line else None
        kept.append(line[: beside.start()].rstrip() if beside else line)
        if beside:
            _set_of(listing, beside["what"]).add(len(kept))
        if is_next:
            listing.marked.add(len(kept))
        is_next = False
    return "\n".join(kept)


def _set_of(listing: Listing, what: str) -> set[int]:
    return {"++": listing.added, "--": listing.removed}.get(what, listing.marked)

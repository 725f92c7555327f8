"""A listing's mark (`allow.OWN_MARK`) and its lines. Answers: which lines of the code stand out, and as what.

The mark carries what `listings` read past the sanitiser to `dress`. Trusted code: it writes constants and numbers
around what was escaped before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING

from blognet.markup.listings import ranges_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.markup.listings import Listing

_TAG = re.compile(r"<(/?)span[^>]*>")
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}")
_NONE = "?"
_PARTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownListing:
    """What a mark says of a listing; as `Listing`."""

    language: str = ""
    title: str = ""
    first: int | None = None
    kinds: Mapping[int, str] = field(default_factory=dict)
    """The element of each line that stands out: ``mark``, ``ins`` or ``del``."""


def mark_of(listing: Listing) -> str:
    """Return a listing as a mark: ``lang py``, or ``code py 3,4 ? ? 1 Title``; "" when there is nothing to say."""
    if not listing.has_lines and not listing.title:
        return f"lang {listing.language}" if listing.language else ""
    numbers = (_joined(each) for each in (listing.marked, listing.added, listing.removed))
    first = _NONE if listing.first is None else str(listing.first)
    said = (listing.language or _NONE, *numbers, first, listing.title)
    return f"code {' '.join(said)}".rstrip()


def read_mark(mark: str) -> ShownListing | None:
    """Return what a mark says; None when it is that of something else."""
    kind, _, rest = mark.partition(" ")
    if kind == "lang":
        return ShownListing(language=rest)
    parts = rest.split(" ", _PARTS - 1)
    if kind != "code" or len(parts) < _PARTS - 1:
        return None
    language, marked, added, removed, first, *title = parts
    return ShownListing(
        language=language if _LANGUAGE.fullmatch(language) else "",
        title=title[0] if title else "",
        first=int(first) if first.isdecimal() else None,
        kinds={
            number: kind
            for kind, ranges in (("mark", marked), ("del", removed), ("ins", added))
            for begin, end in ranges_in(ranges)
            for number in range(begin, end + 1)
        },
    )


def listing_html(source: str, shown: ShownListing, label: str, *, coloured: bool) -> str:
    """Return a listing as readers get it.

    Args:
        source: The code as HTML without elements.
        shown: What the mark says.
        label: The word for code.
        coloured: Whether it may be highlighted.
    """
    code = unescape(source)
    html = _coloured(code, shown.language) if coloured and shown.language else source
    language = f' data-lang="{escape(shown.language)}"' if shown.language else ""
    about = shown.title or shown.language
    name = escape(f"{label}: {about}" if about else label)
    listing = (
        f'<pre class="code" role="group" tabindex="0" aria-label="{name}">'
        f'<code class="hl"{language}>{_with_lines(html, shown, code)}</code></pre>'
    )
    if not shown.title:
        return listing
    caption = escape(shown.title, quote=False)
    return f'<figure class="listing"><figcaption>{caption}</figcaption>{listing}</figure>'


def _coloured(code: str, language: str) -> str:
    from blognet.markup.highlight import highlight  # noqa: PLC0415  # many texts have no code

    return highlight(code, language)


def _with_lines(html: str, shown: ShownListing, code: str) -> str:
    """Return highlighted code with each line that stands out in an element of its own.

    Args:
        html: The code as HTML: spans that do not nest.
        shown: What the mark says.
        code: The same as text.
    """
    kinds, sign = shown.kinds, ' data-sign=""'
    if shown.language in {"diff", "patch", "udiff"}:
        kinds, sign = {**_changes(code), **kinds}, ""
    if not kinds and shown.first is None:
        return html
    written: list[str] = []
    lines = _lines(html)
    for number, line in enumerate(lines, 1):
        kind = kinds.get(number, "" if shown.first is None else "span")
        end = "\n" if number < len(lines) else ""
        if not kind or (not end and not line):
            written.append(f"{line}{end}")
            continue
        about = "" if shown.first is None else f' data-n="{shown.first + number - 1}"'
        about += sign if kind in {"ins", "del"} else ""
        written.append(f'<{kind} class="code-line"{about}>{line}{end}</{kind}>')
    return "".join(written)


def _joined(numbers: set[int]) -> str:
    """Return numbers as ``1,3-5``."""
    said: list[str] = []
    first = last = -1
    for number in sorted(numbers):
        if number == last + 1 and said:
            last = number
        else:
            first = last = number
            said.append("")
        said[-1] = str(first) if first == last else f"{first}-{last}"
    return ",".join(said) or _NONE


def _changes(code: str) -> dict[int, str]:
    kinds: dict[int, str] = {}
    for number, line in enumerate(code.split("\n"), 1):
        if line.startswith(("+++ ", "--- ")):
            continue
        if line[:1] in {"+", "-"}:
            kinds[number] = "ins" if line[0] == "+" else "del"
    return kinds


def _lines(html: str) -> list[str]:
    """Split at line ends, so that each span is closed on its line and opened again on the next."""
    lines: list[str] = []
    opened = ""
    for line in html.split("\n"):
        begun = opened
        for tag in _TAG.finditer(line):
            opened = "" if tag[1] else tag[0]
        whole = f"{begun}{line}{'</span>' if opened else ''}"
        lines.append(whole.replace(f"{begun}</span>", "", 1) if begun else whole)
    return lines

"""What authors may use: elements, attributes, classes, schemes, depth. Tables, and the question "is it safe".

Two places read them: `blognet.markup.raw` (which tells the author what it leaves out) and
`blognet.markup.sanitise` (which does not trust the former).
"""

from __future__ import annotations

import re

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
VOID = frozenset({"br", "col", "hr", "img", "source", "track", "wbr"})
PHRASING = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u "
    "var".split()
)
BLOCKS = frozenset(
    "aside blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary "
    "table ul".split()
)
TABLE_PARTS = frozenset("caption col colgroup tbody td tfoot th thead tr".split())
MEDIA = frozenset("audio img picture source track video".split())
ELEMENTS = PHRASING | BLOCKS | TABLE_PARTS | MEDIA | {"br", "wbr"}

RENAMED = {
    "acronym": "abbr", "article": "div", "big": "span", "center": "div", "font": "span", "footer": "div",
    "header": "div", "hgroup": "div", "main": "div", "nav": "div", "strike": "s", "tt": "code",
}  # fmt: skip
"""Elements that would imitate the page around the post, or are out of use, and what stands in for them."""

SWALLOWED = frozenset(
    "head math noembed noframes script select style svg textarea title xmp iframe".split()
)
"""Elements whose content is no text for readers: it goes with them."""

OWN_MARK = "data-m"
OWN_LINE = "data-l"
"""Attributes by which the parser's output speaks to `dress`. Raw HTML never keeps them."""

CLASSES = frozenset({"align-center", "align-left", "align-right", "lead", "wide"})
"""The classes that authors may write; a theme may style them. No others, so that nobody imitates the site."""

GENERIC_ATTRIBUTES = frozenset({"dir", "id", "lang", "title"})
ATTRIBUTES = {
    "a": frozenset({"href", "hreflang"}),
    "audio": frozenset({"controls", "loop", "muted", "preload", "src"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "sizes", "src", "srcset", "width"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "q": frozenset({"cite"}),
    "source": frozenset({"media", "sizes", "src", "srcset", "type"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "track": frozenset({"default", "kind", "label", "src", "srclang"}),
    "video": frozenset(
        {"controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"}
    ),
}
ADDRESSES = frozenset({"cite", "href", "poster", "src"})

MAX_DEPTH = 40
"""How deep Markdown's own blocks may nest."""
MAX_RAW_DEPTH = 80
"""How deep raw HTML may nest. A browser's limit is 512; a sanitiser's work grows with depth times size."""
MAX_INLINE_DEPTH = 40
"""How deep emphasis may nest within one paragraph."""
MAX_INLINE = 65_536
"""Characters in one paragraph, heading or cell; a longer one is shown as plain text."""
MAX_CELLS = 100_000
"""Cells of tables in one text; tables beyond stay text. (Short rows are filled up: 2 kB can ask for 65,000 cells.)"""
MAX_TEXT = 1_000_000
"""Characters in one text; what is beyond is left out and reported."""
MAX_LABEL = 200
"""Characters in the label of a footnote."""
MAX_ADDRESS = 2_000
"""Characters in a bare address that becomes a link by itself."""

_IGNORED_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_SCHEME = re.compile(r"([^/?#:]*):")


def is_safe_address(address: str) -> bool:
    """Whether an address is relative or has one of the allowed schemes.

    Browsers drop tabs, line ends and leading control characters from addresses; so does this question.
    """
    scheme = _SCHEME.match(_IGNORED_IN_ADDRESS.sub("", address))
    return scheme is None or scheme[1].lower() in SCHEMES


def is_safe_srcset(candidates: str) -> bool:
    """Whether every candidate of a ``srcset`` is a safe address."""
    return all(is_safe_address(candidate) for candidate in candidates.split(","))

"""Markdown to HTML that is not yet safe, by markdown-it-py. Answers: which elements a text asks for.

It refuses to know what is shown how: headings, code, tables, footnotes, alerts and tasks leave here as plain
elements with a mark (`allow.OWN_MARK`) that `dress` turns into what readers get. It refuses to judge: the
sanitiser does. The parser is CommonMark with tables, strikethrough, task lists, alerts, footnotes and bare
addresses; the typographer and linkify-it stay off. `pull` does the same with the other parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from blognet.markup import allow, formulas, marks
from blognet.markup.formulas import spans
from blognet.markup.quick_rules import ask_few_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from blognet.markup.raw import RawHtml
    from blognet.markup.source_lines import LineNumbers

    InlineRule = Callable[[StateInline, bool], bool]

_CELLS, _REFUSED = "cells", "refused_table"
_ADDRESS_END = re.compile(r"[\s<]")
_EDGES = frozenset({"blockquote", "list_item", "alert", "footnote"})
_BREAK_AFTER_OPEN = frozenset(
    {"blockquote", "ul", "ol", "table", "thead", "tbody", "tr", "div", "section"}
)


class _Parser(MarkdownIt):
    """CommonMark that leaves addresses as written; which are allowed is asked later, so that it can be reported."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - the library's name and signature
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the library's name
        return link


def write_markdown(text: str, raw: RawHtml, numbers: LineNumbers, *, math: bool = False) -> str:
    """Return the HTML of a Markdown text, to be sanitised; problems are added to `raw`.

    Args:
        text: The source, within the limits; only LF ends a line.
        raw: A fresh one for each text.
        numbers: Of the lines.
        math: Whether dollars enclose formulas.
    """
    env: dict[str, int] = {}
    tokens = _parser(math=math).parse(text, env)
    if (refused := env.get(_REFUSED)) is not None:
        marks.report_many_cells(raw, numbers.of(refused))
    return "".join(_Writer(raw=raw, numbers=numbers, line=numbers.of(0)).write(tokens))


@cache
def _parser(*, math: bool) -> MarkdownIt:
    parser = patient_parser(math=math)
    ask_few_rules(parser)
    return parser


def patient_parser(*, math: bool) -> MarkdownIt:
    """Return the parser with all its rules, each of which is asked at each place."""
    parser = _Parser(
        "commonmark",
        {
            "maxNesting": allow.MAX_DEPTH,
            "tasklists": True,
            "alerts": True,
            "strikethrough_single_tilde": True,
        },
    )
    parser.enable(["table", "strikethrough"])
    parser.use(gfm_autolink_plugin)
    parser.use(footnote_plugin, inline=False)
    for name, worth_trying in (
        ("gfm_autolink_www", _may_be_www),
        ("gfm_autolink_protocol", _may_be_protocol),
        ("gfm_autolink_email", _may_be_email),
        ("footnote_ref", _may_be_footnote),
    ):
        _guard(parser, name, worth_trying)
    _guard_tables(parser)
    parser.core.ruler.before("inline", "long_inline", _keep_long_inline_plain)
    if math:
        parser.inline.ruler.after("escape", "formula", _formula)
    return parser


def _guard(parser: MarkdownIt, name: str, worth_trying: Callable[[StateInline], bool]) -> None:
    """Let a rule of a plugin see only `allow.MAX_ADDRESS` characters, and only where it may succeed.

    The plugins look from each candidate to the end of the paragraph, which takes quadratic time on many of them.
    """
    ruler = parser.inline.ruler
    rule = next(entry.fn for entry in ruler.__rules__ if entry.name == name)

    def guarded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
        if not worth_trying(state):
            return False
        end = state.posMax
        state.posMax = min(end, state.pos + allow.MAX_ADDRESS)
        try:
            return rule(state, silent)
        finally:
            state.posMax = end

    ruler.at(name, guarded)


def _guard_tables(parser: MarkdownIt) -> None:
    ruler = parser.block.ruler
    entry = next(entry for entry in ruler.__rules__ if entry.name == "table")
    rule, alternatives = entry.fn, entry.alt

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
        if state.env.get(_CELLS, 0) > allow.MAX_CELLS:
            state.env.setdefault(_REFUSED, start)
            return False
        before = len(state.tokens)
        found = rule(state, start, end, silent)
        if found and not silent:
            state.env[_CELLS] = state.env.get(_CELLS, 0) + (len(state.tokens) - before) // 3
        return found

    ruler.at("table", guarded, {"alt": alternatives})


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    if state.src[state.pos] != "$":
        return False
    found = spans.formula_at(state.src[: state.posMax], state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content, token.hidden = found.tex, found.is_display
        token.info = state.src[found.start : found.end]
    state.pos = found.end
    return True


def _may_be_www(state: StateInline) -> bool:
    return state.src.startswith("www.", state.pos) and _ends_soon(state)


def _may_be_protocol(state: StateInline) -> bool:
    at = state.pos
    if state.src[at] != ":":
        return False
    before = state.src[max(at - 6, 0) : at]
    known = before == "mailto" or (
        before.endswith(("http", "https")) and state.src.startswith("//", at + 1)
    )
    return known and _ends_soon(state)


def _may_be_email(state: StateInline) -> bool:
    at = state.pos
    return state.src[at] == "@" and at > 0 and not state.src[at - 1].isspace() and _ends_soon(state)


def _ends_soon(state: StateInline) -> bool:
    """Whether what begins here is no longer than `allow.MAX_ADDRESS`; a longer address stays text, whole."""
    end = state.pos + allow.MAX_ADDRESS
    return end >= state.posMax or _ADDRESS_END.search(state.src, state.pos, end) is not None


def _may_be_footnote(state: StateInline) -> bool:
    at = state.pos
    return state.src.startswith("[^", at) and state.src.find("]", at, at + allow.MAX_LABEL) >= 0


def _keep_long_inline_plain(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > allow.MAX_INLINE:
            token.type = "long_inline"


@dataclass(slots=True)
class _Writer:
    """Writes tokens; knows the line it is on."""

    raw: RawHtml
    numbers: LineNumbers
    line: int

    def write(self, tokens: Sequence[Token]) -> Iterator[str]:
        for token in tokens:
            if token.map is not None:
                self.line = self.numbers.of(token.map[0])
            if token.level >= allow.MAX_DEPTH - 1:
                marks.report_deep_blocks(self.raw, self.line)
            if token.type == "inline":
                yield from self._inline(token.children or ())
            elif token.nesting:
                yield self._edge(token)
            else:
                yield self._leaf(token)

    def _leaf(self, token: Token) -> str:
        match token.type:
            case "html_block":
                return self.raw.block(token.content, self.line)
            case "fence" | "code_block":
                return marks.fence(token.content, unescapeAll(token.info), self.raw, self.line)
            case "footnote_anchor":
                return "" if token.meta["subId"] else marks.note_back(token.meta["id"] + 1)
            case "long_inline":
                marks.report_long_paragraph(self.raw, self.line)
                return escape(token.content, quote=False)
            case _:
                return f"<{token.tag}>\n"

    def _edge(self, token: Token) -> str:
        if token.hidden:
            return ""
        kind = token.type.rpartition("_")[0]
        if token.nesting == 1:
            if kind in _EDGES:
                self.raw.enter_block()
            tag, attributes = _opening(token, kind)
            return f"<{tag}{attributes}>" + ("\n" if tag in _BREAK_AFTER_OPEN else "")
        due = self.raw.leave_block() if kind in _EDGES else ""
        return f"{due}</{_TAGS.get(kind, token.tag)}>\n"

    def _inline(self, tokens: Sequence[Token]) -> Iterator[str]:
        self.raw.enter_inline()
        depth = 0
        for token in tokens:
            if token.type == "html_inline":
                yield self.raw.inline(token.content, self.line)
                self.line += token.content.count("\n")
            elif token.type in {"softbreak", "hardbreak"}:
                self.line += 1
                yield "" if self.raw.muted else ("\n" if token.type == "softbreak" else "<br>\n")
            elif token.type == "formula":
                if not self.raw.muted:
                    yield formulas.mark(token.content, self.line, is_display=token.hidden)
                self.line += token.info.count("\n")
            elif not self.raw.muted:
                if token.nesting:
                    depth += token.nesting
                    if depth + (token.nesting < 0) > allow.MAX_INLINE_DEPTH:
                        marks.report_deep_emphasis(self.raw, self.line)
                        continue
                yield self._phrase(token)
        yield self.raw.leave_inline()

    def _phrase(self, token: Token) -> str:
        match token.type:
            case "text" | "text_special":
                return escape(token.content, quote=False)
            case "code_inline":
                return f"<code>{escape(token.content, quote=False)}</code>"
            case "link_open":
                address, title = _attribute(token, "href"), _attribute(token, "title")
                return marks.link_open(address, title, self.raw, self.line)
            case "image":
                address, title = _attribute(token, "src"), _attribute(token, "title")
                words = _plain(token.children or ())
                return marks.image(address, words, title, self.raw, self.line)
            case "footnote_ref":
                return marks.note_mark(token.meta["id"] + 1, token.meta["subId"])
            case _:
                return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>"


_TAGS = {"footnote_block": "section", "footnote": "li"}


def _opening(token: Token, kind: str) -> tuple[str, str]:
    """Return the element's name and attributes."""
    mark = ""
    match kind:
        case "footnote_block":
            return "section", f' {allow.OWN_MARK}="notes"'
        case "footnote":
            return "li", f' {allow.OWN_MARK}="note {token.meta["id"] + 1}"'
        case "alert":
            mark = f"alert {token.info.lower()}"
        case "alert_title":
            mark = "alert-title"
        case "list_item" if "checked" in (token.meta or {}):
            mark = "task done" if token.meta["checked"] else "task open"
        case "th" | "td" if token.attrs:
            side = str(token.attrs.get("style", "")).removeprefix("text-align:")
            return token.tag, f' class="align-{side}"'
        case "ordered_list" if "start" in token.attrs:
            return token.tag, f' start="{token.attrs["start"]}"'
    return token.tag, f' {allow.OWN_MARK}="{mark}"' if mark else ""


def _attribute(token: Token, name: str) -> str:
    return str(token.attrs.get(name, ""))


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(
        _plain(token.children)
        if token.children
        else " "
        if token.type == "softbreak"
        else token.info or token.content
        for token in tokens
        if token.type != "html_inline"
    )

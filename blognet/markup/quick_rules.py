"""Which rules of markdown-it-py can match at a character. Answers: the same tokens, with fewer rules asked.

Every rule looks at one character first and says no to nearly all of them; the library asks one rule after the other,
for each place of a text and for each line. Here a place is shown to the rules of its character alone. It refuses to
know what rules do: where a rule has a name that stands in no table below, everything stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    InlineRule: TypeAlias = Callable[[StateInline, bool], bool]
    BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

_TEXT = "text"
_INLINE: Mapping[str, str] = {
    "newline": "\n",
    "escape": "\\",
    "formula": "$",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "gfm_autolink_www": "w",
    "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
}
"""The first character of what each rule of phrases matches."""
_END_OF_LABEL = "]"
"""No rule begins with it, but the library looks for it from place to place."""
_ANY = ""
_BLOCK: Mapping[str, str] = {
    "table": _ANY,
    "code": _ANY,
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "lheading": _ANY,
    "paragraph": _ANY,
}
"""The characters with which a line begins that a rule of blocks matches."""
_CHAINS = ("", "paragraph", "reference", "blockquote", "list")
_UNDERLINES = "-="


def ask_few_rules(parser: MarkdownIt) -> None:
    """Let a parser ask those rules alone that can match; to be called when all its rules are there."""
    inline = parser.inline.ruler.get_active_rules()
    if _TEXT in inline and {*inline} <= {*_INLINE, _TEXT}:
        _ask_few_of_phrases(parser, inline)
    if {*parser.block.ruler.get_active_rules()} <= _BLOCK.keys():
        _ask_few_of_blocks(parser)


def _ask_few_of_phrases(parser: MarkdownIt, names: list[str]) -> None:
    rules = dict(zip(names, parser.inline.ruler.getRules(""), strict=True))
    text = rules.pop(_TEXT)
    of_sign: dict[str, list[InlineRule]] = {_END_OF_LABEL: []}
    for name, rule in rules.items():
        for sign in _INLINE[name]:
            of_sign.setdefault(sign, []).append(rule)

    def ask(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
        few = of_sign.get(state.src[state.pos])
        if few is None:
            return text(state, silent)
        for rule in few:  # noqa: SIM110 - a generator for each place costs more than the rules
            if rule(state, silent):
                return True
        return False

    parser.inline.terminator_re = re.compile(f"[{re.escape(''.join(of_sign))}]")
    parser.inline.ruler.__cache__ = {"": [ask]}


def _ask_few_of_blocks(parser: MarkdownIt) -> None:
    ruler = parser.block.ruler
    names = {id(entry.fn): entry.name for entry in ruler.__rules__}
    chains: dict[str, list[BlockRule]] = {}
    for chain in _CHAINS:
        rules = [(names[id(rule)], rule) for rule in ruler.getRules(chain)]
        chains[chain] = [_asking([(name, _quick(name, rule)) for name, rule in rules])]
    ruler.__cache__ = chains


def _asking(rules: list[tuple[str, BlockRule]]) -> BlockRule:
    """Return a rule that asks these, in their order, as far as they can match a line."""
    signs = {sign for name, _ in rules for sign in _BLOCK[name]}
    of_sign = {
        sign: [rule for name, rule in rules if not _BLOCK[name] or sign in _BLOCK[name]]
        for sign in signs
    }
    others = [rule for name, rule in rules if not _BLOCK[name]]

    def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
        at = state.bMarks[start] + state.tShift[start]
        sign = state.src[at] if at < state.eMarks[start] else ""
        for rule in of_sign.get(sign, others):  # noqa: SIM110 - see above
            if rule(state, start, end, silent):
                return True
        return False

    return ask


def _quick(name: str, rule: BlockRule) -> BlockRule:
    """Return a rule, that of underlined headings asked only where a line may be an underline.

    It looks at every line of a paragraph as closely as the rule of paragraphs does after it.
    """
    if name != "lheading":
        return rule

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's
        if state.is_code_block(start):
            return False
        for line in range(start + 1, end):
            at = state.bMarks[line] + state.tShift[line]
            if at >= state.eMarks[line]:
                break
            if state.src[at] in _UNDERLINES:
                return rule(state, start, end, silent)
        state.parentType = "paragraph"  # as the rule leaves it
        return False

    return guarded

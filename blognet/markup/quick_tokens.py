"""The tokens of Pygments' lexers in fewer steps. Answers: exactly what the lexer answers, from the lexer's own rules.

A lexer tries the rules of its state one after the other, each a pattern of its own, a dozen for every token. Here the
patterns of rules that stand together are one pattern, whose groups say which rule it was. Only lexers that Pygments
would run by its plain loop are read so; a rule that refers to groups, or has flags of its own, stays by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace, _TokenType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    _Action: TypeAlias = (
        _TokenType | Callable[[Lexer, re.Match[str]], Iterable[tuple[int, _TokenType, str]]] | None
    )
    _NewState: TypeAlias = str | int | tuple[str, ...] | None
    _Rule: TypeAlias = tuple[Callable[[str, int], re.Match[str] | None], _Action, _NewState]

_OWN_FLAGS = re.compile(r"\(\?([aiLmsux]+)\)")
_JOINED_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
"""Flags that a pattern may begin with, which can hold for a part of another one, too."""
_REFERENCE = re.compile(r"\\[1-9]|\(\?P[=<]|\(\?\(")
WORTH_IT = 10_000
"""Characters of a language."""
_LEAST = 3
"""Fewer rules than this are tried one after the other just as fast."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One or several rules that are tried at once.

    Attributes:
        match: Of their pattern; the last group that matched is the number of the rule in `rules`.
        only: The rule, when it is one; else the first.
        rules: By the number of their group; empty when it is one.
    """

    match: Callable[[str, int], re.Match[str] | None]
    only: _Rule
    rules: Mapping[int | None, _Rule]


class _States:
    """The rules of a lexer by state, put together when a state is met.

    That takes as long as reading some thousand characters, so it is done for languages of which so much was read.
    """

    def __init__(self, rules: Mapping[str, Iterable[_Rule]], flags: int) -> None:
        self._rules = rules
        self._flags = flags
        self._known: dict[str, tuple[_Step, ...]] = {}
        self._read = 0

    def are_worth_it(self, characters: int) -> bool:
        self._read += characters
        return self._read > WORTH_IT

    def steps(self, state: str) -> tuple[_Step, ...]:
        found = self._known.get(state)
        if found is None:
            found = self._known[state] = tuple(_together(self._rules[state], self._flags))
        return found


def tokens_of(lexer: Lexer, code: str) -> Iterable[tuple[_TokenType, str]]:
    """Return the tokens of a code, as ``lexer.get_tokens`` does."""
    states = _states_of(type(lexer))
    if states is None or not states.are_worth_it(len(code)) or not isinstance(lexer, RegexLexer):
        return lexer.get_tokens(code)
    if lexer.filters or lexer.stripnl or lexer.stripall or lexer.tabsize or not lexer.ensurenl:
        return lexer.get_tokens(code)
    if "\r" in code or code.startswith("\ufeff"):
        return lexer.get_tokens(code)
    return _tokens(lexer, code if code.endswith("\n") else f"{code}\n", states)


def _tokens(lexer: RegexLexer, text: str, states: _States) -> Iterator[tuple[_TokenType, str]]:
    at, end = 0, len(text)
    stack = ["root"]
    while True:
        for step in states.steps(stack[-1]):
            if match := step.match(text, at):
                pattern, action, new_state = step.rules.get(match.lastindex, step.only)
                if isinstance(action, _TokenType):
                    yield action, match[0]
                elif action is not None and (whole := pattern(text, at)):
                    for _, kind, value in action(lexer, whole):
                        yield kind, value
                at = match.end()
                if new_state is not None:
                    _change(stack, new_state)
                break
        else:
            if at >= end:
                return
            if text[at] == "\n":
                stack = ["root"]
            yield (Whitespace if text[at] == "\n" else Error), text[at]
            at += 1


def _change(stack: list[str], new_state: str | int | tuple[str, ...]) -> None:
    """Enter and leave states; the last one is never left."""
    if isinstance(new_state, int):
        del stack[max(1, len(stack) - abs(new_state)) :]
        return
    for state in (new_state,) if isinstance(new_state, str) else new_state:
        if state == "#pop":
            if len(stack) > 1:
                stack.pop()
        else:
            stack.append(stack[-1] if state == "#push" else state)


@cache
def _states_of(kind: type[Lexer]) -> _States | None:
    """Return the rules of a lexer by state; None when Pygments would not read it by its plain loop."""
    if not issubclass(kind, RegexLexer) or kind.get_tokens is not Lexer.get_tokens:
        return None
    if kind.get_tokens_unprocessed is not RegexLexer.get_tokens_unprocessed:
        return None
    states: Mapping[str, list[_Rule]] | None = getattr(kind, "_tokens", None)
    if states is None:
        return None
    return _States(states, int(kind.flags) | re.UNICODE)


def _together(rules: Iterable[_Rule], flags: int) -> Iterator[_Step]:
    """Yield rules in their order, those that stand together and can be one pattern as one."""
    some: list[tuple[_Rule, str, int]] = []
    for rule in rules:
        pattern = getattr(rule[0], "__self__", None)
        source = _as_part(pattern, flags) if isinstance(pattern, re.Pattern) else None
        if source is not None:
            some.append((rule, source, pattern.groups if pattern else 0))
            continue
        yield from _joined(some, flags)
        yield _Step(rule[0], rule, {})
        some = []
    yield from _joined(some, flags)


def _as_part(pattern: re.Pattern[str], flags: int) -> str | None:
    """Return the source of a pattern as a part of one with flags; None when it would mean something else there."""
    source = pattern.pattern
    own = _OWN_FLAGS.match(source)
    if own and set(own[1]) <= _JOINED_FLAGS.keys():
        source = f"(?{own[1]}:{source[own.end() :]})"
        flags |= sum(_JOINED_FLAGS[letter] for letter in set(own[1]))
    if pattern.flags != flags or flags & re.VERBOSE or _OWN_FLAGS.search(source):
        return None
    return None if pattern.groups and _REFERENCE.search(source) else source


def _joined(some: list[tuple[_Rule, str, int]], flags: int) -> Iterator[_Step]:
    if len(some) < _LEAST:
        yield from (_Step(rule[0], rule, {}) for rule, _, _ in some)
        return
    number = 0
    rules: dict[int | None, _Rule] = {}
    for rule, _, groups in some:
        number += groups + 1
        rules[number] = rule
    # An empty group behind each part: one around it would hide its first letter, by which it is passed over quickly.
    source = "|".join(f"(?:{source})()" for _, source, _ in some)
    yield _Step(re.compile(source, flags).match, some[0][0], rules)

"""What a YAML parser stumbled over, in words for people. Answers: what is wrong with this line, what to type next?

A parser says where it could not go on; the reason mostly lies in the line before its nose. So the line is looked at
again, by rules for the mistakes that people make in front matter. Both parsers of PyYAML word their faults
differently; nothing here depends on more than what both say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel import codes
from blognet.kernel.problems import Problem

if TYPE_CHECKING:
    from blognet.kernel.places import SourceLines

_ENTRY = re.compile(
    r"(?P<before>\s*(?:- +)*)(?P<key>[^\s:'\"#\[\]{}&*!|>@`%-][^:'\"]*):\s+(?P<value>\S.*)"
)
_BACKSLASH = re.compile(
    r"\\(?:[0abt\tnvfre \"/\\N_LP]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParserFault:
    """Where and why a parser stopped; lines in the file, columns from 1, context_line 0 when there is none."""

    message: str
    context: str
    line: int
    column: int
    context_line: int = 0
    context_column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Diagnosis:
    code: str
    message: str
    hint: str
    line: int
    column: int
    width: int = 1


def diagnose(fault: ParserFault, source: SourceLines) -> Problem:
    """Turn a parser's fault into a problem that says what to type next."""
    found = (
        _tab(fault, source)
        or _open_quote(fault)
        or _backslash(fault, source)
        or _sign(fault, source)
        or _open_bracket(fault, source)
        or _colon(fault, source)
        or _line_without_colon(fault, source)
        or _indentation(fault, source)
        or _text_after(fault, source)
        or _reserved_start(fault, source)
        or _unknown(fault)
    )
    return Problem(
        location=source.location(found.line, found.column, width=found.width),
        code=found.code,
        message=found.message,
        hint=found.hint,
    )


def _line(source: SourceLines, number: int) -> str:
    index = number - source.first_line
    return source.lines[index] if 0 <= index < len(source.lines) else ""


def _entry(line: str) -> re.Match[str] | None:
    return _ENTRY.fullmatch(line.rstrip())


def _tab(fault: ParserFault, source: SourceLines) -> _Diagnosis | None:
    line = _line(source, fault.line)
    start = line[: len(line) - len(line.lstrip())]
    column = start.find("\t") + 1
    if not column and line[fault.column - 1 : fault.column] == "\t":
        column = fault.column
    if not column:
        return None
    return _Diagnosis(
        code=codes.TAB,
        message="a tab in the indentation; expected spaces",
        hint="replace the tab by spaces, two for each level",
        line=fault.line,
        column=column,
    )


def _open_quote(fault: ParserFault) -> _Diagnosis | None:
    if "quoted scalar" not in fault.context or "unexpected" not in fault.message:
        return None
    return _Diagnosis(
        code=codes.QUOTE_OPEN,
        message="a quote that is never closed",
        hint="add the closing quote at the end of the value",
        line=fault.context_line,
        column=fault.context_column,
    )


def _backslash(fault: ParserFault, source: SourceLines) -> _Diagnosis | None:
    if "quoted scalar" not in fault.context:
        return None
    line = _line(source, fault.line)
    at = line.rfind("\\", 0, fault.column)
    if at < 0:
        return None
    return _Diagnosis(
        code=codes.BACKSLASH,
        message=f"the escape '{line[at : at + 2]}', which YAML does not know",
        hint="write the backslash twice, or use single quotes",
        line=fault.line,
        column=at + 1,
        width=2,
    )


def _sign(fault: ParserFault, source: SourceLines) -> _Diagnosis | None:
    """An alias, anchor or tag that is not even a good one: `title: **Bold**`."""
    for word, code in (("alias", codes.ALIAS), ("anchor", codes.ALIAS), ("tag", codes.TAG)):
        if fault.context.endswith(word):
            sign = _line(source, fault.context_line)[fault.context_column - 1 :][:1]
            return _Diagnosis(
                code=code,
                message=f"a value that begins with {sign}, which has a meaning of its own in YAML",
                hint=_quote_hint(source, fault.context_line),
                line=fault.context_line,
                column=fault.context_column,
            )
    return None


def _open_bracket(fault: ParserFault, source: SourceLines) -> _Diagnosis | None:
    if "parsing a flow" not in fault.context:
        return None
    opening, line, column = _opening(fault, source)
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    return _Diagnosis(
        code=codes.BRACKET_OPEN,
        message=f"expected a comma or the closing '{closing}' of this '{opening}'",
        hint=f"close it with '{closing}'; where it belongs to the text, quote the value",
        line=line,
        column=column,
    )


def _opening(fault: ParserFault, source: SourceLines) -> tuple[str, int, int]:
    """Return the bracket that was never closed, with its line and column.

    Where nothing at all follows the bracket, the parser's mark is not on it but behind the last line.
    """
    line, column = fault.context_line, fault.context_column
    sign = _line(source, line)[column - 1 :][:1]
    while sign not in {"[", "{"} and line > 0:
        text = _line(source, line)
        column = max(text.rfind("["), text.rfind("{")) + 1
        sign, line = text[column - 1 :][:1] if column else "", line if column else line - 1
    return (sign, line, column) if sign else ("[", fault.context_line, fault.context_column)


def _colon(fault: ParserFault, source: SourceLines) -> _Diagnosis | None:
    if "mapping values are not allowed" not in fault.message:
        return None
    line = _line(source, fault.line)
    match = _entry(line)
    if match and fault.column > match.start("value"):
        return _Diagnosis(
            code=codes.COLON,
            message=f"a colon in the value of '{match['key'].strip()}', which is not in quotes",
            hint=_quote_hint(source, fault.line),
            line=fault.line,
            column=fault.column,
        )
    indent = len(line) - len(line.lstrip())
    return _Diagnosis(
        code=codes.INDENTATION,
        message="a key that does not line up with the keys above",
        hint="begin the line in the same column as the key above",
        line=fault.line,
        column=indent + 1,
        width=max(1, fault.column - indent - 1),
    )


def _line_without_colon(fault: ParserFault, source: SourceLines) -> _Diagnosis | None:
    if "could not find expected ':'" not in fault.message:
        return None
    where = fault.context_line or fault.line
    line = _line(source, where)
    column = fault.context_column or 1
    return _Diagnosis(
        code=codes.NOT_KEY_VALUE,
        message="expected 'key: value' on this line",
        hint="add a colon and a space after the key; indent a line that continues a value",
        line=where,
        column=column,
        width=max(1, len(line.rstrip()) - column + 1),
    )


def _indentation(fault: ParserFault, source: SourceLines) -> _Diagnosis | None:
    line = _line(source, fault.line)
    indent = len(line) - len(line.lstrip(" "))
    at_start = fault.column == indent + 1 and bool(line.strip())
    if not at_start or not (_entry(line) or line.lstrip()[:1] == "-" or line.rstrip()[-1:] == ":"):
        return None
    return _Diagnosis(
        code=codes.INDENTATION,
        message="a line that does not line up with the lines above",
        hint="begin it in the same column as the line it belongs with",
        line=fault.line,
        column=indent + 1,
        width=max(1, len(line.rstrip()) - indent),
    )


def _text_after(fault: ParserFault, source: SourceLines) -> _Diagnosis | None:
    """`title: 'It's late'` and `title: [Draft] My post`: the value ended too early."""
    line = _line(source, fault.line)
    match = _entry(line)
    if not match or fault.column - 1 <= match.start("value") or match["value"][0] not in "'\"[{":
        return None
    opened = match["value"][0]
    what = "closing quote" if opened in "'\"" else "closing bracket"
    return _Diagnosis(
        code=codes.TEXT_AFTER,
        message=f"text after the {what} of '{match['key'].strip()}'",
        hint=_quote_hint(source, fault.line),
        line=fault.line,
        column=fault.column,
        width=max(1, len(line.rstrip()) - fault.column + 1),
    )


def _reserved_start(fault: ParserFault, source: SourceLines) -> _Diagnosis | None:
    sign = _line(source, fault.line)[fault.column - 1 :][:1]
    if sign == "" or sign not in "@`%,]}|>-?":
        # A block's sign stands before the text that does not belong there: `title: > 5 things`.
        sign = _line(source, fault.context_line)[fault.context_column - 1 :][:1]
        if "block scalar" not in fault.context or sign not in {"|", ">"}:
            return None
        fault = ParserFault(
            message="", context="", line=fault.context_line, column=fault.context_column
        )
    return _Diagnosis(
        code=codes.RESERVED_START,
        message=f"a value that begins with {sign}, which has a meaning of its own in YAML",
        hint=_quote_hint(source, fault.line),
        line=fault.line,
        column=fault.column,
    )


def _unknown(fault: ParserFault) -> _Diagnosis:
    return _Diagnosis(
        code=codes.NOT_YAML,
        message="not readable as keys with values",
        hint="write one 'key: value' on each line, with values in quotes",
        line=fault.line,
        column=fault.column,
    )


def _quote_hint(source: SourceLines, number: int) -> str:
    match = _entry(_line(source, number))
    if not match:
        return "put the whole value in quotes"
    value = match["value"]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    if len(escaped) > 80:  # noqa: PLR2004  # longer than fits beside a message
        return "put the whole value in double quotes"
    return f'put it in quotes: {match["key"].strip()}: "{escaped}"'

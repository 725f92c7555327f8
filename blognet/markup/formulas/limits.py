"""What a formula may ask of math_core. Answers: is this TeX small, shallow and without definitions?

math_core goes down one level of its stack for each group and each command that stands before another, and the program
would end where the stack does. So the depth is bounded from above before it sees the text: a group is a level, and so
is each command in it, until the group, the cell or the row of an environment ends. Its time doubles with each bracket
that nothing closes, so those are few. Both count too much, never too little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from blognet.markup.faults import Fault

MOST_GROUPS = 40
"""Groups within groups."""
MOST_DEEP = 200
"""Groups and commands that may stand within each other; math_core needs 3 kB of stack for each."""
MOST_OPEN = 12
"""Brackets that nothing closes in their own group and row."""
MOST_SIGNS = 20_000
"""Characters of one formula."""

_SIGN = re.compile(
    # The bracket behind one of these is its own and needs no other.
    r"\\(?P<side>left|right|middle)(?![a-zA-Z])[ \t\n]*(?:\\[a-zA-Z]+|\\.|[^\\{}&_^%])?"
    r"|\\(?P<command>[a-zA-Z]+|.|\Z)|[{}&_^()\[\]]|%[^\n]*",
    re.DOTALL,
)
_OPENING = frozenset({"begin", "left", "bgroup", "begingroup"})
_CLOSING = frozenset({"end", "right", "egroup", "endgroup"})
_DEFINING = frozenset(
    "def edef gdef xdef let newcommand renewcommand providecommand declaremathoperator newenvironment".split()
)
_SPACING = frozenset("!,:;>| ")
_BRACKETS = {"(": 1, "[": 1, "\\{": 1, ")": -1, "]": -1, "\\}": -1} | {
    f"\\{side}{name}": step
    for side, step in (("l", 1), ("r", -1))
    for name in "angle brace brack floor ceil vert Vert group moustache lbracket".split()
}
_BRACKETS |= {"\\ulcorner": 1, "\\llcorner": 1, "\\urcorner": -1, "\\lrcorner": -1}


@dataclass(slots=True)
class _Group:
    """What stands open in a group: commands in a row, and brackets.

    Attributes:
        is_environment: Whether rows and cells end what stands before them.
    """

    is_environment: bool = False
    commands: int = 0
    brackets: int = 0


@dataclass(slots=True)
class _Nesting:
    """How deep a reader of a formula would be, and how many brackets stay open for ever."""

    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    commands: int = 0
    waiting: int = 0
    lost: int = 0

    def read(self, sign: str, command: str | None) -> None:
        here = self.groups[-1]
        if sign == "{" or command in _OPENING:
            self.groups.append(_Group(is_environment=command == "begin"))
        elif sign == "}" or command in _CLOSING:
            self._end_row(here)
            self.commands -= here.commands
            if len(self.groups) > 1:
                self.groups.pop()
            else:
                here.commands = 0
        elif sign == "&" or command == "\\":
            self._end_row(here)
            if here.is_environment:
                self.commands -= here.commands
                here.commands = 0
        elif (step := _BRACKETS.get(sign)) is not None:
            step = max(step, -here.brackets)
            here.brackets += step
            self.waiting += step
        elif sign in {"_", "^"} or (command is not None and command not in _SPACING):
            here.commands += 1
            self.commands += 1

    def _end_row(self, group: _Group) -> None:
        self.lost += group.brackets
        self.waiting -= group.brackets
        group.brackets = 0


def fault_of(tex: str) -> Fault | None:
    """Return why math_core must not see a formula; None when it may."""
    if len(tex) > MOST_SIGNS:
        message = f"the formula has more than {MOST_SIGNS} characters"
        return Fault(at=0, width=1, message=message, hint="split it into several formulas")
    nesting = _Nesting()
    for sign in _SIGN.finditer(tex):
        command = sign["side"] or sign["command"]
        if command is not None and command.lower() in _DEFINING:
            return Fault(
                at=sign.start(),
                width=len(sign[0]),
                message=f"'{sign[0]}' defines a command, and formulas have no definitions of their own",
                hint="write out what the command stands for",
            )
        nesting.read(sign[0], command)
        groups = len(nesting.groups)
        if groups > MOST_GROUPS + 1 or nesting.commands + groups > MOST_DEEP:
            return Fault(
                at=sign.start(),
                width=len(sign[0]),
                message=f"the formula nests deeper than {MOST_GROUPS} groups or has too many commands in one row",
                hint="split it into several formulas, or into rows of an environment such as aligned",
            )
        if nesting.lost + nesting.waiting > MOST_OPEN + MOST_GROUPS or nesting.lost > MOST_OPEN:
            return _too_open(sign)
    if nesting.lost + nesting.waiting > MOST_OPEN:
        return _too_open(None)
    return None


def _too_open(sign: re.Match[str] | None) -> Fault:
    return Fault(
        at=sign.start() if sign else 0,
        width=len(sign[0]) if sign else 1,
        message=f"more than {MOST_OPEN} brackets are opened and not closed in the same group and row",
        hint="close them, or split the formula",
    )

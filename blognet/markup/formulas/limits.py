"""What a formula may ask of math_core. Answers: is this TeX small, shallow and without definitions?

math_core goes down one level of its stack for each group and each command that stands before another, and the program
would end where the stack does. So the depth is bounded from above before it sees the text: a group is a level, and so
is each command in it, until the group, the cell or the row ends. That counts too much, never too little.
"""

from __future__ import annotations

import re

from blognet.markup.faults import Fault

MOST_GROUPS = 40
"""Groups within groups."""
MOST_DEEP = 200
"""Groups and commands that may stand within each other; math_core needs 3 kB of stack for each."""

_SIGN = re.compile(r"\\(?P<command>[a-zA-Z]+|.|\Z)|[{}&_^]|%[^\n]*", re.DOTALL)
_OPENING, _CLOSING = frozenset({"begin", "left", "bgroup"}), frozenset({"end", "right", "egroup"})
_DEFINING = frozenset(
    "def edef gdef xdef let newcommand renewcommand providecommand declaremathoperator newenvironment".split()
)
_SPACING = frozenset("!,:;>| ")


def fault_of(tex: str) -> Fault | None:
    """Return why math_core must not see a formula; None when it may."""
    levels = [0]
    for sign in _SIGN.finditer(tex):
        command = sign["command"]
        if command is not None and command.lower() in _DEFINING:
            return Fault(
                at=sign.start(),
                width=len(sign[0]),
                message=f"'{sign[0]}' defines a command, and formulas have no definitions of their own",
                hint="write out what the command stands for",
            )
        if sign[0] == "{" or command in _OPENING:
            levels.append(0)
        elif sign[0] == "}" or command in _CLOSING:
            levels[:] = levels[:-1] or [0]
        elif sign[0] == "&" or command == "\\":
            levels[-1] = 0
        elif sign[0] in "_^" or (command is not None and command not in _SPACING):
            levels[-1] += 1
        if len(levels) > MOST_GROUPS + 1 or sum(levels) + len(levels) > MOST_DEEP:
            return Fault(
                at=sign.start(),
                width=len(sign[0]),
                message=f"the formula nests deeper than {MOST_GROUPS} groups or has too many commands in one row",
                hint="split it into several formulas, or into rows with \\\\",
            )
    return None

"""A process with a large heap ends at once, and has done all that is done at the end."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import atexit, sys
from blognet.cli.leaving import leave
atexit.register(lambda: print("at the end"))
class Taken:
    def __del__(self):
        print("taken apart")
held = [Taken()]
held.append(held)
many = [str(number) for number in range(int(sys.argv[1]))]
print("printed")
sys.exit(leave(3))
"""


@pytest.mark.parametrize(
    ("many", "said"),
    [(500_000, "printed\nat the end\n"), (1, "printed\nat the end\ntaken apart\n")],
)
def test_what_was_printed_and_what_others_do_at_the_end_is_done(many: int, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(many)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, said, "")


def test_a_reader_that_has_gone_is_told_of_as_ever() -> None:
    program = PROGRAM.replace('print("printed")', "sys.stdout.close()")
    done = subprocess.run(
        [sys.executable, "-c", program, "500000"], capture_output=True, check=False
    )
    assert done.returncode == 3

"""Which modules a command imports."""

from __future__ import annotations

import os
import subprocess
import sys


def loaded(*arguments: str, where: str, first: str = "") -> set[str]:
    """Return which modules a command imports, in a process of its own; `first` is done before."""
    program = (
        f"{first}\nimport sys; from blognet.cli.main import blognet_group; from blognet.cli.boundary import run;"
        f" run(blognet_group(), {['-C', where, *arguments]!r}, program='blognet');"
        " sys.stderr.write(' '.join(['MODULES', *sys.modules]))"
    )
    done = subprocess.run(  # our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )
    return set(done.stderr.rpartition("MODULES ")[2].split())

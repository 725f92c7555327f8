"""What a login and a shell do before a program runs: take the terminal, and bring a stopped job back with ``fg``.

Run as a program: ``python shell_of_jobs.py COMMAND…`` becomes the command, as the owner of the terminal on standard
input. With ``--jobs`` first, it stays as a shell would: when the command is stopped it takes the terminal back, says
how the terminal is set, waits for a line and lets the command go on.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import termios


def main(arguments: list[str]) -> int:
    """Run a command on the terminal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    # Whoever runs the tests behind a command, as scripts do with "&", ignores the key; a job of a shell never does.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if arguments[0] != "--jobs":
        os.execv(arguments[0], arguments)  # noqa: S606  # to become it is the point
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execv(arguments[1], arguments[1:])  # noqa: S606
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpgrp())
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        lines = termios.tcgetattr(0)[3]
        is_plain = lines & termios.ICANON and lines & termios.ECHO
        sys.stdout.write(f"[stopped: the terminal is {'plain' if is_plain else 'not plain'}]\n")
        sys.stdout.flush()
        sys.stdin.readline()
        os.tcsetpgrp(0, job)
        os.kill(job, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The one place where errors end: a sentence on standard error and an exit code, never a traceback.

Exit codes: 0 fine, 1 findings or a failed operation, 2 usage, 3 configuration, 4 not allowed, 5 conflict, 70 a bug of
ours, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import click

from blognet import __version__
from blognet.cli.output import print_error, print_problems, say
from blognet.kernel.errors import (
    BlognetError,
    ConfigError,
    ConflictError,
    FaultsError,
    NotAllowedError,
    UsageError,
)

FAILED, USAGE, CONFIGURATION, NOT_ALLOWED, CONFLICT, BUG, INTERRUPTED = 1, 2, 3, 4, 5, 70, 130


def run(command: click.Command, arguments: list[str], *, program: str) -> int:
    """Run a command and return the exit code of the process."""
    try:
        result = command.main(arguments, prog_name=program, standalone_mode=False)
        sys.stdout.flush()  # while somebody can still say what became of it
        code = result if isinstance(result, int) else 0
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        say()  # the cursor stands behind a question
        print_error("interrupted")
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BlognetError as error:
        code = _say(error)
    except BrokenPipeError:
        # The reader (head, a pager that was quit) has gone: that is no fault.
        _print_nowhere()
        code = 0
    except Exception as error:  # noqa: BLE001  # the boundary: a bug becomes a log and a sentence
        code = _unprinted(error) if _is_of_printing(error) else _log(error, arguments)
    return code


def exit_code_of(error: BlognetError) -> int:
    """Return the exit code of an error."""
    match error:
        case UsageError():
            return USAGE
        case ConfigError():
            return CONFIGURATION
        case NotAllowedError():
            return NOT_ALLOWED
        case ConflictError():
            return CONFLICT
        case _:
            return FAILED


def _say(error: BlognetError) -> int:
    if isinstance(error, ConfigError | FaultsError):
        print_problems(error.problems)
    print_error(error.message, hint=error.hint)
    return exit_code_of(error)


def _is_of_printing(error: Exception) -> bool:
    """Whether standard output could not be written; files of ours are written by `disk`, which names them."""
    full = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
    return isinstance(error, OSError) and error.errno in full and error.filename is None


def _unprinted(error: Exception) -> int:
    _print_nowhere()
    reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else ""
    print_error(
        f"what this command prints could not be written: {reason}",
        hint="free some space where its output goes, then repeat the command",
    )
    return FAILED


def _print_nowhere() -> None:
    """Let what is still to be printed vanish: Python would complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log(error: Exception, arguments: list[str]) -> int:
    import tempfile
    import traceback

    report = "".join(traceback.format_exception(error))
    descriptor, path = tempfile.mkstemp(prefix="blognet-bug-", suffix=".log")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(
            f"blognet {__version__}, Python {sys.version}\narguments: {arguments}\n\n{report}"
        )
    print_error(
        f"this is a bug in blognet: {type(error).__name__}",
        hint=f"nothing more was written; please report it with the log {Path(path)}",
    )
    return BUG

"""Running programs of others over texts, and reading what they print. Judges nothing of what they say.

A network comes by git from others, and its settings may name any program. So a program runs only when the person at
this machine allowed it, by its name in the variable ``BLOGNET_TOOLS``; nothing in the network can do that for them.
There is no shell, no standard input, a limit of time and of output. The programs read copies of the texts, with
secrets masked, in a folder of their own that is removed afterwards.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.moderation.checks.outside import MOST_FINDINGS, ToolReport, ToolRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blognet.config.checks import ExternalTool

VARIABLE = "BLOGNET_TOOLS"
_AT_ONCE = 200
"""Files in one run of a program; a command line has an end."""
_MOST_OUTPUT = 20_000_000
_LONGEST = 500
_LINE = re.compile(
    r"(?P<path>[^:\n]{1,4096}):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?:?[ \t]+(?P<message>\S.*)"
)


def allowed_tools() -> frozenset[str]:
    """Return the programs that the person at this machine allowed."""
    return frozenset(re.split(r"[\s,:]+", os.environ.get(VARIABLE, ""))) - {""}


def run_tool(root: Path, tool: ExternalTool, texts: Mapping[str, str]) -> ToolRun:
    """Run a program over texts.

    Args:
        root: The network folder, in which the program runs and finds its own settings.
        tool: What the settings say of it.
        texts: By path from the network's root; secrets masked.

    Returns:
        What it said by path, or why it could not check; never raises for anything the program does.
    """
    program = tool.command[0]
    if program not in allowed_tools():
        return ToolRun(
            fault=f"{VARIABLE} does not allow '{program}' on this machine",
            hint=f"if you trust it, type: export {VARIABLE}={program}",
        )
    if not texts:
        return ToolRun()
    # A program named by a path is meant from the network's folder, where it will run.
    found = shutil.which(os.path.join(root, program) if "/" in program else program)
    if found is None:
        return ToolRun(
            fault=f"there is no program '{program}'", hint="install it, or correct 'command'"
        )
    reports: dict[str, tuple[ToolReport, ...]] = {}
    with tempfile.TemporaryDirectory(prefix="blognet-check-") as name:
        folder = Path(name).resolve()
        names = {_write(folder, path, text): path for path, text in texts.items()}
        waiting = iter(names)
        while batch := tuple(islice(waiting, _AT_ONCE)):
            said = _run(root, tool, (found, *tool.command[1:], *batch))
            if isinstance(said, ToolRun):
                return said
            read = _read(tool.format, said, names)
            if isinstance(read, ToolRun):
                return read
            for path, lines in read.items():
                reports[path] = (*reports.get(path, ()), *lines)[:MOST_FINDINGS]
    return ToolRun(reports=reports)


def _write(folder: Path, path: str, text: str) -> str:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return str(target)


def _run(root: Path, tool: ExternalTool, command: tuple[str, ...]) -> str | ToolRun:
    """Return what a program printed. Its exit code says nothing: most give 1 when they find something."""
    try:
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                command,
                cwd=root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                code = process.wait(timeout=tool.seconds)
            except subprocess.TimeoutExpired:
                return ToolRun(
                    fault=f"it took longer than {tool.seconds} seconds",
                    hint="give it more 'seconds', or find out why it hangs",
                )
            finally:
                _end(process)
            output.seek(0)
            raw = output.read(_MOST_OUTPUT + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return ToolRun(fault=f"it could not be started: {reason}", hint="try the command by hand")
    if len(raw) > _MOST_OUTPUT:
        return ToolRun(fault="it printed far too much", hint="try the command by hand")
    if code < 0 or (code > 0 and not raw.strip()):
        return ToolRun(
            fault=f"it ended with code {code} and said nothing", hint="try the command by hand"
        )
    return raw.decode("utf-8", errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, with everything it started."""
    if process.poll() is None or hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
    process.wait()


def _read(
    form: str, printed: str, names: Mapping[str, str]
) -> dict[str, tuple[ToolReport, ...]] | ToolRun:
    read = _vale if form == "vale-json" else _lines
    found: dict[str, list[ToolReport]] = {}
    try:
        for name, report in read(printed):
            path = names.get(name) or names.get(os.path.realpath(name))
            if path is not None:
                found.setdefault(path, []).append(report)
    except (ValueError, RecursionError):
        return ToolRun(
            fault=f"what it printed cannot be read as {form}", hint="try the command by hand"
        )
    return {path: tuple(reports) for path, reports in found.items()}


def _lines(printed: str) -> Iterator[tuple[str, ToolReport]]:
    """Read ``FILE:LINE:COLUMN: MESSAGE``; other lines are a program's small talk."""
    for line in printed.split("\n"):
        match = _LINE.fullmatch(line.rstrip())
        if match:
            yield (
                match["path"],
                ToolReport(
                    line=int(match["line"]),
                    column=int(match["column"] or 0),
                    length=0,
                    message=_short(match["message"]),
                ),
            )


def _vale(printed: str) -> Iterator[tuple[str, ToolReport]]:
    """Read what ``vale --output=JSON`` prints: alerts by file; docs at https://vale.sh/docs/cli."""
    alerts = json.loads(printed or "{}")
    if not isinstance(alerts, dict):
        message = "not an object"
        raise ValueError(message)  # noqa: TRY004  # caught beside the faults of JSON itself
    for name, listed in alerts.items():
        for alert in listed if isinstance(listed, list) else ():
            if isinstance(alert, dict):
                yield name, _alert(alert)


def _alert(alert: Mapping[str, object]) -> ToolReport:
    span = alert.get("Span")
    first, last = span if isinstance(span, list) and len(span) == 2 else (0, 0)  # noqa: PLR2004  # from and to
    column = first if isinstance(first, int) else 0
    end = last if isinstance(last, int) else 0
    line, check = alert.get("Line"), alert.get("Check")
    named = f" ({check})" if isinstance(check, str) and check else ""
    link = alert.get("Link")
    return ToolReport(
        line=line if isinstance(line, int) else 0,
        column=max(column, 0),
        length=max(end - column + 1, 0) if column else 0,
        message=_short(f"{alert.get('Message') or 'something'}{named}"),
        hint=_short(link) if isinstance(link, str) else "",
    )


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]

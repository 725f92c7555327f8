"""Programs of others: run for real, on copies of the texts, within limits, and only when the person allowed them."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.disk.tools import run_tool
from tests.unit.moderation.check_texts import settings

if TYPE_CHECKING:
    from blognet.moderation.checks import ToolRun

TEXTS = {
    "queue/one.md": "a\nvery good\n",
    "posts/two/index.md": "fine\n",
    "queue/ünï code.md": "so very\n",
}
LINES = """\
for path in sys.argv[1:]:
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if "very" in line:
            print(f"{path}:{number}:{line.index('very') + 1}: 'very' is  wordy")
print("3 files looked at")
sys.exit(1)
"""
VALE = """\
import json
alerts = {}
for path in sys.argv[2:]:
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if "very" in line:
            at = line.index("very") + 1
            alerts.setdefault(path, []).append({
                "Action": {"Name": "", "Params": None}, "Span": [at, at + 3], "Check": "Acme.Wordy",
                "Description": "", "Link": "https://acme.example/wordy", "Message": "'very' is wordy",
                "Severity": "warning", "Match": "very", "Line": number,
            })
print(json.dumps(alerts))
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A network folder; the programs in its folder tools/ are allowed."""
    folder = tmp_path / "network"
    (folder / "tools").mkdir(parents=True)
    monkeypatch.setenv("BLOGNET_TOOLS", "tools/check other")
    return folder


def _run(
    root: Path, script: str, *, form: str = "lines", more: str = "", seconds: int = 60
) -> ToolRun:
    program = root / "tools" / "check"
    program.write_text(f"#!{sys.executable}\nimport sys\n{script}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    text = f"external: [{{name: acme, command: [tools/check{more}], format: {form}, seconds: {seconds}}}]"
    return run_tool(root, settings(text).external[0], TEXTS)


def test_lines_are_read_with_their_places_and_small_talk_is_passed_over(root: Path) -> None:
    run = _run(root, LINES)
    assert run.fault == ""
    assert {
        path: [(r.line, r.column, r.message) for r in found] for path, found in run.reports.items()
    } == {
        "queue/one.md": [(2, 1, "'very' is wordy")],
        "queue/ünï code.md": [(1, 4, "'very' is wordy")],
    }


def test_the_json_of_vale_is_read_with_check_span_and_link(root: Path) -> None:
    run = _run(root, VALE, form="vale-json", more=", --output=JSON")
    (report,) = run.reports["queue/one.md"]
    assert (report.line, report.column, report.length) == (2, 1, 4)
    assert (report.message, report.hint) == (
        "'very' is wordy (Acme.Wordy)",
        "https://acme.example/wordy",
    )


def test_a_program_that_nobody_allowed_is_never_started(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in ("", "other", "check"):
        monkeypatch.setenv("BLOGNET_TOOLS", value)
        run = _run(root, "open('started', 'w')")
        assert run.fault == "BLOGNET_TOOLS does not allow 'tools/check' on this machine"
        assert run.hint.endswith("export BLOGNET_TOOLS=tools/check")
    assert not (root / "started").exists()


def test_a_program_that_hangs_is_ended_with_everything_it_started(root: Path) -> None:
    script = (
        "import subprocess, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open('child', 'w').write(str(child.pid))\n"
        "time.sleep(600)\n"
    )
    run = _run(root, script, seconds=1)
    assert run.fault == "it took longer than 1 seconds"
    child = int((root / "child").read_text())
    for _ in range(500):
        if not _is_running(child):
            break
        time.sleep(0.01)
    assert not _is_running(child)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(
    ("script", "form", "fault"),
    [
        ("print('no json')", "vale-json", "what it printed cannot be read as vale-json"),
        ("print('[]')", "vale-json", "what it printed cannot be read as vale-json"),
        ("print('[' * 100000)", "vale-json", "what it printed cannot be read as vale-json"),
        ("sys.exit(2)", "lines", "it ended with code 2 and said nothing"),
        ("import os; os.abort()", "lines", "it ended with code -6 and said nothing"),
        ("print('x' * 21_000_000)", "lines", "it printed far too much"),
    ],
)
def test_a_program_that_fails_is_an_answer(root: Path, script: str, form: str, fault: str) -> None:
    assert _run(root, script, form=form).fault == fault


def test_odd_alerts_harm_nothing(root: Path) -> None:
    odd = {
        "stdin": [],
        "queue/one.md": 3,
        "PATH": [3, {}, {"Line": "x", "Span": ["a", None], "Message": None}],
    }
    script = f"print({json.dumps(json.dumps(odd))}.replace('PATH', sys.argv[1]))"
    run = _run(root, script, form="vale-json")
    assert run.fault == ""
    assert {r.message for found in run.reports.values() for r in found} == {"something"}


def test_a_missing_program_is_an_answer(root: Path) -> None:
    tool = settings("external: [{name: acme, command: other}]").external[0]
    assert run_tool(root, tool, TEXTS).fault == "there is no program 'other'"


def test_a_program_gets_copies_and_standard_input_is_empty(root: Path) -> None:
    script = "open(sys.argv[1], 'w').write('changed')\nassert sys.stdin.read() == ''\nprint('fine')"
    (root / "queue").mkdir()
    (root / "queue/one.md").write_text(TEXTS["queue/one.md"])
    assert _run(root, script).fault == ""
    assert (root / "queue/one.md").read_text() == TEXTS["queue/one.md"]


def test_no_shell_reads_the_command(root: Path) -> None:
    run = _run(root, "open('arguments', 'w').write(sys.argv[1])", more=", '$(touch gone); *'")
    assert run.fault == ""
    assert (root / "arguments").read_text() == "$(touch gone); *"
    assert not (root / "gone").exists()

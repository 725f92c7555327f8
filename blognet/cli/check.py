"""``blognet check``: every fault at once, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.json_values import finding_values, problem_values
from blognet.cli.output import print_json, print_problems, result, say
from blognet.cli.place import Place, now, pass_place
from blognet.cli.record_faults import say_if_unsound
from blognet.cli.typed import typed_names
from blognet.kernel.problems import Severity

if TYPE_CHECKING:
    from blognet.actions.check import Checked
    from blognet.kernel.problems import Problem


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_post)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def check_command(place: Place, paths: tuple[str, ...], *, as_json: bool) -> int:
    """Look for faults in everything, or in the files, folders and posts named.

    A file from outside of the network is read as if it lay in queue/. Exits with 1 when there is an error.
    """
    from blognet.actions.check import check_all, check_named
    from blognet.actions.network import load_network

    network = load_network(place.folder, now=now())
    names = typed_names(paths)
    checked = check_named(network, names, here=place.folder) if names else check_all(network)
    counts = _counts(checked)
    if as_json:
        print_json(
            1,
            subjects=checked.subjects,
            **counts,
            problems=[problem_values(problem) for problem in checked.problems],
            findings=[finding_values(finding) for finding in checked.findings],
            passed_over=list(checked.passed_over),
        )
        return 1 if counts["errors"] else 0
    print_problems(_all(checked), to_result=True)
    for name in checked.passed_over:
        say(
            f"{name} is passed over: README files and names that begin with '_' or '.' are no posts"
        )
    _print_summary(checked, counts)
    say_if_unsound(network)
    return 1 if counts["errors"] else 0


def _all(checked: Checked) -> tuple[Problem, ...]:
    """Return faults and findings as they are shown, sorted."""
    found = (finding.problem for finding in checked.findings)
    return tuple(sorted((*checked.problems, *found)))


def _counts(checked: Checked) -> dict[str, int]:
    found = [problem.severity for problem in _all(checked)]
    return {
        "errors": found.count(Severity.ERROR),
        "warnings": found.count(Severity.WARNING),
        "notes": found.count(Severity.NOTE),
    }


def _print_summary(checked: Checked, counts: dict[str, int]) -> None:
    looked = _many(checked.subjects, "subject")
    found = [_many(number, name[:-1]) for name, number in counts.items() if number]
    if not found:
        result(f"{looked} checked, no faults")
        return
    result(f"{looked} checked: {', '.join(found)}")
    if counts["errors"]:
        say("What has an error waits until it is mended; everything else goes on.")
    code = _all(checked)[0].code
    say(f"What a code means: blognet explain {code}")


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

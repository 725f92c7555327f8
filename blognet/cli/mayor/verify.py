"""``mayor verify``: check every byte of the record."""

from __future__ import annotations

import click

from blognet.cli.output import counted, print_json, print_problems, result
from blognet.cli.place import Place, pass_place
from blognet.kernel.problems import errors_in


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def verify_command(place: Place, *, as_json: bool) -> int:
    """Check the whole record: names, hashes, rights, chains, words, texts and every approved file."""
    from blognet.actions.verify import verify

    found = verify(place.folder)
    if as_json:
        print_json(
            1,
            events=found.events,
            subjects=found.subjects,
            assets=found.assets,
            problems=[
                {
                    "path": problem.location.path,
                    "code": problem.code,
                    "severity": problem.severity.value,
                    "message": problem.message,
                    "hint": problem.hint,
                }
                for problem in found.problems
            ],
        )
    else:
        print_problems(found.problems, to_result=True)
        faults = len(errors_in(found.problems))
        state = f"has {faults} fault{'s' if faults > 1 else ''}" if faults else "is sound"
        result(
            f"The record {state}: {counted(found.events, 'event')} about"
            f" {counted(found.subjects, 'subject')}, {counted(found.texts, 'approved text')},"
            f" {counted(found.assets, 'approved file')}."
        )
    return 1 if errors_in(found.problems) else 0

"""``mayor mend``: show what would mend the record, and do it when told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.json_values import problem_values
from blognet.cli.mayor.common import commit_option
from blognet.cli.output import counted, print_error, print_json, print_problems, result, say
from blognet.cli.place import Place, pass_place
from blognet.kernel.errors import UsageError
from blognet.kernel.problems import errors_in

if TYPE_CHECKING:
    from blognet.actions.mend import Mended


@click.command("mend")
@click.option("--yes", is_flag=True, help="Do it; without this, only say what would be done.")
@commit_option
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def mend_command(place: Place, *, yes: bool, commit: bool, as_json: bool) -> int:
    """Bring back what the record has lost, from git's history, and take aside what does not belong to it.

    Only bytes are brought back whose hash the record names. The exit code is 1 when a fault cannot be mended here.
    """
    from blognet.actions.mend import mend

    if commit and not yes:
        message = "--commit commits what was mended, and without --yes nothing is"
        raise UsageError(message, hint="mayor mend --yes --commit")
    done = mend(place.folder, carry_out=yes, commit=commit)
    if as_json:
        print_json(1, **_values(done))
    else:
        _print(done)
    return 1 if errors_in(done.remaining) or done.commit_failure else 0


def _print(done: Mended) -> None:
    would = "" if done.done else "would "
    bring, move, remove = (
        ("brought back", "moved aside", "removed")
        if done.done
        else ("bring back", "move aside", "remove")
    )
    for path, _ in done.brought_back:
        result(f"{would}{bring} {path}")
    for path in done.set_aside:
        result(f"{would}{move} {path} (to .blognet/removed/)")
    for path in done.erased:
        result(f"{would}{remove} {path}: it was purged")
    for path in done.leftovers:
        result(f"{would}{remove} {path}: an unfinished write")
    if done.commit:
        result(f"committed as {done.commit[:10]}")
    elif done.commit_failure:
        print_error(f"mended, but not committed: {done.commit_failure}")
    if done.remaining:
        say("This cannot be mended here:")
        print_problems(done.remaining)
    _say_what_next(done)


def _say_what_next(done: Mended) -> None:
    faults = len(errors_in(done.remaining))
    if done.is_nothing and not done.remaining:
        say("Nothing to mend: the record is sound.")
    elif done.done:
        look = f"git show {done.commit[:10]}" if done.commit else "git status record/"
        say(f"Look at it with: mayor verify, {look}")
    elif not done.is_nothing:
        say("Nothing was changed. To do this: mayor mend --yes")
    if faults:
        say(
            f"{counted(faults, 'fault')} left: no commit of any branch here holds the right bytes. Another clone may:"
            " fetch it (git fetch --all), then repeat"
        )


def _values(done: Mended) -> dict[str, object]:
    return {
        "done": done.done,
        "brought_back": [path for path, _ in done.brought_back],
        "set_aside": list(done.set_aside),
        "erased": list(done.erased),
        "leftovers": list(done.leftovers),
        "moved": dict(done.moved),
        "commit": done.commit,
        "remaining": [problem_values(problem) for problem in done.remaining],
    }

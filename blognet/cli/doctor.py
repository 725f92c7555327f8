"""``blognet doctor``: is this network, this copy of it and this machine set up well?"""

from __future__ import annotations

import click

from blognet.cli.json_values import problem_values
from blognet.cli.output import print_json, print_problems, result, say, styled
from blognet.cli.place import Place, now, pass_place

_SIGNS = {"fine": ("ok", "32"), "advice": ("advice", "33"), "broken": ("broken", "31")}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def doctor_command(place: Place, *, as_json: bool) -> int:
    """Look at the set-up and say what to mend. Exits with 1 when something is broken; changes nothing."""
    from blognet.actions.doctor import examine

    looks = examine(place.folder, named=place.as_id or "", now=now())
    broken = sum(1 for look in looks if look.health.value == "broken")
    if as_json:
        print_json(
            1,
            looks=[
                {
                    "topic": look.topic,
                    "health": look.health.value,
                    "message": look.message,
                    "next": look.next_command or None,
                    "problems": [problem_values(problem) for problem in look.problems],
                }
                for look in looks
            ],
        )
        return 1 if broken else 0
    for look in looks:
        word, colour = _SIGNS[look.health.value]
        result(f"{styled(f'{word:6}', colour)}  {look.topic}: {look.message}")
        if look.next_command:
            result(f"        {look.next_command}")
        print_problems(look.problems, to_result=True)
    advice = sum(1 for look in looks if look.health.value == "advice")
    if broken or advice:
        say(f"\n{broken} broken, {advice} to improve.")
    else:
        say("\nEverything is in order.")
    return 1 if broken else 0

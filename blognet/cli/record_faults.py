"""A word about a faulty record, for commands that are about something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.cli.output import say

if TYPE_CHECKING:
    from blognet.actions.network import Network


def say_if_unsound(network: Network) -> None:
    """Say that the record has faults: then nobody can rely on what stands, and nothing is decided or built."""
    from blognet.actions.network import is_sound

    if not is_sound(network.record):
        say("The record has faults, so what stands here may be wrong: mayor verify")

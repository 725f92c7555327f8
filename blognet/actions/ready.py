"""Reading a network once for a command that finds out what is meant and then decides on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.network import load_network
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A network that was read to decide on it, before anybody was asked to wait.

    Attributes:
        network: As it was then.
        sign: Of the lock when it was read; as long as nobody else held the lock since, no command changed anything.
    """

    network: Network
    sign: str


def ready_to_decide(start: Path, *, now: datetime) -> Ready:
    """Read a network so that `decide_all` need not read it once more.

    Args:
        start: A folder in the network.
        now: The time, whole seconds.

    Raises:
        ConfigError: There is none, or its ``blognet.yml`` has faults.
        ConflictError: Another command is writing.
    """
    root = find_network(start)
    with writing_lock(root, doing="a look before a decision") as held:
        sign = held.sign
    return Ready(network=load_network(root, now=now), sign=sign)

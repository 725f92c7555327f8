"""Reading a network once for a command that finds out what is meant and then decides on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.decided_subjects import DecidedSubjects
from blognet.actions.network import load_network
from blognet.disk.clock import nanoseconds
from blognet.disk.home import CONFIG_FILE, find_network
from blognet.disk.lock import writing_lock
from blognet.disk.look import is_as_seen, look_at
from blognet.moderation.record import subject_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Network
    from blognet.disk.lock import Held
    from blognet.disk.look import Look
    from blognet.kernel.ids import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A network that was read to decide on it, before anybody was asked to wait.

    Attributes:
        network: As it was then.
        sign: Of the lock when it was read; as long as nobody else held the lock since, no command changed anything.
        settings: A look at the settings from before they were read.
    """

    network: Network
    sign: str
    settings: Look

    def holds(self, held: Held, subjects: Iterable[Subject]) -> bool:
        """Whether it is still so: for commands as the lock tells, and for editors and git as the files tell.

        Args:
            held: The lock, which the caller holds.
            subjects: Those to decide on; only what lies there of them is looked at again.
        """
        decided, root = self.network.record.subjects, self.network.root
        look = decided.remembered.index.look if isinstance(decided, DecidedSubjects) else None
        if not self.sign or self.sign != held.last or look is None:
            return False
        paths: list[str] = []
        for subject in subjects:
            entry = self.network.entries.get(subject)
            texts = (entry.glance.path, *entry.glance.beside) if entry else ("",)
            if look.mark_at(texts[0]) is None:
                return False  # gone, or its name may be encoded in two ways
            paths += (subject_folder(subject), *texts)
        return is_as_seen(look, root, paths) and is_as_seen(self.settings, root, (CONFIG_FILE,))


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
    settings = look_at(root, (CONFIG_FILE,), began=nanoseconds(), listed={})
    return Ready(network=load_network(root, now=now), sign=sign, settings=settings)

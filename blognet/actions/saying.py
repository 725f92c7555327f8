"""Say one thing about one subject, while the lock is held: decide purely, and return what is to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.decide import case_of
from blognet.actions.network import is_sound
from blognet.disk.record import RecordWrite
from blognet.kernel.errors import FaultsError
from blognet.moderation.asking import decide
from blognet.moderation.cases import Wish
from blognet.moderation.event_json import event_to_bytes
from blognet.moderation.record import RecordFile, event_path, words_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId
    from blognet.moderation.events import Event, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An event that may be written, and the files it is made of."""

    event: Event
    write: RecordWrite


def say(
    network: Network,
    entry: Entry,
    verb: Verb,
    *,
    actor: AuthorId,
    words: str = "",
    options: Mapping[str, str] | None = None,
) -> Said:
    """Decide on one subject; writes nothing. For verbs that keep no text: the event and its words are all.

    Raises:
        FaultsError: The record is not sound.
        BlognetError: This person may not say this, or not now.
    """
    if not is_sound(network.record):
        message = "the record has faults, and nothing must be built on them"
        raise FaultsError(
            message, problems=network.record.problems, hint="mayor verify lists them all"
        )
    wish = Wish(verb=verb, actor=actor, now=network.now, words=words, options=options or {})
    event = decide(wish, case_of(network, entry, last_editor=None), network.rights)
    raw = event_to_bytes(event)
    return Said(
        event=event,
        write=RecordWrite(
            words=words_file(event, raw, words) if event.words else None,
            event=RecordFile(path=event_path(event, raw), raw=raw),
        ),
    )

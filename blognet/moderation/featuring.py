"""Which posts the mayors recommend, and where: on the home page, or on the page of a topic. Changes no light.

A recommendation is of the subject, not of its bytes: it stays when the post is revised, waits while the post is not
live, and counts for one place, ``""`` for the home page or the id of a topic, until a later one for that place that had
seen it says otherwise. Two that did not see each other and differ leave the post recommended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.errors import ConflictError
from blognet.kernel.ids import Kind
from blognet.moderation.events import Verb
from blognet.moderation.standing import Live

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from blognet.moderation.cases import Case, Rights, Wish
    from blognet.moderation.events import Event
    from blognet.moderation.history import History


def places_of(history: History) -> Mapping[str, datetime]:
    """Return where a subject is recommended, with the time from which it is shown in that order, by place."""
    said: dict[str, int] = {}
    for at, event in enumerate(history.events):
        if event.verb is Verb.FEATURE:
            place = event.options.get("topic", "")
            said[place] = said.get(place, 0) | 1 << at
    found = {}
    for place, events in sorted(said.items()):
        times = [
            history.events[at].time
            for at in history.newest(events)
            if not history.events[at].options.get("off")
        ]
        if times:
            found[place] = max(times)
    return found


def feature(wish: Wish, case: Case, rights: Rights) -> Event:
    """Return the event that recommends a live post, or no longer does.

    Raises:
        ConflictError: It is no live post, or there is nothing to change.
    """
    name, published = case.subject.typed, case.standing.published
    topic, off = wish.options.get("topic", ""), wish.options.get("off", "")
    if case.subject.kind is not Kind.POST or not isinstance(published, Live):
        message = f"{name} is no live post, so there is nothing to feature"
        raise ConflictError(message, hint=f"see where it stands: mayor show {name}")
    where = f"on the topic '{topic}'" if topic else "on the home page"
    is_featured = topic in places_of(case.history)
    if is_featured == (not off):
        state = "already featured" if is_featured else "not featured"
        message = f"{name} is {state} {where}"
        more = f" --topic {topic}" if topic else ""
        hint = f"mayor feature {name}{more}{' --off' if is_featured else ''}"
        raise ConflictError(message, hint=f"for the other way round: {hint}")
    from blognet.moderation.cases import about_version  # noqa: PLC0415  # who only reads picks decides nothing

    return about_version(wish, case, rights, published.version)

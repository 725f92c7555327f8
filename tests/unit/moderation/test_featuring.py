from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from blognet.kernel.errors import ConflictError, NotAllowedError
from blognet.moderation.asking import decide
from blognet.moderation.events import Verb
from blognet.moderation.featuring import places_of
from tests.unit.moderation.cases import (
    ANN,
    BEN,
    CLEO,
    NOW,
    RIGHTS,
    an_event,
    approved,
    case,
    ident_of,
    past,
    proposal,
    wish,
)

if TYPE_CHECKING:
    from blognet.moderation.events import Event

FOUND = proposal()
APPROVAL = approved(FOUND)


def featured(*before: Event, off: str = "", topic: str = "", minutes: int = 0) -> Event:
    said = wish(Verb.FEATURE, now=NOW + timedelta(minutes=minutes), off=off, topic=topic)
    return decide(said, case(FOUND, APPROVAL, *before), RIGHTS)


def test_only_a_mayor_recommends_and_only_what_is_live() -> None:
    with pytest.raises(NotAllowedError):
        decide(wish(Verb.FEATURE, BEN), case(FOUND, APPROVAL), RIGHTS)
    with pytest.raises(ConflictError, match="no live post"):
        decide(wish(Verb.FEATURE), case(FOUND), RIGHTS)
    assert decide(wish(Verb.FEATURE, CLEO), case(FOUND, APPROVAL), RIGHTS).content == FOUND.hash


def test_the_home_page_and_each_topic_are_places_of_their_own() -> None:
    home = featured()
    topic = featured(home, topic="rounds", minutes=1)
    assert places_of(past(APPROVAL, home, topic)) == {
        "": NOW,
        "rounds": NOW + timedelta(minutes=1),
    }
    off = featured(home, topic, off="yes", minutes=2)
    assert set(places_of(past(APPROVAL, home, topic, off))) == {"rounds"}


def test_saying_again_what_is_so_already_is_refused_with_the_other_way_round() -> None:
    home = featured()
    with pytest.raises(ConflictError, match="already featured on the home page") as caught:
        featured(home)
    assert "--off" in caught.value.hint
    with pytest.raises(ConflictError, match="not featured on the topic 'rounds'"):
        featured(home, off="yes", topic="rounds")


def test_of_two_words_that_did_not_see_each_other_the_recommendation_stays() -> None:
    home = featured()
    head = (ident_of(home),)
    off = an_event(Verb.FEATURE, actor=ANN, prev=head, options={"off": "yes"}, facts=None)
    again = an_event(Verb.FEATURE, actor=CLEO, prev=head, facts=None)
    assert set(places_of(past(APPROVAL, home, off, again))) == {""}
    assert places_of(past(APPROVAL, home, off)) == {}

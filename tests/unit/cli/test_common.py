"""What the deciding commands say about what they did."""

from __future__ import annotations

import pytest

from blognet.cli.mayor.common import past_of
from blognet.moderation.events import Verb


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_can_be_said_to_be_done(verb: Verb) -> None:
    assert past_of(verb)

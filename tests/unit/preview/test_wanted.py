"""What has to be looked at is handed over whole, and once."""

from __future__ import annotations

from blognet.preview.wanted import Wanted


def test_everything_that_was_added_is_taken_together_and_once() -> None:
    wanted = Wanted()
    wanted.add(frozenset({"queue"}))
    wanted.add(frozenset({"posts", "queue"}))

    assert wanted.take(60, quiet=0) == {"queue", "posts"}
    assert wanted.take(0, quiet=0) == frozenset()

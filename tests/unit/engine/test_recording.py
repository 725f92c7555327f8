"""Whatever is read while something is made is in its trace, whoever made the inner parts first."""

from __future__ import annotations

import pytest

from blognet.engine import FactKey, Made, Recorder, digest_of

PAGE, OTHER = FactKey("page one"), FactKey("page two")


def _needs(recorder: Recorder, key: FactKey) -> tuple[FactKey, ...]:
    trace = recorder.trace_of(key)
    assert trace is not None
    return trace.needs


def test_a_trace_holds_everything_read_sorted_and_once() -> None:
    recorder = Recorder()

    def make() -> str:
        for name in ("b 1", "a 1", "b 1"):
            recorder.note(FactKey(name))
        return "made"

    assert recorder.make(PAGE, make, digest_of) == "made"
    assert _needs(recorder, PAGE) == ("a 1", "b 1")


def test_what_is_inside_has_its_own_trace_and_hides_what_it_read() -> None:
    recorder = Recorder()
    cards: Made[str] = Made("card", recorder)

    def card() -> str:
        recorder.note(FactKey("text one"))
        return "a card"

    recorder.make(PAGE, lambda: cards.of("one", card), digest_of)
    assert _needs(recorder, PAGE) == ("card one",)
    assert _needs(recorder, FactKey("card one")) == ("text one",)


def test_a_card_made_for_an_earlier_page_is_noted_for_a_later_one() -> None:
    recorder = Recorder()
    cards: Made[str] = Made("card", recorder)
    for key in (PAGE, OTHER):
        recorder.make(key, lambda: cards.of("one", lambda: "a card"), digest_of)
    assert _needs(recorder, OTHER) == ("card one",)


def test_what_fails_leaves_no_trace_and_nothing_half_open() -> None:
    recorder = Recorder()

    def fail() -> str:
        recorder.note(FactKey("fact one"))
        message = "broken"
        raise ValueError(message)

    with pytest.raises(ValueError, match="broken"):
        recorder.make(PAGE, fail, digest_of)
    recorder.make(OTHER, lambda: "made", digest_of)
    assert recorder.trace_of(PAGE) is None
    assert _needs(recorder, OTHER) == ()


def test_reading_while_nothing_is_made_is_nobodys_need() -> None:
    recorder = Recorder()
    recorder.note(FactKey("fact one"))
    assert recorder.traces() == ()


def test_traces_that_are_handed_on_are_kept_no_more() -> None:
    recorder = Recorder()
    recorder.make(PAGE, str, digest_of)
    assert [trace.key for trace in recorder.let_go()] == [PAGE]
    assert recorder.let_go() == ()


def test_what_was_forgotten_for_its_size_is_made_again_and_noted() -> None:
    recorder = Recorder()
    cards: Made[str] = Made("card", recorder)
    made: list[str] = []

    def card() -> str:
        made.append("a")
        return "a"

    cards.of("a", card)
    cards.let_go(beyond=1)
    cards.of("a", card)
    assert made == ["a"]
    cards.let_go(beyond=0)
    recorder.make(PAGE, lambda: cards.of("a", card), digest_of)
    assert made == ["a", "a"]
    assert _needs(recorder, PAGE) == ("card a",)


def test_the_oldest_values_are_forgotten_first() -> None:
    cards: Made[str] = Made("card", Recorder())
    for name in "abc":
        cards.of(name, lambda: "first")
    cards.let_go(beyond=2)
    assert [cards.of(name, lambda: "second") for name in "bca"] == ["first", "first", "second"]

"""A review without a terminal: keys in, states and effects out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.cli.mayor.review_choices import begin, clamped, refreshed, suggested, worded
from blognet.cli.mayor.review_keys import KEYS, press
from blognet.cli.mayor.review_state import Card, Choice, Effect, Mode, State, View
from blognet.kernel.hashing import ContentHash
from blognet.kernel.ids import Kind, Subject
from blognet.moderation.events import Verb


def _card(name: str, **more: object) -> Card:
    content = ContentHash(name[0] * 64)
    return replace(
        Card(subject=Subject(kind=Kind.POST, id=name), content=content),
        **more,  # type: ignore[arg-type]
    )


A, B, C = _card("a"), _card("b"), _card("c")


def _typed(state: State, keys: str, words: str = "Because.") -> State:
    for key in keys:
        state, effects = press(state, key)
        if Effect.ASK_WORDS in effects:
            state, _ = worded(state, words)
    return state


def _said(state: State) -> list[tuple[str, str, str]]:
    return [(choice.subject.id, choice.verb.value, choice.words) for choice in state.choices]


@pytest.fixture
def state() -> State:
    return begin((A, B, C))[0]


def test_a_review_begins_with_the_first_subject_shown(state: State) -> None:
    assert begin((A, B, C)) == (state, (Effect.SHOW,))
    assert (state.at, state.mode) == (0, Mode.BROWSING)


def test_approving_keeps_the_choice_and_goes_on(state: State) -> None:
    after, effects = press(state, "a")
    assert effects == (Effect.KEEP, Effect.SHOW)
    assert (after.at, _said(after)) == (1, [("a", "approve", "")])
    assert after.choices[0].content == A.content


@pytest.mark.parametrize(
    ("key", "verb"), [("r", "return"), ("d", "decline"), ("h", "hold"), ("c", "comment")]
)
def test_an_answer_asks_for_words_and_is_nothing_without_them(
    state: State, key: str, verb: str
) -> None:
    asked, effects = press(state, key)
    assert effects == (Effect.ASK_WORDS,)
    given_up, effects = worded(asked, "  ")
    assert (effects, given_up.choices) == ((), ())
    assert given_up.note
    done, effects = worded(asked, "  Say when. ")
    assert (effects[0], _said(done)) == (Effect.KEEP, [("a", verb, "Say when.")])


def test_the_last_answer_leads_to_the_summary(state: State) -> None:
    after, effects = press(_typed(state, "aa"), "a")
    assert (after.mode, effects) == (Mode.ENDING, (Effect.KEEP, Effect.SUMMARY))


def test_an_answer_goes_to_the_next_one_without_an_answer(state: State) -> None:
    state = _typed(
        state, "naap"
    )  # b and c answered, then a page back from the summary does nothing
    assert state.mode is Mode.ENDING
    state = _typed(state, "b")
    assert _typed(state, "pp").at == 0


def test_a_comment_before_or_after_an_approval_goes_along_with_it(state: State) -> None:
    for keys in ("ca", "apc"):
        assert _said(_typed(state, keys, "Nice.")) == [("a", "approve", "Nice.")]


def test_a_second_answer_takes_the_place_of_the_first(state: State) -> None:
    assert _said(_typed(state, "apr")) == [("a", "return", "Because.")]


def test_suggestions_add_up_beside_an_answer(state: State) -> None:
    state, effects = suggested(state, "old", "new")
    assert effects == (Effect.KEEP,)
    state, _ = suggested(state, "one", "two")
    state = _typed(state, "r")
    assert [choice.verb.value for choice in state.choices] == ["suggest", "suggest", "return"]
    assert state.choices[0].options == {"quote": "old", "with": "new"}


@pytest.mark.parametrize("key", list("ardhcs"))
def test_a_refused_key_says_why_and_changes_nothing(key: str) -> None:
    why = dict.fromkeys(
        (Verb.APPROVE, Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.COMMENT, Verb.SUGGEST),
        "Not here: it is your own work.",
    )
    state, _ = begin((_card("a", refusals=why), B))
    after, effects = press(state, key)
    assert (after, effects) == (replace(state, note="Not here: it is your own work."), ())


def test_undo_takes_back_one_thing_after_the_other_and_shows_it(state: State) -> None:
    state = _typed(state, "acr")
    undone, effects = press(state, "u")
    assert effects == (Effect.KEEP, Effect.SHOW)
    assert (_said(undone), undone.at) == ([("a", "approve", ""), ("b", "comment", "Because.")], 1)
    assert _said(_typed(undone, "uu")) == []
    assert _typed(undone, "uuu").note == "There is nothing to undo."


def test_undo_leads_back_from_the_summary(state: State) -> None:
    state = _typed(state, "aaau")
    assert (state.mode, state.at, len(state.choices)) == (Mode.BROWSING, 2, 2)


def test_a_view_that_does_not_exist_says_so_and_one_that_does_is_toggled() -> None:
    views = frozenset({View.TEXT, View.LIVE})
    state, _ = begin((_card("a", views=views, first=View.LIVE), B))
    assert state.view is View.LIVE
    assert press(state, "l")[0].note.startswith("You have not looked")
    text, effects = press(state, "v")
    assert (text.view, effects) == (View.TEXT, (Effect.SHOW,))
    assert press(text, "v")[0].view is View.LIVE


def test_word_by_word_and_line_by_line_is_a_switch(state: State) -> None:
    assert press(state, "w")[0].by_words is False
    assert press(press(state, "w")[0], "w")[0].by_words is True


def test_pages_end_where_the_text_ends(state: State) -> None:
    on, effects = press(state, " ")
    assert (on.page, effects) == (1, (Effect.SHOW,))
    assert clamped(on, 2) == on
    assert (clamped(on, 1).page, clamped(on, 1).note) == (0, "That is the end of it.")
    assert press(state, "b")[0].note == "This is the beginning of it."


def test_quitting_with_nothing_chosen_just_ends(state: State) -> None:
    for key in ("q", "\x04"):
        after, effects = press(state, key)
        assert (after.mode, effects) == (Mode.DONE, (Effect.FORGET,))


@pytest.mark.parametrize(
    ("key", "effects", "left"),
    [("w", (Effect.WRITE,), 1), ("d", (Effect.FORGET,), 0), ("k", (Effect.KEEP,), 1)],
)
def test_quitting_asks_what_becomes_of_the_choices(
    state: State, key: str, effects: tuple[Effect, ...], left: int
) -> None:
    state = _typed(state, "aq")
    assert state.mode is Mode.ENDING
    after, done = press(state, key)
    assert (after.mode, done, len(after.choices)) == (Mode.DONE, effects, left)


def test_an_unknown_key_is_told_and_changes_nothing(state: State) -> None:
    assert press(state, "x") == (replace(state, note="'x' is no key here: ? lists them"), ())
    assert press(state, "\x07")[0].choices == ()


def test_a_review_goes_on_where_it_was_left() -> None:
    kept = Choice(subject=A.subject, content=A.content, verb=Verb.APPROVE)
    state, _ = begin((A, B), (kept,))
    assert (state.at, state.choices) == (1, (kept,))
    assert begin((A,), (kept,))[0].mode is Mode.ENDING


def test_a_choice_about_bytes_that_changed_is_dropped_and_its_subject_shown(state: State) -> None:
    state = _typed(state, "aaa")
    other = replace(B, content=ContentHash("f" * 64))
    fresh, dropped = refreshed(state, (A, other, C))
    assert dropped == (B.subject,)
    assert (_said(fresh), fresh.at) == ([("a", "approve", ""), ("c", "approve", "")], 1)
    assert refreshed(state, (A, B, C)) == (state, ())


def test_every_key_has_a_line_of_help() -> None:
    for keys in KEYS.values():
        assert all(each.text for each in keys.values())


@given(keys=st.lists(st.sampled_from([*KEYS[Mode.BROWSING], "k", "x", "\x04"]), max_size=40))
def test_whatever_is_typed_a_review_stays_whole(keys: list[str]) -> None:
    state, _ = begin((A, B, C))
    for key in keys:
        before = state
        state, effects = press(state, key)
        if Effect.ASK_WORDS in effects:
            state, _ = worded(state, "Words.")
        answers = [c.subject for c in state.choices if c.verb is not Verb.SUGGEST]
        assert len(answers) == len(set(answers))
        assert 0 <= state.at < 3
        if state.mode is Mode.DONE:
            return
        if state.choices != before.choices and key != "u":
            assert press(replace(state, mode=Mode.BROWSING), "u")[0].choices == before.choices

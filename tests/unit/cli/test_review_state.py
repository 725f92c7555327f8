"""A review without a terminal: keys in, states and effects out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.actions.sayable import ASKED, Bar, BarKind, OpenNote, Sayable
from blognet.cli.mayor.review_choices import (
    approved_all_the_same,
    begin,
    choice_about,
    clamped,
    note_down,
    refreshed,
    settled,
    worded,
)
from blognet.cli.mayor.review_keys import KEYS, keys_here, press
from blognet.cli.mayor.review_state import Card, Choice, Effect, Mode, State, View
from blognet.kernel.hashing import ContentHash
from blognet.kernel.ids import EventId, Kind, Subject
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


def _suggested(state: State, old: str, new: str) -> State:
    said = choice_about(state.card, Verb.SUGGEST, options={"quote": old, "with": new})
    after, effects = note_down(state, said, note="Noted.")
    assert effects == (Effect.KEEP,)
    return after


def test_suggestions_add_up_beside_an_answer(state: State) -> None:
    state = _typed(_suggested(_suggested(state, "old", "new"), "one", "two"), "r")
    assert [choice.verb.value for choice in state.choices] == ["suggest", "suggest", "return"]
    assert state.choices[0].options == {"quote": "old", "with": "new"}


@pytest.mark.parametrize("key", list("ardhecmst"))
def test_a_refused_key_says_why_and_changes_nothing(key: str) -> None:
    why = dict.fromkeys(
        (Verb.APPROVE, *ASKED),
        "Not here: it is your own work.",
    )
    state, _ = begin((_card("a", can=Sayable(refusals=why)), B))
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
    assert press(state, "z") == (replace(state, note="'z' is no key here: ? lists them"), ())
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


NOTE = OpenNote(number=2, id=EventId("f" * 64), is_must=True, text="note 2")
MUST = Bar(kind=BarKind.MUST, name="f" * 64, text="note 2, a must of ann")
CHECK = Bar(kind=BarKind.CHECK, name="alt-text", text="alt-text: no words")


def test_what_can_be_lifted_is_named_and_lifted_at_another_key() -> None:
    state, _ = begin((_card("a", can=Sayable(bars=(MUST, CHECK))), B))
    refused, effects = press(state, "a")
    assert (effects, refused.choices) == ((), ())
    assert refused.note == "In the way, first of 2: note 2, a must of ann. A approves all the same."
    assert press(state, "A") == (state, (Effect.ASK_LIFTING,))
    after, _ = approved_all_the_same(state, {"alt-text": "decoration"}, is_takeover=True)
    settling, yes = after.choices
    assert settling.options == {"note": MUST.name, "how": "settled"}
    assert (yes.verb, yes.options) == (Verb.APPROVE, {"takeover": "yes"})
    assert yes.waivers == {"alt-text": "decoration"}
    assert after.at == 1
    assert press(after, "u")[0].choices == ()  # one key, one thing to undo


def test_a_yes_for_a_stage_goes_on_for_a_reviewer_and_stays_for_a_mayor() -> None:
    mayor, _ = begin((_card("a", can=Sayable(stages=("legal",))), B))
    after, effects = press(mayor, "y")
    assert (after.at, effects) == (0, (Effect.KEEP,))
    assert [(one.verb, one.stage) for one in after.choices] == [(Verb.APPROVE, "legal")]
    assert [one.stage for one in press(after, "a")[0].choices] == ["legal", ""]
    can = Sayable(stages=("legal", "brand"), is_judge=False)
    reviewer, _ = begin((_card("a", can=can), B))
    after, _ = press(reviewer, "y")
    assert (after.at, [one.stage for one in after.choices]) == (1, ["legal", "brand"])
    assert press(mayor, "p")[0].choices == ()


def test_nobody_says_yes_for_a_stage_that_is_not_theirs(state: State) -> None:
    assert press(state, "y") == (replace(state, note=state.card.can.stage_refusal), ())


def test_a_must_takes_back_an_approval_and_a_question_does_not(state: State) -> None:
    for kind, left in (("must", ["must"]), ("question", ["approve", "question"])):
        approved = _typed(_typed(state, "a"), "p")
        said = choice_about(approved.card, Verb.COMMENT, "When?", options={"kind": kind})
        after, _ = note_down(approved, said, note="Noted.")
        assert [choice.in_a_word for choice in after.choices] == left
        assert ("taken back" in after.note) is (kind == "must")


def test_settling_goes_along_with_an_answer() -> None:
    state, _ = begin((_card("a", can=Sayable(notes=(NOTE,))), B))
    assert press(state, "t") == (state, (Effect.ASK_NOTES,))
    state, _ = note_down(state, *settled(state.card, [NOTE.id]), note="Settled.")
    assert [one.in_a_word for one in _typed(state, "r").choices] == ["settle", "return"]


def test_a_claim_is_a_switch_and_ends_with_an_answer(state: State) -> None:
    claimed, _ = press(state, "k")
    assert [one.in_a_word for one in claimed.choices] == ["claim"]
    assert press(claimed, "k")[0].choices == ()
    assert [one.in_a_word for one in _typed(claimed, "a").choices] == ["approve"]
    assert claimed.at == 0
    mine, _ = begin((_card("a", can=Sayable(is_claimed=True)), B))
    assert press(mine, "k")[0].choices[0].options == {"kind": "claim", "release": "yes"}
    refused, _ = begin((_card("a", can=Sayable(claim_refusal="Not here.")), B))
    assert press(refused, "k")[0].note == "Not here."


def test_a_hold_keeps_its_end_when_a_comment_comes_later(state: State) -> None:
    asked, _ = press(state, "h")
    state, _ = worded(asked, "Wait.", {"until": "2027-01-01T00:00:00Z"})
    state = _typed(state, "pc", "And rest.")
    assert _said(state) == [("a", "hold", "Wait.\n\nAnd rest.")]
    assert state.choices[0].options == {"until": "2027-01-01T00:00:00Z"}


def test_only_the_keys_that_do_something_are_offered() -> None:
    plain, _ = begin((A,))
    assert "".join(keys_here(plain)) == "ardhecmstkonpguq?"
    views = frozenset({View.TEXT, View.LIVE, View.IMAGES})
    can = Sayable(bars=(MUST,), stages=("legal",), claim_refusal="No.")
    other, _ = begin((_card("a", can=can, views=views),))
    offered = set(keys_here(other))
    assert {"A", "y", "v", "w", "i"} <= offered
    assert not offered & {"a", "k", "l", "x", " "}


@given(keys=st.lists(st.sampled_from([*KEYS[Mode.BROWSING], "k", "x", "\x04"]), max_size=40))
def test_whatever_is_typed_a_review_stays_whole(keys: list[str]) -> None:
    state, _ = begin((A, B, C))
    for key in keys:
        before = state
        state, effects = press(state, key)
        if Effect.ASK_WORDS in effects:
            state, _ = worded(state, "Words.")
        answers = [c.subject for c in state.choices if c.is_answer or c.is_plain_comment]
        assert len(answers) == len(set(answers))
        assert 0 <= state.at < 3
        if state.mode is Mode.DONE:
            return
        if state.choices != before.choices and key != "u":
            assert press(replace(state, mode=Mode.BROWSING), "u")[0].choices == before.choices

"""What the keys of a review do: a state and a key give the next state and what is to be done.

The keys of each mode are one table, `KEYS`; the help is written from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.cli.mayor.review_choices import (
    choice_about,
    choose,
    claimed,
    end,
    go,
    yes_for_stages,
)
from blognet.cli.mayor.review_state import Effect, Mode, View
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.cli.mayor.review_state import Card, State, Turn

END_OF_INPUT = "\x04"
"""What Ctrl-D types."""


def press(state: State, key: str) -> Turn:
    """Return what a key does."""
    state = replace(state, note="")
    known = KEYS.get(state.mode, {}).get(key)
    if known is not None:
        return known.act(state, key)
    if key == END_OF_INPUT:
        return press(state, "q" if state.mode is Mode.BROWSING else "k")
    shown = key if key.isprintable() else "this"
    return replace(state, note=f"'{shown}' is no key here: ? lists them"), ()


# --- browsing ----------------------------------------------------------------------------------------------------


def _approve(state: State, _key: str) -> Turn:
    refused = _refused(state, Verb.APPROVE)
    can = state.card.can
    if refused is not None and can.stages:
        stages = " and ".join(can.stages)
        why = f"{refused[0].note} " if can.is_judge else ""
        return replace(state, note=f"{why}You say yes for {stages} with y."), ()
    if refused is not None:
        return refused
    if can.bars:
        many = f", first of {len(can.bars)}" if len(can.bars) > 1 else ""
        note = f"In the way{many}: {can.bars[0].text.rstrip('.')}. A approves all the same."
        return replace(state, note=note), ()
    return choose(state, choice_about(state.card, Verb.APPROVE))


def _approve_all_the_same(state: State, key: str) -> Turn:
    if not state.card.can.bars:
        return _approve(state, key)
    return state, (Effect.ASK_LIFTING,)


def _say_yes(state: State, _key: str) -> Turn:
    if not state.card.can.stages:
        return replace(state, note=state.card.can.stage_refusal), ()
    return yes_for_stages(state)


def _ask_words(state: State, key: str) -> Turn:
    verb = _WORDED[key]
    return _refused(state, verb) or (replace(state, asking=verb), (Effect.ASK_WORDS,))


def _release(state: State, _key: str) -> Turn:
    refused = _refused(state, Verb.RELEASE)
    return refused or choose(state, choice_about(state.card, Verb.RELEASE))


def _ask_suggestion(state: State, _key: str) -> Turn:
    return _refused(state, Verb.SUGGEST) or (state, (Effect.ASK_SUGGESTION,))


def _ask_note(state: State, _key: str) -> Turn:
    return _refused(state, Verb.COMMENT) or (state, (Effect.ASK_NOTE,))


def _ask_notes(state: State, _key: str) -> Turn:
    return _refused(state, Verb.RESOLVE) or (state, (Effect.ASK_NOTES,))


def _claim(state: State, _key: str) -> Turn:
    why = state.card.can.claim_refusal
    return (replace(state, note=why), ()) if why else claimed(state)


def _ask_place(state: State, _key: str) -> Turn:
    return state, (Effect.ASK_PLACE,)


def _open(state: State, _key: str) -> Turn:
    return state, (Effect.OPEN,)


def _view(state: State, key: str) -> Turn:
    view = _VIEWS[key]
    if view is state.view:
        return replace(state, view=View.TEXT, page=0), (Effect.SHOW,)
    if view not in state.card.views:
        return replace(state, note=_NOTHING[view]), ()
    return replace(state, view=view, page=0), (Effect.SHOW,)


def _words(state: State, _key: str) -> Turn:
    state = replace(state, by_words=not state.by_words)
    if state.view in {View.LIVE, View.LOOK}:
        return state, (Effect.SHOW,)
    how = "word by word" if state.by_words else "line by line"
    return replace(state, note=f"Differences are shown {how}: v, or l."), ()


def _next(state: State, _key: str) -> Turn:
    if state.at + 1 < len(state.cards):
        return go(state, state.at + 1)
    return end(state, "That was the last one.")


def _previous(state: State, _key: str) -> Turn:
    if state.at == 0:
        return replace(state, note="This is the first one."), ()
    return go(state, state.at - 1)


def _page_on(state: State, _key: str) -> Turn:
    return replace(state, page=state.page + 1), (Effect.SHOW,)


def _page_back(state: State, _key: str) -> Turn:
    if state.page == 0:
        return replace(state, note="This is the beginning of it."), ()
    return replace(state, page=state.page - 1), (Effect.SHOW,)


def _undo(state: State, _key: str) -> Turn:
    if not state.past:
        return replace(state, note="There is nothing to undo."), ()
    (at, choices), past = state.past[-1], state.past[:-1]
    state, effects = go(replace(state, choices=choices, past=past, mode=Mode.BROWSING), at)
    name = state.card.subject.typed
    return replace(state, note=f"Undone: the last thing about {name}."), (Effect.KEEP, *effects)


def _help(state: State, _key: str) -> Turn:
    return state, (Effect.HELP,)


def _quit(state: State, _key: str) -> Turn:
    return end(state, "")


# --- ending ------------------------------------------------------------------------------------------------------


def _write(state: State, _key: str) -> Turn:
    return replace(state, mode=Mode.DONE), (Effect.WRITE,)


def _discard(state: State, _key: str) -> Turn:
    gone = replace(state, choices=(), mode=Mode.DONE, note="Discarded: nothing was decided.")
    return gone, (Effect.FORGET,)


def _keep(state: State, _key: str) -> Turn:
    note = "Kept, and nothing written yet: mayor review goes on with them."
    return replace(state, mode=Mode.DONE, note=note), (Effect.KEEP,)


def _back(state: State, _key: str) -> Turn:
    return replace(state, mode=Mode.BROWSING), (Effect.SHOW,)


def keys_here(state: State) -> tuple[str, ...]:
    """Return the keys that do something about the subject that is shown, in the order of the help.

    Those that turn pages are left out: the page itself names them. Any other key still says why it does nothing.
    """
    keys = KEYS[Mode.BROWSING].items()
    return tuple(key for key, each in keys if key not in _PAGING and each.is_here(state.card))


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a key is called in the help, what it does, and for which subjects it is offered."""

    text: str
    act: Callable[[State, str], Turn]
    is_here: Callable[[Card], bool] = lambda _card: True


def _unless_refused(verb: Verb) -> Callable[[Card], bool]:
    return lambda card: verb not in card.can.refusals


def _with_view(*views: View) -> Callable[[Card], bool]:
    return lambda card: bool(card.views & {*views})


_PAGING = frozenset({" ", "b"})
_WORDED = {"r": Verb.RETURN, "d": Verb.DECLINE, "h": Verb.HOLD, "c": Verb.COMMENT}
_VIEWS = {"v": View.LIVE, "l": View.LOOK, "i": View.IMAGES, "x": View.SIDES}
_NOTHING = {
    View.LIVE: "Nothing of it was ever live: there is nothing to compare with.",
    View.LOOK: "You have not looked at it before: there is nothing to compare with.",
    View.IMAGES: "There are no files beside the text.",
    View.SIDES: "It is not contested: no decision contradicts another.",
}
_ANSWERS = "return, decline or hold it, with words"
KEYS: Mapping[Mode, Mapping[str, Key]] = MappingProxyType(
    {
        Mode.BROWSING: {
            "a": Key(
                text="approve exactly these bytes",
                act=_approve,
                is_here=lambda card: not card.can.bars and Verb.APPROVE not in card.can.refusals,
            ),
            "A": Key(
                text="approve all the same: settle musts, waive findings, take over",
                act=_approve_all_the_same,
                is_here=lambda card: bool(card.can.bars),
            ),
            "y": Key(
                text="say yes for the stage that you review",
                act=_say_yes,
                is_here=lambda card: bool(card.can.stages),
            ),
            "r": Key(text=_ANSWERS, act=_ask_words, is_here=_unless_refused(Verb.RETURN)),
            "d": Key(text=_ANSWERS, act=_ask_words, is_here=_unless_refused(Verb.DECLINE)),
            "h": Key(text=_ANSWERS, act=_ask_words, is_here=_unless_refused(Verb.HOLD)),
            "e": Key(text="end its hold", act=_release, is_here=_unless_refused(Verb.RELEASE)),
            "c": Key(
                text="comment; goes along with an answer",
                act=_ask_words,
                is_here=_unless_refused(Verb.COMMENT),
            ),
            "m": Key(
                text="mark words of it: a note, a question or a must",
                act=_ask_note,
                is_here=_unless_refused(Verb.COMMENT),
            ),
            "s": Key(
                text="suggest other words",
                act=_ask_suggestion,
                is_here=_unless_refused(Verb.SUGGEST),
            ),
            "t": Key(
                text="settle musts and other notes",
                act=_ask_notes,
                is_here=_unless_refused(Verb.RESOLVE),
            ),
            "k": Key(
                text="claim it, or give it back",
                act=_claim,
                is_here=lambda card: not card.can.claim_refusal,
            ),
            "o": Key(text="open the page as it would be, in a browser", act=_open),
            "v": Key(
                text="what changed since the live version, and back",
                act=_view,
                is_here=_with_view(View.LIVE),
            ),
            "l": Key(
                text="what changed since you last looked, and back",
                act=_view,
                is_here=_with_view(View.LOOK),
            ),
            "w": Key(
                text="differences word by word, or line by line",
                act=_words,
                is_here=_with_view(View.LIVE, View.LOOK),
            ),
            "i": Key(
                text="images and other files, before and after",
                act=_view,
                is_here=_with_view(View.IMAGES),
            ),
            "x": Key(
                text="decisions that contradict each other, and back",
                act=_view,
                is_here=_with_view(View.SIDES),
            ),
            " ": Key(text="the next page of a long text, the one before", act=_page_on),
            "b": Key(text="the next page of a long text, the one before", act=_page_back),
            "n": Key(text="the next one, the one before; says nothing", act=_next),
            "p": Key(text="the next one, the one before; says nothing", act=_previous),
            "g": Key(text="list them all, and go to one", act=_ask_place),
            "u": Key(text="undo the last thing you chose", act=_undo),
            "q": Key(text="end here; asks what becomes of your choices", act=_quit),
            "?": Key(text="this list", act=_help),
        },
        Mode.ENDING: {
            "w": Key(text="write them", act=_write),
            "d": Key(text="discard them", act=_discard),
            "k": Key(text="keep them for next time", act=_keep),
            "b": Key(text="back to the review", act=_back),
            "u": Key(text="undo the last one and go back", act=_undo),
        },
    }
)


def _refused(state: State, verb: Verb) -> Turn | None:
    why = state.card.can.refusals.get(verb)
    return (replace(state, note=why), ()) if why else None

"""One review at a terminal, from its first page to its writing: it carries out what the machine of keys asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.actions.review import can_say, deck, examined, keep, kept, requests_of
from blognet.actions.sayable import Sayable, is_judge
from blognet.cli.mayor.common import print_outcome
from blognet.cli.mayor.review_choices import NEVER_MIND, begin, clamped, refreshed
from blognet.cli.mayor.review_keys import press
from blognet.cli.mayor.review_screen import Screen, ask, help_lines, question, summary_lines, tell
from blognet.cli.mayor.review_state import Card, Choice, Effect, Mode, View
from blognet.cli.mayor.review_turns import as_kept, beside_of, turn_of
from blognet.cli.output import result, say
from blognet.cli.place import now
from blognet.kernel.errors import BlognetError, UsageError
from blognet.kernel.problems import errors_in
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.actions.network import Network
    from blognet.actions.review import Reviewed
    from blognet.cli.keyboard import Keyboard
    from blognet.cli.mayor.review_state import State, Turn
    from blognet.cli.place import Place
    from blognet.disk.review_file import KeptChoice
    from blognet.kernel.ids import AuthorId, Subject


class ReviewSession:
    """One review from its first page to its writing; lives for one run of the command."""

    def __init__(
        self,
        place: Place,
        actor: AuthorId,
        *,
        subjects: tuple[Subject, ...],
        author: str,
        stage: str,
        mine: bool,
    ) -> None:
        """Say who reviews what: exactly these subjects, or what waits."""
        self._place = place
        self._actor = actor
        self._subjects = subjects
        self._author = author
        self._stage = stage
        self._mine = mine
        self._previews: list[Path] = []
        self._seen: set[Subject] = set()
        self._changed: set[Subject] = set()
        self._is_asked_to_write = False
        self._is_any_lost = False

    def run(self, network: Network, *, commit: bool, dry_run: bool) -> int:
        """Review, then write; return the exit code.

        Raises:
            UsageError: Nothing of what was named waits.
        """
        from blognet.cli.keyboard import Keyboard
        from blognet.disk.scratch import remove_scratch

        self._network = network
        self._screen = Screen(network)
        if not self._deal():
            if self._subjects:
                message = "there is no file for any of these"
                raise UsageError(message, hint="mayor queue lists what waits")
            say("Nothing waits for you.")
            return 0
        try:
            with Keyboard() as keyboard:
                self._keyboard: Keyboard = keyboard
                state = self._converse()
        except KeyboardInterrupt:
            result()
            self._say_kept()
            raise
        finally:
            for folder in self._previews:
                remove_scratch(folder)
        code = self._write(state, commit=commit, dry_run=dry_run) if self._is_asked_to_write else 0
        return 1 if self._is_any_lost else code

    # --- the conversation ----------------------------------------------------------------------------------------

    def _converse(self) -> State:
        from blognet.cli.keyboard import GONE, RESIZED

        state, effects = begin(self._cards(), self._earlier())
        state = self._asked_again(state)
        while True:
            for effect in effects:
                state = self._do(effect, state)
            tell(state.note)
            if state.mode is Mode.DONE:
                return state
            ask(question(replace(state, note="")))
            key = self._keyboard.key()
            if key == GONE:
                return state  # nobody can be asked any more; what was chosen is kept
            if key == RESIZED:
                result()
                effects = (Effect.SHOW,) if state.mode is Mode.BROWSING else (Effect.SUMMARY,)
                state = replace(state, note="")
                continue
            result(key if key.isprintable() else "")
            state, effects = press(state, key)

    def _do(self, effect: Effect, state: State) -> State:
        match effect:
            case Effect.SHOW:
                return self._show(state)
            case Effect.KEEP:
                self._keep(state)
                return self._asked_again(state)
            case Effect.OPEN:
                return replace(state, note=self._open(state))
            case Effect.WRITE:
                return self._before_writing(state)
            case Effect.HELP | Effect.SUMMARY | Effect.FORGET:
                self._tell_or_forget(effect, state)
                return state
            case _:
                return self._ask(effect, state)

    def _tell_or_forget(self, effect: Effect, state: State) -> None:
        if effect is Effect.FORGET:
            self._keep(replace(state, choices=()))
            return
        lines = help_lines() if effect is Effect.HELP else ["", *summary_lines(state.choices)]
        for line in lines:
            result(line)

    def _ask(self, effect: Effect, state: State) -> State:
        """Ask for what a key wants, and do at once what the answer leads to."""
        try:
            one = self._deck[state.card.subject]
            turn = turn_of(effect, state, one, self._keyboard, self._network, self._actor)
        except BlognetError as error:
            hint = f" {error.hint[:1].upper()}{error.hint[1:]}." if error.hint else ""
            return replace(state, asking=None, note=f"Not noted: {error.message}.{hint}")
        return self._follow(turn or (replace(state, asking=None, note=NEVER_MIND), ()))

    def _asked_again(self, state: State) -> State:
        """Ask the rules about the subject that is shown, and about those with other notes than before."""
        cards: list[Card] = []
        for at, card in enumerate(state.cards):
            beside = beside_of(state, card.subject)
            is_new = at == state.at and card.subject not in self._noted_before
            if is_new or beside != self._noted_before.get(card.subject, ()):
                cards.append(replace(card, can=self._can_say(card.subject, beside)))
            else:
                cards.append(card)
        return replace(state, cards=tuple(cards))

    def _can_say(self, subject: Subject, beside: tuple[KeptChoice, ...]) -> Sayable:
        if subject not in self._noted_before:
            self._deck[subject] = examined(self._network, self._deck[subject])
        self._noted_before[subject] = beside
        return can_say(self._network, self._deck[subject], self._actor, beside)

    def _follow(self, turn: Turn) -> State:
        """Do at once what an answer leads to."""
        state, effects = turn
        for effect in effects:
            state = self._do(effect, state)
        return state

    def _show(self, state: State) -> State:
        from blognet.actions.show import leave_receipt

        state = self._asked_again(state)
        one = self._deck[state.card.subject]
        pages = self._screen.page(state, one)
        if state.card.subject not in self._seen:
            self._seen.add(state.card.subject)
            leave_receipt(self._network, one.entry, self._actor)
        return clamped(state, pages)

    def _open(self, state: State) -> str:
        """Open the preview in a browser; return what to tell."""
        import webbrowser

        from blognet.actions.preview_page import preview_page

        try:
            made = preview_page(self._network, self._deck[state.card.subject].entry)
        except BlognetError as error:
            return f"No preview: {error.message}."
        self._previews.append(made.folder)
        with self._keyboard.apart():
            try:
                is_open = webbrowser.open(made.page.as_uri())
            except (webbrowser.Error, KeyboardInterrupt):
                is_open = False
        if is_open:
            return "The preview is open in your browser; it goes when you leave the review."
        return f"There is no browser here. Until you leave the review, the page is {made.page}"

    # --- what was chosen before ----------------------------------------------------------------------------------

    def _earlier(self) -> tuple[Choice, ...]:
        """Offer what a review kept that was left or killed; what became impossible is dropped with a sentence."""
        found, dropped = kept(self._network, self._actor, tuple(self._deck.values()))
        for sentence in dropped:
            result(sentence)
        choices = tuple(
            Choice(
                subject=one.subject,
                content=one.content,
                verb=Verb(one.verb),
                words=one.words,
                options=one.options,
                stage=one.stage,
                waivers=one.waivers,
            )
            for one in found
        )
        if not choices:
            return ()
        result()
        result("An earlier review was not finished.")
        for line in summary_lines(choices):
            result(line)
        while True:
            ask("Go on with these? [y]es, [n]o, forget them: ")
            key = self._keyboard.key()
            result(key if key.isprintable() and len(key) == 1 else "")
            if key == "y":
                return choices
            if key == "n":
                self._put_down(())
                return ()
            if key in {"\x04", "<gone>"}:
                raise KeyboardInterrupt

    def _keep(self, state: State) -> None:
        self._put_down(as_kept(state.choices))

    def _put_down(self, choices: tuple[KeptChoice, ...]) -> None:

        keep(self._network, self._actor, choices)

    def _say_kept(self) -> None:
        from blognet.disk.review_file import kept_choices

        count = len(kept_choices(self._network.root, self._actor))
        if count:
            say(f"{count} of your choices kept, nothing written: mayor review goes on with them.")

    # --- the subjects --------------------------------------------------------------------------------------------

    def _deal(self) -> bool:
        """Read the subjects as they are now; return whether there are any."""
        from blognet.actions.show import as_last_seen

        found = deck(
            self._network,
            self._actor,
            subjects=self._subjects,
            author=self._author,
            stage=self._stage,
            mine=self._mine,
        )
        self._noted_before: dict[Subject, tuple[KeptChoice, ...]] = {}
        self._deck: dict[Subject, Reviewed] = {
            one.entry.subject: one for one in found if one.entry.proposal is not None
        }
        for one in self._deck.values():
            if self._screen.is_other(one):
                self._changed.add(one.entry.subject)
            look = as_last_seen(self._network, one.entry, self._actor)
            self._screen.learn(self._network, one, look)
        return bool(self._deck)

    def _cards(self) -> tuple[Card, ...]:
        return tuple(self._card(one) for one in self._deck.values())

    def _card(self, one: Reviewed) -> Card:
        views = {View.TEXT, *self._screen.views_of(one)}
        if one.entry.subject in self._changed and View.LOOK in views:
            first = View.LOOK
        elif View.SIDES in views:
            first = View.SIDES
        elif errors_in(one.entry.problems) or View.LIVE not in views:
            first = View.TEXT
        else:
            first = View.LIVE if one.row.waiting.what == "edited" else View.TEXT
        return Card(
            subject=one.entry.subject,
            content=one.entry.standing.content,
            can=Sayable(is_judge=is_judge(self._network, self._actor)),
            views=frozenset(views),
            first=first,
        )

    # --- the end -------------------------------------------------------------------------------------------------

    def _before_writing(self, state: State) -> State:
        """Look at the disk once more: what changed during the review is shown again instead of being decided."""
        from blognet.actions.network import load_network

        before = self._deck
        self._network = load_network(self._place.folder, now=now())
        subjects, self._subjects = self._subjects, tuple(before)
        self._deal()
        self._subjects = subjects
        gone = [subject for subject in before if subject not in self._deck]
        cards = self._cards()
        self._deck = {**{subject: before[subject] for subject in gone}, **self._deck}
        state, dropped = refreshed(state, cards)
        if not dropped:
            self._is_asked_to_write = True
            return state
        self._keep(state)
        state = self._asked_again(state)
        self._seen -= set(dropped)
        there = [subject for subject in dropped if subject in self._deck and subject not in gone]
        for subject in dropped:
            how = "changed while you reviewed: look again"
            if subject not in there:
                self._is_any_lost = True
                how = "does not wait any more: it was decided on, or its file is gone"
            result(f"{subject.typed} {how}. What you chose for it was dropped.")
        if not there:
            self._is_asked_to_write = bool(state.choices)
            return state
        return self._show(replace(state, mode=Mode.BROWSING))

    def _write(self, state: State, *, commit: bool, dry_run: bool) -> int:
        from blognet.actions.decide import decide_all

        try:
            outcome = decide_all(
                self._place.folder,
                requests_of(as_kept(state.choices)),
                actor=self._actor,
                now=now(),
                leave_out_refused=True,
                commit=commit,
                dry_run=dry_run,
            )
        except BlognetError:
            self._say_kept()
            raise
        if not dry_run:
            self._put_down(())
        return print_outcome(outcome, as_json=False, dry_run=dry_run)

"""How a review looks: a page of a subject, the question below it, the help, the summary. Lines only; reads no keys."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from blognet.cli.layout import NARROWEST, WIDEST, cut, refitted, wrapped
from blognet.cli.mayor.ages import age_words
from blognet.cli.mayor.lines import (
    attached_lines,
    difference_lines,
    head_lines,
    open_note_lines,
    text_lines,
    thread_lines,
    with_findings,
)
from blognet.cli.mayor.promise import time_left
from blognet.cli.mayor.review_keys import KEYS, keys_here
from blognet.cli.mayor.review_state import Mode, View
from blognet.cli.mayor.sides import side_lines
from blognet.cli.mayor.stages import second_lines, stage_lines_of
from blognet.cli.output import BOLD, DIM, problem_lines, result, styled
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.actions.network import Entry, Network
    from blognet.actions.review import Reviewed
    from blognet.actions.show import Remark, Version
    from blognet.cli.mayor.review_state import Choice, State
    from blognet.kernel.hashing import ContentHash

_AROUND = 6
"""Lines of a page that are not the text: two empty ones, the rule above, the notes and the question below."""
_LEAST = 5
_LISTED = 60
_LEAST_NAME = 12


class Screen:
    """Prints a review; keeps the versions to compare with as they were when it began."""

    def __init__(self, network: Network) -> None:
        """Remember where the subjects come from."""
        self._network = network
        self._live: dict[str, Version | None] = {}
        self._look: dict[str, Version | None] = {}
        self._laid_out: tuple[object, list[str]] | None = None
        self._contents: dict[str, ContentHash | None] = {}

    def is_other(self, one: Reviewed) -> bool:
        """Whether a subject has other bytes than were taken in before."""
        content = one.entry.standing.content
        return self._contents.get(str(one.entry.subject), content) != content

    def learn(self, network: Network, one: Reviewed, look: Version | None) -> None:
        """Take in a subject, with what the person was last shown of it."""
        from blognet.actions.show import as_published

        self._network = network
        key = str(one.entry.subject)
        self._live[key] = as_published(one.entry)
        if key not in self._look or self.is_other(one):
            self._look[key] = look
        self._contents[key] = one.entry.standing.content

    def views_of(self, one: Reviewed) -> frozenset[View]:
        """Return what there is to see of a subject beside its text."""
        key, proposal = str(one.entry.subject), one.entry.proposal
        live, look = self._live[key], self._look[key]
        files = (proposal.assets if proposal else ()) or (live.assets if live else ())
        is_contested = one.row.waiting.what == "contested"
        there = {View.LIVE: live, View.LOOK: look, View.IMAGES: files, View.SIDES: is_contested}
        return frozenset(view for view, found in there.items() if found)

    def page(self, state: State, one: Reviewed) -> int:
        """Print the page that the state names, or the last one, and return how many there are."""
        lines = self._remembered(state, one, width())
        room = max(_LEAST, height() - _AROUND)
        pages = max(1, -(-len(lines) // room))
        at = min(state.page, pages - 1)
        result()
        result(styled(self._title(state, one), BOLD))
        for line in lines[at * room : (at + 1) * room]:
            result(line)
        if pages > 1:
            result()
            more = "space: more, " if at + 1 < pages else ""
            back = "b: back, " if at else ""
            told = f"-- page {at + 1} of {pages} -- {more}{back}?: all keys"
            result(styled(cut(told, width()), DIM))
        else:
            result()
        return pages

    def _remembered(self, state: State, one: Reviewed, columns: int) -> list[str]:
        """Return the lines of a view; turning a page lays nothing out anew."""
        key = (one.entry.subject, one.entry.standing.content, state.view, state.by_words, columns)
        if self._laid_out is None or self._laid_out[0] != key:
            self._laid_out = (key, self._lines(state, one, columns))
        return self._laid_out[1]

    def _title(self, state: State, one: Reviewed) -> str:
        row = one.row
        facts = [f"{state.at + 1} of {len(state.cards)}", row.waiting.what_now]
        facts += [f"waits {age_words(row.age)}"]
        facts += [left] if (left := time_left(one.wait)) else []
        facts += [f"{row.waiting.words} words"]
        facts += [f"claimed by {', '.join(row.claimed_by)}"] if row.claimed_by else []
        return cut(f"── {' · '.join(facts)} {'─' * WIDEST}", width() - 1).removesuffix("…")

    def _lines(self, state: State, one: Reviewed, columns: int) -> list[str]:
        from blognet.actions.author_history import histories_of
        from blognet.actions.pictures import attached, attached_changes
        from blognet.actions.show import on_disk

        network, entry = self._network, one.entry
        key = str(entry.subject)
        head = head_lines(entry, histories_of(network, entry), zone=network.config.zone)
        head += [*stage_lines_of(network, entry), *second_lines(entry)]
        head += [cut(f"in the way: {bar.text}", columns) for bar in state.card.can.bars]
        lines = _all_fitted([*head, ""], columns)
        after = on_disk(entry)
        before = {View.LIVE: self._live[key], View.LOOK: self._look[key]}.get(state.view)
        compared = before if state.view in {View.LIVE, View.LOOK} else self._live[key]
        changes = attached_changes(
            attached(network, compared) if compared else attached(network, after),
            attached(network, after),
        )
        shown = with_findings(entry, one.findings)
        if state.view is View.TEXT:
            lines += _all_fitted(
                text_lines(network, shown, after, width=columns, names_file=False), columns
            )
            beside = attached_lines(changes)
            lines += ["", *_all_fitted(beside, columns)] if beside else []
            lines += _all_fitted(open_note_lines(entry, after.text), columns)
            thread = thread_lines(_thread(entry), width=columns)
            return [*lines, *_all_fitted(thread, columns)]
        are = "These are" if state.view is View.IMAGES else "This is"
        lines.append(styled(f"{are} {state.view.value}.", DIM))
        if state.view is View.IMAGES:
            return [*lines, *_all_fitted(attached_lines(changes), columns)]
        if state.view is View.SIDES:
            return [*lines, "", *_all_fitted(side_lines(entry), columns)]
        if before is not None:
            different = [
                *difference_lines(before, after, by_words=state.by_words),
                *attached_lines(each for each in changes if not each.is_same),
            ]
            lines += _all_fitted(different or ["Nothing changed."], columns)
            lines += _all_fitted(_below(shown, entry, after.text, columns), columns)
        return lines


def question(state: State) -> str:
    """Return what stands before the cursor."""
    if state.mode is Mode.ENDING:
        count = len(state.choices)
        what = "it" if count == 1 else f"these {count}"
        return f"What becomes of {what}? [w]rite, [d]iscard, [k]eep for next time, [b]ack: "
    keys = ",".join(keys_here(state))
    chosen = said_lines(state.choices_for(state.card.subject))
    left = max(_LEAST_NAME, width() - len(keys) - len(f"({state.at + 1}/{len(state.cards)})  []? "))
    return f"({state.at + 1}/{len(state.cards)}) {cut(state.card.subject.typed + chosen, left)} [{keys}]? "


def said_lines(choices: Iterable[Choice]) -> str:
    """Return what was chosen about a subject, in brackets behind its name; "" for nothing."""
    chosen = ", ".join(choice.in_a_word for choice in choices)
    return f" ({chosen})" if chosen else ""


def help_lines() -> list[str]:
    """Return what each key does; keys that belong together share a line."""
    keys: dict[str, list[str]] = {}
    for key, each in KEYS[Mode.BROWSING].items():
        keys.setdefault(each.text, []).append({" ": "space"}.get(key, key))
    return [f"{' '.join(named):>7}  {text}" for text, named in keys.items()]


def summary_lines(choices: Iterable[Choice]) -> list[str]:
    """Return what was chosen, one line each."""
    lines = [styled("What you chose:", BOLD)]
    for choice in choices:
        content = f"@{choice.content.short}" if choice.content else ""
        words = f"  “{cut(_said(choice), _LISTED)}”" if _said(choice) else ""
        what = f"{choice.in_a_word:8}"
        lines += refitted(f"  {what} {choice.subject.typed}{content}{words}", width())
    return lines


def width() -> int:
    """Return the columns of the terminal."""
    return max(NARROWEST, min(WIDEST, _size()[0]))


def height() -> int:
    """Return the lines of the terminal."""
    return max(_LEAST + _AROUND, _size()[1])


def tell(note: str) -> None:
    """Print a sentence for the person, if there is one."""
    for line in wrapped(note, width()) if note else ():
        result(line)


def ask(text: str) -> None:
    """Print a question and leave the cursor behind it."""
    sys.stdout.write(text)
    sys.stdout.flush()


def _said(choice: Choice) -> str:
    """Return the words of a choice, or what stands for them."""
    options = choice.options
    if choice.verb is Verb.SUGGEST:
        return f"{options.get('quote', '')} → {options.get('with', '')}"
    if choice.is_claim:
        return ""
    parts = [choice.words, *(f"{check}: {why}" for check, why in choice.waivers.items())]
    parts += ["takeover"] if options.get("takeover") else []
    parts += [f"until {options['until'][:10]}"] if options.get("until") else []
    parts += [f"on: {options['quote']}"] if options.get("quote") else []
    return " · ".join(part for part in parts if part)


def _thread(entry: Entry) -> list[Remark]:
    """Return what was said before, without the notes that wait: those stand above it."""
    from blognet.actions.noting import notes_on
    from blognet.actions.show import thread_of
    from blognet.moderation.notes import waiting_notes

    above = [note.event for note in waiting_notes(notes_on(entry))]
    return [remark for remark in thread_of(entry) if remark.event not in above]


def _below(shown: Entry, entry: Entry, text: str, columns: int) -> list[str]:
    """Return what was found and noted, for a page that shows only what changed."""
    found = [
        line
        for one in shown.problems
        for line in problem_lines(one, error=False, room=columns, names_file=False)
    ]
    return [*(["", *found] if found else []), *open_note_lines(entry, text)]


def _all_fitted(lines: Iterable[str], columns: int) -> list[str]:
    return [part for line in lines for part in refitted(line, columns)]


def _size() -> tuple[int, int]:
    # Not shutil's: LINES and COLUMNS do not follow when somebody pulls at the window.
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return 80, 24
    return (size.columns or 80, size.lines or 24)

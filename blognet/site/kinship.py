"""How posts of one language are alike, worked out again only where something changed. Knows posts by name.

Four tables: how often each post uses which words (`counts`), which posts use a word (`Postings`), the strongest words
of each post with their weights (`kin`), and which posts have a word among the strongest (`Strong`). A post that changed
changes the rarity of its words; where that passes a power of two, other posts are weighed again; and only posts that
share a rare word with one whose weights came out different are compared again. That is all that an answer can depend
on, so it is the same as if everything had been worked out from nothing (tests/unit/site/test_kinship.py).
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from math import isqrt, log2
from typing import TYPE_CHECKING

from blognet.kernel.shelves import LostError, Table
from blognet.site.likeness import Kin, chosen_for
from blognet.site.pages import ListKind
from blognet.site.postings import Postings
from blognet.site.strong import Strong, length_in, packed, weight_in
from blognet.site.word_counts import KEPT_TEXTS, word_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from blognet.kernel.shelves import Shelf
    from blognet.site.pages import ListKey
    from blognet.site.published import LivePost

    _Counted = tuple["array[int]", bytes]
    """The numbers of the words of a post, and how often each stands in it: many posts wait to be weighed."""

STRONGEST = 24
"""Words of a post that are kept."""
_SCALE, _MOST = 100, 100
_OFTEN = (0, *(round(_SCALE * (1 + log2(number))) for number in range(1, _MOST + 1)))
"""What a word counts by the number of its occurrences: more often is more, but ever less so."""
_STATE, _LATER, _STAMP = "state", "later", "stamp"
"""All marks and answers; those that were exchanged since; and what differs whenever anything of that does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A post to be compared, and the lists it belongs to."""

    live: LivePost
    terms: tuple[ListKey, ...]

    @property
    def mark(self) -> str:
        """A text that differs whenever the post would be weighed otherwise."""
        live = self.live
        terms = [f"{key.kind}/{key.id}" for key in self.terms]
        return "\n".join((live.hash.hex, live.date.isoformat(), *live.authors, "", *terms))


class Kinship:
    """The posts of one language, as they were and as they are."""

    def __init__(self, shelf: Shelf | None, place: str, count: int, *, anew: bool = False) -> None:
        """Keep where the tables are.

        Args:
            shelf: None for nowhere.
            place: The first part of the keys; one for each language.
            count: How many posts answer at most.
            anew: Whether what is kept is of no use.
        """
        self._shelf = shelf
        self._place = f"kin.{place}"
        self._count = count
        self._anew = anew
        self._open(None if anew else shelf)

    def _open(self, shelf: Shelf | None) -> None:
        def named(name: str) -> str:
            return f"{self._place}/{name}"

        self._counts = Table(shelf, named("counts"), read=_read_numbers, write=_as_json, hot=False)
        self._having = Postings(shelf, named("having"))
        self._words = _Words()
        self._fresh: dict[str, _Counted] = {}
        self._rarities: dict[int, int] = {}
        self._kin = Table(shelf, named("kin"), read=_read_kin, write=_kin_as_json)
        self._strong = Strong(shelf, self._place)

    def answers(self, posts: Mapping[str, Asked]) -> Mapping[str, tuple[str, ...]]:
        """Return for each post those that are like it, the likest first; posts without an answer are left out.

        Args:
            posts: By their names.

        Raises:
            LostError: What is kept is damaged.
        """
        marks = {name: f"{self._count}\n{asked.mark}" for name, asked in posts.items()}
        before = {} if self._anew else self._state()
        if len(before).bit_length() != len(marks).bit_length():  # then every weight is another one
            before = {}
            self._anew = True
            self._open(None)
        if before.keys() == marks.keys() and all(
            before[name][0] == mark for name, mark in marks.items()
        ):
            return {name: answer for name, (_, answer) in before.items() if answer}
        gone = before.keys() - marks.keys()
        changed = {
            name: asked
            for name, asked in posts.items()
            if name not in before or before[name][0] != marks[name]
        }
        others = self._count_words(gone, changed)
        outdated = self._weigh(gone, changed, others, len(marks))
        after = {
            name: (mark, before[name][1] if name in before else ()) for name, mark in marks.items()
        }
        for name in sorted(outdated & marks.keys()):
            after[name] = (marks[name], self._answer(name))
        self._keep(after)
        return {name: answer for name, (_, answer) in after.items() if answer}

    def exchanged(
        self,
        posts: Mapping[str, Asked],
        mark: str,
        *,
        fresh: AbstractSet[str] = frozenset(),
        gone: AbstractSet[str] = frozenset(),
    ) -> tuple[Mapping[str, tuple[str, ...]], str]:
        """Return the answers that may be others now, when of all posts that were there a few are others.

        Args:
            posts: Those that changed or are new, by their names.
            mark: What `mark_of_state` was when all was as it is kept.
            fresh: Which of them are new.
            gone: The names of those that are there no longer.

        Returns:
            The answers, by the names of posts, and the mark now.

        Raises:
            LostError: What is kept is damaged, not what it was then, or of no use for so many posts.
        """
        if not mark or self.mark_of_state() != mark or not self._shelf:
            raise LostError
        if any((self._kin.get(name) is None) != (name in fresh) for name in (*posts, *gone)):
            raise LostError
        before = int(mark.rpartition(" ")[2])
        total = before + len(fresh) - len(gone)
        if total.bit_length() != before.bit_length():  # then every weight is another one
            raise LostError
        others = self._count_words(gone, posts)
        outdated = self._weigh(gone, posts, others, total) - gone
        answers = {name: self._answer(name) for name in sorted(outdated)}
        marks = {name: f"{self._count}\n{asked.mark}" for name, asked in posts.items()}
        marks |= dict.fromkeys(gone, "")
        later_marks, later_answers = self._later()
        later = _as_json([{**later_marks, **marks}, {**later_answers, **answers}])
        rows: dict[str, bytes | None] = {f"{self._place}/{_LATER}": later}
        after = self._put(rows, total, later)
        return answers, after

    def mark_of_state(self) -> str:
        """Return what differs whenever something else is kept; "" for nothing."""
        try:
            raw = self._shelf.get(f"{self._place}/{_STAMP}") if self._shelf else None
        except LostError:
            return ""
        return raw.decode("ascii", "replace") if raw else ""

    def _state(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        raw = self._shelf.get(f"{self._place}/{_STATE}") if self._shelf else None
        marks, answers = self._later()
        try:
            said = json.loads(raw) if raw else {}
            said |= {name: (mark, ()) for name, mark in marks.items() if name not in said}
            return {
                name: (marks.get(name, mark), tuple(answers.get(name, answer)))
                for name, (mark, answer) in said.items()
                if marks.get(name, mark)
            }
        except (ValueError, TypeError, AttributeError) as error:
            raise LostError from error

    def _later(self) -> tuple[dict[str, str], dict[str, list[str]]]:
        """Return marks and answers that were exchanged since; whoever has no mark is gone."""
        raw = self._shelf.get(f"{self._place}/{_LATER}") if self._shelf else None
        try:
            marks, answers = json.loads(raw) if raw else ({}, {})
            return dict(marks), dict(answers)
        except (ValueError, TypeError) as error:
            raise LostError from error

    def _keep(self, after: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
        if self._shelf is None:
            return
        state = _as_json(after)
        rows = {f"{self._place}/{_STATE}": state, f"{self._place}/{_LATER}": None}
        self._put(rows, len(after), state)

    def _put(self, rows: Mapping[str, bytes | None], total: int, said: bytes) -> str:
        """Keep what changed; return the mark of it."""
        # Of the mark before, too: what was exchanged and exchanged back is not what it was to somebody who missed it.
        stamp = blake2b(self.mark_of_state().encode() + said, digest_size=16).hexdigest()
        mark = f"{stamp} {total}"
        kept = {**rows, f"{self._place}/{_STAMP}": mark.encode("ascii")}
        for table in (self._counts, self._having, self._kin, self._strong):
            kept.update(table.changes())
        if self._shelf is not None:
            self._shelf.put(kept, anew=self._anew)
        return mark

    def _count_words(self, gone: Iterable[str], changed: Mapping[str, Asked]) -> set[str]:
        """Count the words of posts that changed.

        Returns:
            The words that are rarer or commoner now.
        """
        names = (*gone, *changed)
        # Numbers of names take a tenth of the memory of sets of them, and each comes once.
        fewer: dict[str, array[int]] = defaultdict(partial(array, "I"))
        more: dict[str, array[int]] = defaultdict(partial(array, "I"))
        once = len(changed) > KEPT_TEXTS
        for number, name in enumerate(names):
            old = self._counts.get(name) or {}
            asked = changed.get(name)
            new = word_counts(asked.live, asked.terms, once=once) if asked else None
            if new != old:
                self._counts.set(name, new)
            for word in old.keys() - (new or {}).keys():
                fewer[word].append(number)
            for word in new or ():
                if word not in old:
                    more[word].append(number)
            if new:
                self._fresh[name] = _counted(new, self._words)
        return self._note_names(names, fewer, more)

    def _note_names(
        self, names: Sequence[str], fewer: Mapping[str, array[int]], more: dict[str, array[int]]
    ) -> set[str]:
        """Note which posts have a word no more, and which have it now; return the words as `_count_words` does."""
        found = set[str]()
        name_at = names.__getitem__
        for word in fewer.keys() | more.keys():
            before, after = self._having.change(
                word,
                gone=tuple(map(name_at, fewer.get(word, ()))),
                come=tuple(map(name_at, more.pop(word, ()))),
            )
            if before.bit_length() != after.bit_length():
                found.add(word)
        self._rarities.clear()
        return found

    def _weigh(
        self, gone: Iterable[str], changed: Mapping[str, Asked], words: Iterable[str], total: int
    ) -> set[str]:
        """Weigh the posts that changed, and those that have one of these words.

        Returns:
            The posts whose answer may be another one.
        """
        again = set(changed)
        for word in words:
            again |= self._having.names_with(word)
        outdated = set(changed)
        fewer: dict[str, list[str]] = defaultdict(list)
        more: dict[str, dict[str, int]] = defaultdict(dict)
        for name in (*gone, *sorted(again)):
            old = self._kin.get(name)
            new = None if name in gone else self._kin_of(name, changed.get(name), old, total)
            if new == old:
                continue
            self._kin.set(name, new)
            outdated.add(name)
            weights = new.weights if new else {}
            for word in (old.weights if old else {}).keys() - weights.keys():
                fewer[word].append(name)
            for word, weight in weights.items():
                more[word][name] = packed(weight, new.length if new else 0)
        for word in fewer.keys() | more.keys():
            outdated |= self._strong.change(
                word,
                gone=fewer.get(word, ()),
                come=more.pop(word, {}),
                said_of=partial(self._said_of, word),
            )
        return outdated

    def _said_of(self, word: str, name: str) -> int:
        kin = self._known(name)
        if word not in kin.weights:
            raise LostError
        return packed(kin.weights[word], kin.length)

    def _kin_of(self, name: str, asked: Asked | None, old: Kin | None, total: int) -> Kin:
        counted = self._fresh.pop(name, None)
        if counted is None:
            counted = _counted(self._counts.get(name) or {}, self._words)
        weights = self._weights(counted, total)
        length = isqrt(sum(weight * weight for weight in weights.values())) or 1
        if asked is None:
            if old is None:
                raise LostError
            return Kin(weights, length, old.date, old.authors, old.series)
        live = asked.live
        return Kin(weights, length, live.date.isoformat(), tuple(live.authors), _series(asked))

    def _weights(self, counted: _Counted, total: int) -> Mapping[str, int]:
        """Return the strongest words of a post.

        A word that no other post has is none of them, nor is a word of the text that most posts have.
        """
        rarities, spelled = self._rarities, self._words.spelled
        weighed = []
        for word, number in zip(*counted, strict=True):
            rarity = rarities.get(word)
            if rarity is None:
                rarity = rarities[word] = self._rarity(spelled[word], total)
            if rarity:
                weighed.append((-rarity * _OFTEN[number], spelled[word]))
        weighed.sort()
        return {word: -weight // _SCALE for weight, word in weighed[:STRONGEST]}

    def _rarity(self, word: str, total: int) -> int:
        """Return how much it counts that a post has a word; 0 for one that is never among the strongest."""
        posts = self._having.number_of(word)
        level = total.bit_length() - posts.bit_length()
        if posts > 1 and (level or "/" in word):
            return _SCALE * level + _SCALE // 2
        return 0

    def _known(self, name: str) -> Kin:
        kin = self._kin.get(name)
        if kin is None:
            raise LostError
        return kin

    def _answer(self, name: str) -> tuple[str, ...]:
        kin = self._known(name)
        shared: dict[str, int] = defaultdict(int)
        lengths: dict[str, int] = {}
        for word, weight in kin.weights.items():
            for other, said in self._strong.of(word).items():
                shared[other] += weight * weight_in(said)
                lengths[other] = length_in(said)
        shared.pop(name, None)
        guesses = {other: product // lengths[other] for other, product in shared.items()}
        return chosen_for(kin, guesses, self._known, self._count)


def _series(asked: Asked) -> str:
    return next((key.id for key in asked.terms if key.kind is ListKind.SERIES), "")


def _as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


class _Words(dict[str, int]):
    """The numbers of words, each given when it is first asked for; `spelled` has the words by their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.spelled: list[str] = []

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self.spelled)
        self.spelled.append(word)
        return number


def _counted(counts: Mapping[str, int], words: _Words) -> _Counted:
    """Return the words of a post and how often each stands in it, no more often than counts."""
    often = bytes([min(_MOST, number) for number in counts.values()])
    return array("I", map(words.__getitem__, counts)), often


def _read_numbers(raw: bytes) -> Mapping[str, int]:
    said = json.loads(raw)
    return {str(word): int(number) for word, number in said.items()}


def _kin_as_json(kin: Kin) -> bytes:
    return _as_json([dict(kin.weights), kin.length, kin.date, kin.authors, kin.series])


def _read_kin(raw: bytes) -> Kin:
    weights, length, date, authors, series = json.loads(raw)
    return Kin(weights, int(length), str(date), tuple(map(str, authors)), str(series))

"""The files of the search of one language, worked out again only where something changed. Knows posts by name.

Posts are numbered in the order in which readers first could see them, so that a new one takes the next number and the
others keep theirs. What the files say is then changed in place: the words of a post that changed are taken out of the
files that have them, and put in again.

A post has words of a hundred files. So that a new one touches few of them, files are in groups, and so are posts: the
files of a group have the words of all posts up to the last that belongs to the group. Words of later posts are in the
newest file, which is the last. All of that follows from which posts there are, and from nothing else.

Where many numbers move (an old post was taken down), every file is put together anew from the words of each post, which
are kept, too.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.engine import digest_of
from blognet.kernel.shelves import LostError, Table
from blognet.render.search_moves import Numbered, moves_between
from blognet.render.search_order import Order, ends_of, lowest_moved, renumber
from blognet.render.search_postings import (
    add_to,
    file_of_words,
    nothing_found,
    spliced,
    split_off,
)
from blognet.render.search_rows import Row, Rows
from blognet.render.search_state import Indexed, state_as_bytes, state_from_bytes
from blognet.render.search_words import file_of, worths_of
from blognet.site.search import count_of, groups_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.kernel.shelves import Shelf
    from blognet.render.search_moves import Moves
    from blognet.render.search_order import Piece
    from blognet.render.search_places import Entry, Findable, Pair
    from blognet.render.search_postings import Found
    from blognet.render.search_state import State

    _Changes = dict[str, dict[str, Row | int | None]]
    _Deltas = dict[str, tuple[Mapping[str, int], Mapping[str, int]]]

_STATE = "state"
_MOST_MOVED = 40
"""When more posts get other numbers, everything is put together again."""
_MOST_CHANGED = 200
"""And when more posts changed."""
_MOST_LATE = 1_000
"""And when some group has none of the last posts, which hardly ever is so."""


class SearchIndex:
    """The index of one language, as it was and as it is."""

    def __init__(self, shelf: Shelf | None, place: str, files: int) -> None:
        """Keep where the tables are.

        Args:
            shelf: None for nowhere.
            place: The first part of the keys; one for each language.
            files: How many files of words there are beside the newest; none when somebody else looks for words.
        """
        self._shelf = shelf
        self._place = f"search.{place}"
        self._files = files
        self._open(shelf)

    def _open(self, shelf: Shelf | None) -> None:
        self._words = self._table_of_words(shelf)
        self._parts = Table(shelf, f"{self._place}/file", read=bytes, write=bytes, hot=False)
        self._rows = Rows(shelf, f"{self._place}/rows")
        self._known = shelf

    def _table_of_words(self, shelf: Shelf | None) -> Table[Mapping[str, int]]:
        return Table(shelf, f"{self._place}/words", read=_worths, write=_as_json, hot=False)

    def _order(self, pieces: Iterable[Piece] = ()) -> Order:
        copies = (replace(each) for each in pieces)
        return Order(self._known, f"{self._place}/order", copies)

    def bring_up_to_date(self, posts: Iterable[Findable]) -> Indexed:
        """Return the index of posts; what changed is kept."""
        waiting = list(posts)
        del posts  # they are taken out one by one, where nobody else has them
        try:
            found = self._updated(waiting)
        except LostError:
            found = None
        return self._anew(waiting) if found is None else found

    def file(self, number: int) -> bytes:
        """Return a file of words.

        Raises:
            LostError: What is kept was damaged since it was brought up to date.
        """
        found = self._parts.get(str(number))
        if found is None:
            raise LostError
        return found

    def file_of_year(self, year: str) -> bytes:
        """Return the file of a year: what is said of its posts, the newest first.

        Raises:
            LostError: What is kept was damaged since it was brought up to date.
        """
        return self._rows.file(year)

    def exchanged(self, pairs: Iterable[Pair], mark: str) -> Indexed:
        """Return the index when of all posts a few are others.

        Args:
            pairs: Where each stood, and what it is now; None for what was not there or is there no longer.
            mark: What `mark_of_state` was when all was as it is kept.

        Raises:
            LostError: What is kept is damaged, or not what it was then.
        """
        before = self._state(self._known)
        if before is None or not mark or before.stamp != mark:
            raise LostError
        return self._worked_out(before, tuple(pairs))

    def indexed(self) -> Indexed:
        """Return the index as it is kept.

        Raises:
            LostError: It is not, or is damaged.
        """
        state = self._state(self._known)
        if state is None:
            raise LostError
        return state.indexed

    def mark_of_state(self) -> str:
        """Return what differs whenever something else is kept; "" for nothing."""
        try:
            state = self._state(self._shelf)
        except LostError:
            return ""
        return state.stamp if state else ""

    def _updated(self, posts: list[Findable]) -> Indexed | None:
        before = self._state(self._known)
        if before is None:
            return None
        left = {entry.name: entry for entry in self._order(before.pieces).all()}
        pairs: list[Pair] = []
        for post in posts:
            old = left.pop(post.place.name, None)
            if old != post.entry:
                pairs.append((old and old.whole_place, post))
        pairs += ((old.whole_place, None) for old in left.values())
        return self._worked_out(before, tuple(pairs)) if pairs else before.indexed

    def _anew(self, posts: list[Findable]) -> Indexed:
        """Work everything out; the words of one post at a time, since all of them would take much memory.

        Args:
            posts: They are taken out, for the same reason.
        """
        self._open(None)
        found = nothing_found()
        rows: _Changes = defaultdict(dict)
        entries: list[Entry] = []
        posts.sort(key=lambda post: post.place.born, reverse=True)
        while posts:
            post, number = posts.pop(), len(entries)
            said, place = post.say(), post.place
            entries.append(post.entry)
            rows[place.year][place.name] = Row(place.date, place.name, said.row, number)
            if self._files and (worths := worths_of(said)):
                self._words.set(place.name, worths)
                add_to(found, number, worths)
        order = self._order()
        order.fill(entries)
        words = self._dealt_out(found, ends_of(order, groups_of(self._files)))
        indexed = self._keep(order, self._with_rows({}, rows), words, "")
        self._words = self._table_of_words(None)  # nobody asks for them again
        return indexed

    def _worked_out(self, before: State, pairs: tuple[Pair, ...]) -> Indexed:
        order = self._order(before.pieces)
        lowest, first = lowest_moved(order, pairs), max(0, order.total - _MOST_LATE)
        reach, tail, ends_before = (
            order.total - lowest,
            order.tail(first),
            ends_of(order, groups_of(self._files)),
        )
        were = {old.name: order.number(old.born) for old, _ in pairs if old}
        renumber(order, pairs)
        ends = ends_of(order, groups_of(self._files))
        late = min(lowest, *(end + 1 for end in (*ends_before, *ends)))
        if reach > _MOST_MOVED or late < first or len(pairs) > _MOST_CHANGED:
            entries = list(order.all())
            numbers = {entry.name: number for number, entry in enumerate(entries)}
            rows = self._changed_rows(pairs, entries, numbers, None)
            words = self._put_together(numbers, ends)
        else:
            entries = order.tail(late)
            known = {entry.name: number for number, entry in enumerate(tail[late - first :], late)}
            numbers = {entry.name: number for number, entry in enumerate(entries, late)}
            numbers |= {new.place.name: order.number(new.place.born) for _, new in pairs if new}
            moved = [each for each in entries if known.get(each.name) != numbers[each.name]]
            deltas: _Deltas = {}
            rows = self._changed_rows(pairs, moved, numbers, deltas)
            old, now = Numbered({**known, **were}, ends_before), Numbered(numbers, ends)
            words = self._spliced(
                before.words, moves_between(old, now, self._known_words, deltas, self._files)
            )
        return self._keep(order, self._with_rows(before.years, rows), words, before.stamp)

    def _changed_rows(
        self,
        pairs: Iterable[Pair],
        moved: Iterable[Entry],
        numbers: Mapping[str, int],
        deltas: _Deltas | None,
    ) -> _Changes:
        """Keep the words of posts that changed; return what becomes of rows.

        Args:
            pairs: Those posts.
            moved: Posts that may have other numbers.
            numbers: By their names.
            deltas: Gets the words of the posts that changed, as they were and as they are.
        """
        rows: _Changes = defaultdict(dict)
        for entry in moved:
            rows[entry.year][entry.name] = numbers[entry.name]
        for old, new in pairs:
            said = new.say() if new else None
            if old:
                rows[old.year][old.name] = None
            if new and said:
                place = new.place
                row = Row(place.date, place.name, said.row, numbers[place.name])
                rows[place.year][place.name] = row
            name = new.place.name if new else old.name if old else ""
            after = worths_of(said) if said and self._files else {}
            known = self._known_words(name) if old and self._files else {}
            if after != known:
                self._words.set(name, after or None)
            if deltas is not None:
                deltas[name] = known, after
        return rows

    def _known_words(self, name: str) -> Mapping[str, int]:
        return self._words.get(name) or {}

    def _with_rows(self, years: Mapping[str, str], rows: _Changes) -> Mapping[str, str]:
        """Change rows; return the digests of the files of all years."""
        digests = {**years, **{year: self._rows.exchange(year, rows[year]) for year in rows}}
        return {year: digests[year] for year in sorted(digests) if digests[year]}

    def _spliced(self, digests: tuple[str, ...], moves: Moves) -> tuple[str, ...]:
        """Change files; return the digests of all."""
        after = list(digests)
        for number, words in moves.items():
            raw = spliced(self.file(number), words)
            self._parts.set(str(number), raw)
            after[number] = digest_of(raw)
        return tuple(after)

    def _put_together(self, names: Iterable[str], ends: tuple[int, ...]) -> tuple[str, ...]:
        found = nothing_found()
        for number, name in enumerate(names if self._files else ()):
            add_to(found, number, self._known_words(name))
        return self._dealt_out(found, ends)

    def _dealt_out(self, found: Found, ends: tuple[int, ...]) -> tuple[str, ...]:
        """Put words into the files, and let go of them; return the digests of the files."""
        words: tuple[list[str], ...] = tuple([] for _ in range(self._files))
        newest = nothing_found()
        for word in tuple(found):
            number = file_of(word, self._files)
            if late := split_off(found, word, ends[number % len(ends)] + 1):
                newest[word] = late
            if word in found:
                words[number].append(word)
        digests: list[str] = []
        for number in range(count_of(self._files)):
            is_newest = number == self._files
            raw = (
                file_of_words(newest, newest) if is_newest else file_of_words(found, words[number])
            )
            self._parts.set(str(number), raw)
            digests.append(digest_of(raw))
        return tuple(digests)

    def _state(self, shelf: Shelf | None) -> State | None:
        raw = shelf.get(f"{self._place}/{_STATE}") if shelf else None
        state = state_from_bytes(raw) if raw else None
        if state is None or not state.pieces or len(state.words) != count_of(self._files):
            return None
        return state

    def _keep(
        self, order: Order, years: Mapping[str, str], words: tuple[str, ...], before: str
    ) -> Indexed:
        """Keep what changed; `before` is the stamp of what was kept."""
        indexed = Indexed(years=years, words=words)
        if self._shelf is None:
            return indexed
        kept: dict[str, bytes | None] = {}
        for table in (self._words, self._parts, self._rows.table):
            kept.update(table.changes())
        posts = dict(order.table.changes())
        state = state_as_bytes(indexed, order.pieces, posts, before)
        kept |= {**posts, f"{self._place}/{_STATE}": state}
        self._shelf.put(kept, anew=self._known is None)
        return indexed


def _as_json(words: Mapping[str, int]) -> bytes:
    said = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return said.encode("utf-8", "surrogatepass")


def _worths(raw: bytes) -> Mapping[str, int]:
    said = json.loads(raw)
    return {str(word): int(worth) for word, worth in said.items()}

"""The files of the search of one language, worked out again only where something changed. Knows posts by name.

Posts are numbered from the oldest, so that a new one takes the next number and the others keep theirs. What the files
say is then changed in place: the words of a post that changed are taken out of the files that have them, and put in
again. Where numbers move (a post was taken down, or is older than others), every file is put together anew from the
words of each post, which are kept, too.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from blognet.engine import digest_of
from blognet.kernel.shelves import LostError, Table
from blognet.render.search_words import file_of, worths_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from blognet.kernel.shelves import Shelf
    from blognet.render.search_words import Said

_STATE, _ROWS = "state", "rows"
_File = dict[str, list[int]]
_Pieces = dict[str, bytearray]
"""For each word, what stands behind it in a file, with a comma before each number: numbers themselves take four times
the memory, and have to be written one by one in the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """A post that can be found.

    Attributes:
        name: Of its subject.
        key: A text that differs whenever what is said of it does.
        say: Gives what is said of it: its line in ``posts.json``, and what its words are.
    """

    name: str
    key: str
    say: Callable[[], Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """The index of one language.

    Attributes:
        rows: What is said of each post, as JSON, the oldest first.
        digests: Of the files of words, by their numbers.
    """

    rows: tuple[str, ...]
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _State:
    keys: Mapping[str, str]
    digests: tuple[str, ...]


class SearchIndex:
    """The index of one language, as it was and as it is."""

    def __init__(self, shelf: Shelf | None, place: str, files: int) -> None:
        """Keep where the tables are.

        Args:
            shelf: None for nowhere.
            place: The first part of the keys; one for each language.
            files: How many files of words there are; none when somebody else looks for words.
        """
        self._shelf = shelf
        self._place = f"search.{place}"
        self._files = files
        self._open(shelf)

    def _open(self, shelf: Shelf | None) -> None:
        self._words = self._table_of_words(shelf)
        self._parts = Table(shelf, f"{self._place}/file", read=bytes, write=bytes, hot=False)
        self._known = shelf

    def _table_of_words(self, shelf: Shelf | None) -> Table[Mapping[str, int]]:
        return Table(shelf, f"{self._place}/words", read=_worths, write=_as_json, hot=False)

    def bring_up_to_date(self, posts: tuple[Findable, ...]) -> Indexed:
        """Return the index of posts, the oldest first; what changed is kept."""
        try:
            return self._updated(posts)
        except LostError:
            self._open(None)
            return self._updated(posts)

    def file(self, number: int) -> bytes:
        """Return a file of words.

        Raises:
            LostError: What is kept was damaged since it was brought up to date.
        """
        found = self._parts.get(str(number))
        if found is None:
            raise LostError
        return found

    def _updated(self, posts: tuple[Findable, ...]) -> Indexed:
        before = self._state()
        keys = {post.name: post.key for post in posts}
        if before is not None and tuple(before.keys.items()) == tuple(keys.items()):
            return Indexed(rows=self._rows(before), digests=before.digests)
        if before is None or not before.keys:
            return self._anew(posts, keys)
        changed = tuple(post for post in posts if before.keys.get(post.name) != post.key)
        return self._worked_out(before, keys, changed)

    def exchanged(
        self, posts: Iterable[Findable], mark: str, names: Iterable[str] | None = None
    ) -> Indexed:
        """Return the index when of all posts that were there some are to be found by other words.

        Args:
            posts: Those, and new ones.
            mark: What `mark_of_state` was when all was as it is kept.
            names: All that there are now, the oldest first; None when they are those that were there.

        Raises:
            LostError: What is kept is damaged, or not what it was then.
        """
        before = self._state()
        if before is None or not before.keys or not mark or self.mark_of_state() != mark:
            raise LostError
        changed = tuple(post for post in posts if before.keys.get(post.name) != post.key)
        known = {**before.keys, **{post.name: post.key for post in changed}}
        try:
            keys = {name: known[name] for name in (before.keys if names is None else names)}
        except KeyError:
            raise LostError from None
        if any(post.name not in keys for post in changed):
            raise LostError
        if tuple(keys.items()) == tuple(before.keys.items()):
            return Indexed(rows=self._rows(before), digests=before.digests)
        return self._worked_out(before, keys, changed)

    def mark_of_state(self) -> str:
        """Return a digest of what is kept of all posts; "" for nothing."""
        try:
            raw = self._shelf.get(f"{self._place}/{_STATE}") if self._shelf else None
        except LostError:
            return ""
        return blake2b(raw, digest_size=16).hexdigest() if raw else ""

    def _worked_out(
        self, before: _State, keys: Mapping[str, str], changed: tuple[Findable, ...]
    ) -> Indexed:
        rows_of = dict(zip(before.keys, self._rows(before), strict=True))
        deltas: dict[str, tuple[Mapping[str, int], Mapping[str, int]]] = {}
        for post in changed:
            said = post.say()
            rows_of[post.name] = said.row
            new = worths_of(said) if self._files else {}
            old = self._words.get(post.name) or {}
            deltas[post.name] = (old, new)
            if old != new:
                self._words.set(post.name, new)
        for name in before.keys.keys() - keys.keys():
            deltas[name] = (self._words.get(name) or {}, {})
            self._words.set(name, None)
        rows = [rows_of[name] for name in keys]
        digests = self._filed(before, tuple(keys), deltas)
        self._keep(_State(keys, digests), rows)
        return Indexed(rows=tuple(rows), digests=digests)

    def _anew(self, posts: tuple[Findable, ...], keys: Mapping[str, str]) -> Indexed:
        """Work everything out; the words of one post at a time, since all of them would take much memory."""
        self._open(None)
        rows: list[str] = []
        found: _Pieces = defaultdict(bytearray)
        for place, post in enumerate(posts):
            said = post.say()
            rows.append(said.row)
            if self._files and (worths := worths_of(said)):
                self._words.set(post.name, worths)
                _add(found, place, worths)
        digests = self._dealt_out(found)
        self._keep(_State(keys, digests), rows)
        self._words = self._table_of_words(None)  # nobody asks for them again
        return Indexed(rows=tuple(rows), digests=digests)

    def _filed(
        self,
        before: _State,
        names: tuple[str, ...],
        deltas: Mapping[str, tuple[Mapping[str, int], Mapping[str, int]]],
    ) -> tuple[str, ...]:
        """Change the files; return their digests."""
        places = {name: place for place, name in enumerate(names)}
        old_places = {name: place for place, name in enumerate(before.keys)}
        stays = all(places.get(name, place) == place for name, place in old_places.items())
        if not stays:
            return self._put_together(names)
        changes: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        # What is gone goes first: its number may be somebody else's by now.
        for name in sorted(deltas, key=lambda name: (name in places, name)):
            old, new = deltas[name]
            place = places[name] if name in places else old_places[name]
            for word in old.keys() | new.keys():
                if old.get(word) != new.get(word):
                    number = file_of(word, self._files)
                    changes[number].append((word, place, new.get(word, 0)))
        digests = list(before.digests)
        for number, some in changes.items():
            found = self._parts.get(str(number))
            if found is None:
                raise LostError
            after = _exchanged(found, some) or file_bytes(_changed(_file(found), some))
            self._parts.set(str(number), after)
            digests[number] = digest_of(after)
        return tuple(digests)

    def _put_together(self, names: Iterable[str]) -> tuple[str, ...]:
        found: _Pieces = defaultdict(bytearray)
        for place, name in enumerate(names):
            _add(found, place, self._words.get(name) or {})
        return self._dealt_out(found)

    def _dealt_out(self, found: _Pieces) -> tuple[str, ...]:
        """Put words into the files, and let go of them; return the digests of the files."""
        words: tuple[list[str], ...] = tuple([] for _ in range(self._files))
        for word in found:
            words[file_of(word, self._files)].append(word)
        digests: list[str] = []
        for number, some in enumerate(words):
            raw = _joined(found, some)
            self._parts.set(str(number), raw)
            digests.append(digest_of(raw))
        return tuple(digests)

    def _state(self) -> _State | None:
        raw = self._known.get(f"{self._place}/{_STATE}") if self._known else None
        if raw is None:
            return None
        try:
            keys, digests = json.loads(raw)
            state = _State(dict(keys), tuple(digests))
        except (ValueError, TypeError) as error:
            raise LostError from error
        return state if len(state.digests) == self._files else None

    def _rows(self, state: _State) -> tuple[str, ...]:
        raw = self._known.get(f"{self._place}/{_ROWS}") if self._known and state.keys else None
        rows = () if raw is None else tuple(raw.decode("utf-8", "surrogatepass").split("\n"))
        if len(rows) != len(state.keys):
            raise LostError
        return rows

    def _keep(self, state: _State, rows: list[str]) -> None:
        if self._shelf is None:
            return
        kept: dict[str, bytes | None] = {}
        kept.update(self._words.changes())
        kept.update(self._parts.changes())
        said = json.dumps([state.keys, state.digests], ensure_ascii=False)
        kept[f"{self._place}/{_STATE}"] = said.encode("utf-8", "surrogatepass")
        kept[f"{self._place}/{_ROWS}"] = "\n".join(rows).encode("utf-8", "surrogatepass")
        self._shelf.put(kept, anew=self._known is None)


def file_bytes(found: Mapping[str, list[int]]) -> bytes:
    """Return a file of words: for each word, numbers of posts and how much the word counts there, in turn."""
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def _add(found: _Pieces, place: int, worths: Mapping[str, int]) -> None:
    """Add the words of a post to those of posts with lower numbers."""
    pieces = {worth: f",{place},{worth}".encode() for worth in set(worths.values())}
    for word, worth in worths.items():
        found[word] += pieces[worth]


def _joined(found: _Pieces, words: Iterable[str]) -> bytes:
    """Take words out of those that were found; return their file, as `file_bytes` would write it."""
    # A word is letters and digits alone, which stand in JSON as they are.
    rows = (b'"%s":[%s]' % (word.encode(), found.pop(word)[1:]) for word in sorted(words))
    return b"{%s}\n" % b",".join(rows)


def _file(raw: bytes) -> _File:
    try:
        said = json.loads(raw)
        return {str(word): list(pairs) for word, pairs in said.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise LostError from error


def _exchanged(raw: bytes, changes: Iterable[tuple[str, int, int]]) -> bytes | None:
    """Return a file with other worths for words that it has and keeps, without reading the rest; None when it has to.

    Nothing in a file but its words is a text, so a word with what stands around it is found in one place.
    """
    for word, place, worth in changes:
        name = json.dumps(word, ensure_ascii=False).encode("utf-8")
        start = raw.find(b"," + name + b":[")
        start = start + 1 if start >= 0 else (1 if raw.startswith(b"{" + name + b":[") else 0)
        if not start:
            return None
        start += len(name) + 2
        end = raw.index(b"]", start)
        pairs = list(map(int, raw[start:end].split(b",")))
        merged = {**dict(zip(pairs[::2], pairs[1::2], strict=True)), place: worth}
        flat = [each for each in sorted(merged) if merged[each]]
        if not flat:
            return None
        said = ",".join(f"{each},{merged[each]}" for each in flat)
        raw = raw[:start] + said.encode("ascii") + raw[end:]
    return raw


def _changed(found: _File, changes: Iterable[tuple[str, int, int]]) -> _File:
    """Return a file in which words have other worths for posts, by their numbers; 0 takes a post away."""
    after = dict(found)
    by_word: dict[str, dict[int, int]] = defaultdict(dict)
    for word, place, worth in changes:
        by_word[word][place] = worth
    for word, worths in by_word.items():
        pairs = after.get(word, [])
        merged = {**dict(zip(pairs[::2], pairs[1::2], strict=True)), **worths}
        flat = [
            each for place in sorted(merged) if merged[place] for each in (place, merged[place])
        ]
        if flat:
            after[word] = flat
        else:
            after.pop(word, None)
    return after


def _as_json(words: Mapping[str, int]) -> bytes:
    said = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return said.encode("utf-8", "surrogatepass")


def _worths(raw: bytes) -> Mapping[str, int]:
    said = json.loads(raw)
    return {str(word): int(worth) for word, worth in said.items()}

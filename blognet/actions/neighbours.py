"""What a check may look up of other subjects, without reading all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from blognet.actions.entries import outlines_in, subject_of
from blognet.kernel.ids import Subject
from blognet.moderation.checks.facts import Neighbour, title_key, with_slash
from blognet.moderation.urls import address_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import SitePath


class Neighbours(Mapping[Subject, Neighbour]):
    """Every subject as links and titles see it, made when a check asks for it."""

    def __init__(self, network: Network) -> None:
        """Keep where to look."""
        self._network = network

    def __getitem__(self, subject: Subject) -> Neighbour:
        """Return a subject as links and titles see it."""
        entry = self._network.entries[subject]
        glance = entry.glance
        state = glance.lights.published
        return Neighbour(
            url=self._address(entry),
            title=glance.title,
            is_live=state == "live",
            state="waiting" if state == "none" else state,
            aliases=glance.aliases,
            files=frozenset(glance.assets),
        )

    def __iter__(self) -> Iterator[Subject]:
        """Go through the subjects."""
        return iter(self._network.entries)

    def __len__(self) -> int:
        """Count the subjects."""
        return len(self._network.entries)

    @cached_property
    def by_url(self) -> Mapping[str, Subject]:
        """Subjects by address, aliases included; an address of its own goes before an old one of another's."""
        return _Subjects(self._urls)

    @cached_property
    def by_title(self) -> Mapping[str, tuple[Subject, ...]]:
        """Posts and pages by what their titles have in common."""
        return _Groups(self._titles)

    @cached_property
    def _found(self) -> Sequence[tuple[str, str, str, Sequence[str]]]:
        """Every subject as a text with its address, title and aliases: both kinds of look-up go through all."""
        return [
            (key, self._address_of(key) if bound is None else bound, title, aliases)
            for key, (bound, title, aliases, _) in outlines_in(self._network.entries)
        ]

    def _urls(self) -> Mapping[str, str]:
        old: dict[str, str] = {}
        own: dict[str, str] = {}
        for key, url, _, aliases in self._found:
            for alias in aliases:
                old.setdefault(with_slash(alias), key)
            if url:
                own[with_slash(url)] = key
        return {**old, **own}

    def _titles(self) -> Mapping[str, tuple[str, ...]]:
        titles: dict[str, tuple[str, ...]] = {}
        for key, url, title, _ in self._found:
            if title and url:
                named = title_key(title)
                titles[named] = (*titles[named], key) if named in titles else (key,)
        return titles

    def _address_of(self, key: str) -> SitePath:
        return self._address(self._network.entries[subject_of(key)])

    def _address(self, entry: Entry) -> SitePath:
        bound = entry.glance.lights.url
        if bound is not None:
            return bound
        config = self._network.config
        return address_of(
            entry.subject,
            date=entry.glance.date or self._network.now,
            permalink=config.permalink,
            zone=config.zone,
        )


class _Subjects(Mapping[str, Subject]):
    """Subjects by a text, from texts that are found when somebody asks: most posts link to no other."""

    def __init__(self, find: Callable[[], Mapping[str, str]]) -> None:
        self._find = find

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return self._find()

    def __getitem__(self, text: str) -> Subject:
        return subject_of(self._keys[text])

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class _Groups(Mapping[str, tuple[Subject, ...]]):
    """Groups of subjects by a text, from texts that are found when somebody asks."""

    def __init__(self, find: Callable[[], Mapping[str, tuple[str, ...]]]) -> None:
        self._find = find

    @cached_property
    def _keys(self) -> Mapping[str, tuple[str, ...]]:
        return self._find()

    def __getitem__(self, text: str) -> tuple[Subject, ...]:
        return tuple(map(subject_of, self._keys[text]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

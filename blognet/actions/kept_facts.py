"""What is true now of a site of which a few texts alone are others than in the last build; read as far as asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from blognet.actions.kept_bytes import ORDER, digest_of_order
from blognet.actions.kept_site import COLUMNS, LISTED, PICKED
from blognet.engine import ABSENT, digest_of
from blognet.kernel.ids import subject_of
from blognet.render.facts import PAGE, Facts, unit_of_listing
from blognet.render.search import SEARCH
from blognet.render.watched import CONTENTS
from blognet.site import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from blognet.actions.kept_scene import KeptUnits
    from blognet.disk.memory import Recall
    from blognet.kernel.ids import SitePath, Subject
    from blognet.site import LiveAuthor, LivePost

ValueT = TypeVar("ValueT")


@dataclass(frozen=True, kw_only=True)
class KeptFacts(Facts):
    """The facts, each worked out from what is kept when somebody asks for it.

    Attributes:
        kept: What is kept.
        recalled: What the last build remembers.
        searched: Digests of files of the search that may be others now, by their addresses.
    """

    kept: KeptUnits
    recalled: Recall
    searched: Mapping[str, str] = field(default_factory=dict)

    def changed_units(self) -> Mapping[str, str]:
        """Return the digests of the units that are new or differ from those of the last build."""
        now = {
            **{
                f"{CONTENTS} {subject}": self._unit_of(one)
                for subject, one in self.kept.posts.items()
            },
            **self._others_above,
            **{f"{PAGE} {key}": digest_of(page) for key, page in self.kept.pages.items()},
            **{f"{SEARCH} {path}": digest_of(said) for path, said in self.searched.items()},
        }
        return {
            name: digest
            for name, digest in now.items()
            if self.recalled.unit_digest(name) != digest
        }

    @cached_property
    def _others_above(self) -> Mapping[str, str]:
        """Digests of the other units that are others: lists, what posts belong to, cards, orders."""
        found: dict[str, str] = {}
        for name, value in self.kept.above.items():
            kind = name.partition(" ")[0]
            if kind in {COLUMNS, LISTED, PICKED}:
                continue  # no unit; kept beside them
            match value:
                case Listing():
                    found[name] = unit_of_listing(value)
                case str() | tuple() if kind == ORDER:
                    found[name] = digest_of_order(value)
                case _:
                    found[name] = digest_of(value)
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, LivePost]:
        return _ByName(self.catalogue.contents)

    @cached_property
    def _profiles_by_name(self) -> Mapping[str, LiveAuthor]:
        return _ByName(self.catalogue.profiles)

    @cached_property
    def _lists_by_name(self) -> Mapping[str, Listing]:
        return _Named(self.kept.listing, self.catalogue.listings)

    @cached_property
    def _plain(self) -> Mapping[str, Mapping[str, str]]:
        kinds = ("authors", "profiles", "terms", "translations", "plain", *self.looked_up)
        return {kind: self._digests(kind, {}) for kind in kinds} | {
            SEARCH: self._digests(
                SEARCH, {path: digest_of(said) for path, said in self.searched.items()}
            )
        }

    @cached_property
    def _paths(self) -> AbstractSet[SitePath]:  # type: ignore[override]  # asked for single addresses alone
        return self.ground.paths

    @cached_property
    def _pages(self) -> Mapping[str, str]:
        return self._digests(PAGE, {key: digest_of(page) for key, page in self.kept.pages.items()})

    def _digests(self, kind: str, now: Mapping[str, str]) -> Mapping[str, str]:
        def digest(name: str) -> str:
            unit = f"{kind} {name}"
            above = now.get(name) or self._others_above.get(unit)
            found = above or self.recalled.unit_digest(unit)
            if found == ABSENT or unit in self.kept.gone:
                raise KeyError(name)
            return found

        return _Named(digest, self.kept.looked_up(kind))


class _Named(Mapping[str, ValueT]):
    """Values by what their keys are as texts."""

    def __init__(self, get: Callable[[str], ValueT], keys: Iterable[object]) -> None:
        self._get = get
        self._all = keys

    def __getitem__(self, name: str) -> ValueT:
        return self._get(name)

    def __iter__(self) -> Iterator[str]:
        return map(str, self._all)

    def __len__(self) -> int:
        return sum(1 for _ in self._all)


class _ByName(Mapping[str, ValueT]):
    """Values by the texts of their subjects."""

    def __init__(self, real: Mapping[Subject, ValueT]) -> None:
        self._real = real

    def __getitem__(self, name: str) -> ValueT:
        try:
            return self._real[subject_of(name)]
        except ValueError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return map(str, self._real)

    def __len__(self) -> int:
        return len(self._real)

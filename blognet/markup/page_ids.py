"""The ids of one text: unique, apart from the theme's, namespaced. Answers: which id, and what ``#x`` means."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

from blognet.kernel.text import slugify

NOTE = "fn-"
NOTE_REFERENCE = "fnref-"
_RESERVED_STARTS = ("site-", NOTE, NOTE_REFERENCE)


@dataclass(slots=True)
class PageIds:
    """Gives out ids.

    Attributes:
        prefix: Put before every id.
        reserved: Ids that the theme uses; a heading of that name gets ``s-`` before it.
    """

    prefix: str
    reserved: frozenset[str]
    _used: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)
    _meant: dict[str, str] = field(default_factory=dict)

    def claim(self, wish: str) -> str:
        """Return a fresh id for something the author called so: a heading's text or an id in raw HTML."""
        slug = slugify(wish)
        base = str(slug) or "section"
        if base in self.reserved or base.startswith(_RESERVED_STARTS):
            base = f"s-{base}"
        number = self._counts.get(base, 0) + 1
        while (candidate := base if number == 1 else f"{base}-{number}") in self._used:
            number += 1
        self._counts[base] = number
        self._used.add(candidate)
        final = self.prefix + candidate
        for name in (wish, slug, candidate):
            self._meant.setdefault(name, final)
        return final

    def note(self, number: int) -> str:
        """Return the id of a footnote."""
        return self._own(f"{NOTE}{number}")

    def reference(self, number: int, again: int = 0) -> str:
        """Return the id of the place that refers to a footnote, `again` counting from 0."""
        return self._own(f"{NOTE_REFERENCE}{number}" + (f"-{again + 1}" if again else ""))

    def find(self, fragment: str) -> str | None:
        """Return the id that an author's ``#fragment`` means, None when there is none."""
        return self._meant.get(fragment) or self._meant.get(unquote(fragment))

    def _own(self, name: str) -> str:
        self._meant[name] = self.prefix + name
        return self.prefix + name

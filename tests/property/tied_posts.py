"""A network of posts that share moments, and whose names, tags and titles are nearly the same, changed by chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.invariants.network_folder import post
from tests.property.many_posts import Life

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENTS = (
    "2024-05-05T10:00:00Z",
    "2024-05-05T10:00:00Z",
    "2024-05-05T10:00:01Z",
    "2024-05-05T10:00:59Z",
    "2024-05-05T12:00:00+02:00",
    "2024-05-05",
    "2023-12-31T23:59:59Z",
    "2024-01-01T00:00:00Z",
    "2023-12-31T16:00:00Z",
    "2022-12-30T10:00:00Z",
    "2070-01-02T12:00:00Z",
    "2070-01-02T12:00:01Z",
)
"""Several say the same moment, and of some the time zone says the year."""
ZONES = ("UTC", "Asia/Tokyo", "America/Anchorage")
NAMES = tuple("a a-b ab b a2 a-b-c b-a z zz a10 page tags c d e f".split())
TAGS = tuple("Bell Bells bells BELLS Bells-a Bells/a Be ßells ssells Ünï ünï page 2".split())
TOPICS = ("locks", "Locks", "lock", "doors", "page")
SERIES = ("Part", "part", "Parts")
NETWORKS = tuple(
    f"social_cards: {{draw: false}}\nposts_per_page: {size}\n{more}"
    for size, more in (  # so few that each step moves posts from page to page
        (1, ""),
        (2, "feeds: {author_topics: true, items: 3}\n"),
        (3, ""),
        (4, "related: 2\n"),
        (
            2,
            "topics: [{id: locks, title: All locks, pinned: [a, z]}, {id: doors, experts: [ada]}]\n",
        ),
        (2, "permalink: /:slug/\n"),
    )
)


@dataclass(slots=True, kw_only=True)
class Tied(Life):
    """A life in which nearly all posts are of the same moments."""

    def begin(self) -> None:
        """Write the first posts."""
        self.done.append((self.network.root / "blognet.yml").read_text("utf-8"))
        for name in self.chance.sample(NAMES, 9):
            self._put(name)
        for name in self.chance.sample(NAMES, self.chance.choice((0, 3))):
            self._put(f"{name}.de")

    def step(self) -> None:
        """Do one thing or several."""
        acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (4, self._new),
            (10, self._other),
            (2, self._swapped),
            (3, self._retract),
            (1, self._restore),
            (2, self._feature),
            (1, self._correct),
            (1, self._pass_time),
            (1, self._page),
            (1, self._profile),
        )
        for _ in range(self.chance.choice((1, 1, 1, 2, 3, 5))):
            ((_, act),) = self.chance.choices(acts, [weight for weight, _ in acts])
            self.done.append(act())
        self.done.append("")

    def _new(self) -> str:
        language = self.chance.choice(("", "", "", ".de"))
        unused = [name for name in NAMES if f"{name}{language}" not in self.posts]
        if not unused:
            return self._put(f"n{len(self.posts)}{language}")
        return self._put(f"{self.chance.choice(unused)}{language}")

    def _put(self, name: str) -> str:
        self.posts[name] = self._some_post(name)
        return self._write(name)

    def _some_post(self, name: str) -> dict[str, str]:
        said = {
            "title": self.chance.choice(("Same", "same", f"Title {name}")),
            "date": self.chance.choice(MOMENTS),
            "author": self.chance.choice(("ada", "bob", "ada, bob")),
            "tags": self._some_of(TAGS),
            "topics": self._some_of(TOPICS),
            "body": self.chance.choice(
                ("Some words of bells.", "Wheels, and [a link](a.md).", "Locks.")
            ),
        }
        if self.chance.random() < 1 / 4:
            said |= self._series()
        return said

    def _series(self) -> dict[str, str]:
        order = self.chance.choice(("", "1", "1", "2"))
        return {"series": self.chance.choice(SERIES)} | ({"series_order": order} if order else {})

    def _some_of(self, words: tuple[str, ...]) -> str:
        return f"[{', '.join(self.chance.sample(words, self.chance.choice((0, 1, 1, 2))))}]"

    def _other(self) -> str:
        name = self.chance.choice(list(self.posts))
        self.posts[name] = {
            **self.posts[name],
            **self.chance.choice(
                (
                    {"date": self.chance.choice(MOMENTS)},
                    {"date": self.chance.choice(MOMENTS)},
                    {"tags": self._some_of(TAGS)},
                    {"topics": self._some_of(TOPICS)},
                    self._series(),
                    {"series": ""},
                    {"unlisted": self.chance.choice(("true", "false"))},
                    {"author": self.chance.choice(("ada", "bob"))},
                    {"updated": self.chance.choice(("2024-12-01", "2024-12-01", "2024-12-02"))},
                    {"expires": f"{self.now + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"},
                    {"title": self.chance.choice(("Same", "same", "Other"))},
                    {"body": f"Words {self.chance.randrange(3)}."},
                )
            ),
        }
        return self._write(name)

    def _swapped(self) -> str:
        """Give two posts the moments of each other."""
        one, other = self.chance.sample(list(self.posts), 2)
        dates = self.posts[one]["date"], self.posts[other]["date"]
        self.posts[other]["date"], self.posts[one]["date"] = dates
        return f"{self._write(one)} and {self._write(other)}"

    def _profile(self) -> str:
        author = self.chance.choice(("ada", "bob"))
        team = self.chance.choice(("", "team: Bells\n", "team: bells\n"))
        self.network.write(f"authors/{author}.md", f"---\nname: The same\n{team}---\n")
        said = self.network.mayor("approve", "--yes", f"profile/{author}")
        return f"{author} {team!r}: {said.code}"

    def _write(self, name: str) -> str:
        keys = {key: said for key, said in self.posts[name].items() if said}
        title, body, author = (keys.pop(each) for each in ("title", "body", "author"))
        self.network.write(f"posts/{name}.md", post(title, body=body, author=author, **keys))
        said = self.network.mayor("approve", "--yes", "--takeover", name)
        return f"{name}: {said.code} {self.posts[name]}"

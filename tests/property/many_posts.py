"""A network of many posts by two authors, and what people do to it by chance, but the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.invariants.network_folder import NetworkFolder, post
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

FIRST = datetime(2070, 1, 1, 12, tzinfo=UTC)
TAGS = ("Bells", "bells", "BELLS", "Wheels", "Locks")
BODIES = (
    "Some words of bells.",
    "Wheels, and [a link](p1.md), and [another](p9.md).",
    "See [that](/2024/p12/) and [this](/2024/p3/).",
    "# A heading\n\nMore on locks[^1].\n\n[^1]: A note.",
    "![That](/2024/p15/shot.png) and ![this](../p16/shot.png).",
)
FILES = {
    "small.png": (png(60, 40), png(60, 40, words="other")),
    "shot.png": (png(700, 394), png(700, 394, words="other")),
    "notes.txt": (b"Bells.\n", b"Wheels.\n"),
}
"""Files beside posts by name, each with what may be in it: some posts have the same picture."""
SHOWING = (
    "Some words.",
    "![That](/2024/p12/shot.png) and ![this](../p13/shot.png).",
    "See ![it](p11/small.png), and [notes](/2024/p14/notes.txt).",
)


@dataclass(slots=True, kw_only=True)
class Life:
    """A network of many posts by two authors, and what was done to it."""

    network: NetworkFolder
    chance: Random
    now: datetime = FIRST
    done: list[str] = field(default_factory=list)
    posts: dict[str, dict[str, str]] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    """The posts that have files beside them."""

    def step(self) -> None:
        """Do one thing, by chance."""
        acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (6, self._new),
            (9, self._other),
            (2, lambda: f"{self._new()} and {self._other()}"),
            (3, self._retract),
            (1, self._restore),
            (1, self._correct),
            (2, self._feature),
            (1, self._pass_time),
            (1, self._new_year),
            (1, self._page),
            (3, self._new_with_files),
        )
        ((_, act),) = self.chance.choices(acts, [weight for weight, _ in acts])
        self.done.append(act())

    def _new(self) -> str:
        name = f"p{len(self.posts)}"
        self.posts[name] = self._some_post(name)
        return self._write(name)

    def _some_post(self, name: str) -> dict[str, str]:
        year = self.chance.choice((2023, 2024, 2024))
        return {
            "title": f"Title {name}",
            "date": f"{year}-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 28):02}",
            "author": self.chance.choice(("ada", "bob", "ada, bob")),
            "tags": self._tags(self.chance.randrange(1, 3)),
            "topics": self._topics(),
            "body": self.chance.choice(BODIES),
        }

    def _new_with_files(self) -> str:
        name = f"p{len(self.posts)}"
        some = self.chance.sample(list(FILES), self.chance.randrange(1, 3))
        for each in some:
            self.network.write(f"posts/{name}/{each}", self.chance.choice(FILES[each]))
        self.folders.add(name)
        self.posts[name] = self._some_post(name)
        shown = self.chance.choice(("", *(f"![A file]({each})" for each in FILES)))
        self.posts[name]["body"] = f"{self.chance.choice(SHOWING)}\n\n{shown}\n"
        if self.chance.random() < 1 / 3:
            self.posts[name]["image"] = self.chance.choice(list(FILES))
        return f"{some} {self._write(name)}"

    def _tags(self, many: int) -> str:
        rare = f"Rare {self.chance.randrange(20)}"
        return f"[{', '.join(self.chance.sample((*TAGS, rare, rare.lower()), many))}]"

    def _topics(self) -> str:
        rare = f"[Field {self.chance.randrange(8)}]"
        often = ("[locks]",) if self._has_topics else ("[doors]",)
        return self.chance.choice(("[]", *often, *often, rare))

    def _other(self) -> str:
        name = self.chance.choice(list(self.posts))
        key, said = self.chance.choice(
            (
                ("title", self.chance.choice((f"Another {name}", "A title", "A  title"))),
                ("tags", self._tags(self.chance.randrange(3))),
                ("summary", f"A summary, {len(self.done)}"),
                ("date", f"2024-{self.chance.randrange(1, 13):02}-15"),
                ("updated", f"2024-12-{self.chance.randrange(1, 28):02}"),
                ("author", self.chance.choice(("ada", "bob"))),
                ("tags", self._tags(self.chance.randrange(3))),
                ("topics", self._topics()),
                ("series", self.chance.choice(("A series", "Another", f"Part {name}"))),
                ("unlisted", self.chance.choice(("true", "false"))),
                ("aliases", f"[/old/{name}/]"),
                ("expires", "2071-01-01"),
                ("body", self.chance.choice(BODIES)),
            )
        )
        self.posts[name] = {**self.posts[name], key: said}
        return self._write(name)

    def _write(self, name: str) -> str:
        keys = dict(self.posts[name])
        title, body, author = (keys.pop(each) for each in ("title", "body", "author"))
        text = post(title, body=body, author=author, **keys)
        place = f"posts/{name}/index.md" if name in self.folders else f"posts/{name}.md"
        self.network.write(place, text)
        said = self.network.mayor("approve", "--yes", "--takeover", name)
        return f"{name}: {said.code} {self.posts[name]}"

    def _retract(self) -> str:
        name = self.chance.choice(list(self.posts))
        how = self.chance.choice(((), ("--quiet",), ("--kind", "moved", "--to", "p1")))
        return f"retract {name} {how}: {self.network.mayor('retract', name, '-m', 'Sorry.', *how).code}"

    def _restore(self) -> str:
        name = self.chance.choice(list(self.posts))
        return f"restore {name}: {self.network.mayor('restore', name, '-m', 'Back.').code}"

    def _correct(self) -> str:
        name = self.chance.choice(list(self.posts))
        return f"correct {name}: {self.network.mayor('correct', name, '-m', 'It was ten.').code}"

    def _feature(self) -> str:
        name = self.chance.choice(list(self.posts))
        return f"feature {name}: {self.network.mayor('feature', name).code}"

    def _pass_time(self) -> str:
        self.now += timedelta(days=self.chance.choice((1, 400)))
        return f"now {self.now}"

    def _new_year(self) -> str:
        name = self.chance.choice(list(self.posts))
        self.posts[name]["date"] = f"{self.chance.randrange(2015, 2024)}-05-05"
        return self._write(name)

    def _page(self) -> str:
        body = self.chance.choice(BODIES)
        self.network.write("pages/about.md", post("About", body=body))
        return f"page: {self.network.mayor('approve', '--yes', 'page/about').code} {body!r}"

    @property
    def _has_topics(self) -> bool:
        return "topics" in (self.network.root / "blognet.yml").read_text("utf-8")

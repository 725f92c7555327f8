"""A network in which everything that builds have a short way for happens at once: posts, lists, years, files, theme."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.disk.built_in import built_in_theme
from tests.invariants.network_folder import CONFIG, post
from tests.property.edits import harm_memory
from tests.property.many_posts import BODIES, Life

if TYPE_CHECKING:
    from collections.abc import Callable

THEME = "themes/mixed"
CLOUD = "{% for term in TERMS %} {{ term.name }} {{ term.count }}{% endfor %}"
CARDS = "{% for card in view.posts %} {{ card.title }}{{ card.topics | map(attribute='name') | join }}{% endfor %}"
OWN = {
    "post.html": (
        "{% if view.series %}{{ view.series.term.count }}{% endif %} {{ view.card.title }} {{ view.body }}",
        (
            '{% extends "default/post.html" %}{% block main %}{{ super() }}{{ view.related | length }}'
            "{% for term in view.card.tags %} {{ term.name }} {{ term.count }}{% endfor %}{% endblock %}"
        ),
        "{% for card in view.related + (view.newer, view.older) if card %} {{ card.title }}{% endfor %}",
        "{{ view.hero.url if view.hero }}{% for one in view.translations %}{{ one.url }}{% endfor %}",
    ),
    "list.html": (
        "{{ view.pager.page }}: {{ view.term.count }}" + CARDS,
        "{{ view.pager.page }} of {{ view.pager.pages }}: {{ view.posts | length }}",
        (
            '{% extends "default/list.html" %}{% block main %}{{ super() }}{% include "part.html" ignore missing %}'
            "{% endblock %}"
        ),
        "{% set part = 'part' %}{% include part ~ '.html' ignore missing %}",
        "{{ 12 // (view.term.count - 8) }} {{ view.term.name }}",
        "{% if view.term.count > 3 %}{% for card in view.posts %}{{ card.authors[0].name }}{% endfor %}{% endif %}",
    ),
    "author.html": (
        "{{ view.author.name }}: {{ view.author.count }}" + CARDS,
        '{% extends "default/author.html" %}{% block main %}{{ view.posts | length }}{{ super() }}{% endblock %}',
        "{% for feeds in view.topic_feeds %}{{ feeds.name }} {{ feeds.atom }}{% endfor %}",
    ),
    "archive.html": (
        "{% for year in view.years %} {{ year.year }}: {{ year.count }}{% endfor %}",
        "{% for year in view.years %} {{ year.url }} {{ year.posts | length }}{% endfor %}{{ view.only }}",
        "{% for year in view.years[:1] %}{% for card in year.posts %} {{ card.title }}{% endfor %}{% endfor %}",
    ),
    "terms.html": (
        CLOUD.replace("TERMS", "view.terms"),
        "{{ view.terms | length }}{{ view.terms | map(attribute='count') | sum }}",
        "{% for term in view.terms if term.count > 2 %} {{ term.name }}{% endfor %}",
    ),
    "home.html": (
        CLOUD.replace("TERMS", "view.topics") + CARDS,
        '{% from "_card.html" import rows with context %}{{ rows(view.posts, 2) }}{{ view.posts | length }}',
        "{% for each in view.authors %} {{ each.name }} {{ each.count }}{% endfor %}",
        "{{ view.picks | length }}{% include 'part.html' ignore missing %}",
    ),
    "search.html": (
        "{% set part = 'other.html' %}{% import part as other %}{{ other }}",
        CLOUD.replace("TERMS", "view.tags")
        + "{% for year in view.years %} {{ year.label }}{% endfor %}",
        CLOUD.replace("TERMS", "view.topics") + "{{ view.years | length }}{{ view.index }}",
    ),
    "authors.html": ("{% for each in view.active %} {{ each.name }} {{ each.count }}{% endfor %}",),
    "404.html": (CARDS, "{{ view.posts | length }}"),
    "feeds.html": (
        (
            "{% for name, some in view.groups %} {{ name }} {{ some | length }}{% for each in some %} {{ each.atom }}"
            "{% endfor %}{% endfor %}"
        ),
    ),
    "tombstone.html": (
        "Gone: {{ view.words }}",
        '{% include ["part.html", "other.html"] ignore missing %}',
    ),
    "part.html": (
        "A part of {{ site.title }}",
        '{% include "other.html" ignore missing %}',
        "{% if view.posts is defined and view.posts %}{{ view.posts | length }}{{ view.posts[0].title }}{% endif %}",
    ),
    "other.html": ("Another part", "{% for link in site.navigation %}{{ link.label }}{% endfor %}"),
    "_card.html": ("card", "paper"),
    "base.html": ("lang", "data-own lang"),
    "_pager.html": ("nav", "nav data-own"),
}
"""Templates by name, each with what may be in it; of the last ones the words that stand in place of the first."""
COPIED = ("_card.html", "base.html", "_pager.html")
"""These are the built-in ones with another word."""
WRONG = (
    "{% for card in view.posts %}",
    "{{ view.nothing.at.all() }}",
    "{% include 'missing.html' %}",
)
STATIC = {
    "style.css": (
        "p { color: red }",
        "p { color: tan }",
        "a { color: blue; background: url(extra.png) }",
    ),
    "extra.css": ("b { margin: 0 }", "b { margin: 1px }"),
    "search.js": ("// finds nothing", "// finds everything"),
}
SETTINGS = (
    "posts_per_page: 2\n",
    "posts_per_page: 3\n",
    "related: 0\n",
    "related: 2\n",
    "tags: {aliases: {wheels: bells}}\n",
    "topics: [{id: locks, title: All locks, pinned: [p3], experts: [ada]}]\n",
    "feeds: {author_topics: true, items: 3}\n",
    "social_cards: {draw: false}\n",
    "topics: [{id: doors, introduction: 'See [this](/2024/p12/) and ![that](/2024/p13/shot.png).'}]\n",
    "tagline: A tagline\n",
    "footer: Below\n",
)
BIOS = ("See [this](/2024/p3/).", "![It](/2024/p14/shot.png)", "![It](../posts/p11/small.png)")
ZONES = ("UTC", "Asia/Tokyo", "America/Anchorage")
DAYS = ("03-03", "07-14", "12-31T20:30:00Z", "01-01T03:00:00Z")
"""Of some the time zone says in which year they are."""
WORDS = ("Shelf", "Drawer")


@dataclass(slots=True, kw_only=True)
class Mixed(Life):
    """A life in which a step is several things at once."""

    settings: str = ""
    zone: str = "UTC"
    is_calm: bool = False
    """Whether nothing happens of which is certain that it has no short way."""
    wrong: set[str] = field(default_factory=set)
    """Templates that have an error."""

    def begin(self, settings: str) -> None:
        """Choose how the network is set and which theme it has."""
        self.settings = settings
        self.zone = self.chance.choice(ZONES)
        self.is_calm = self.chance.random() < 1 / 2
        self.network.write(f"{THEME}/theme.yml", "extends: default\n")
        self._write_settings()
        for act in self.chance.choices((self._template, self._profile), (3, 1), k=5):
            self.done.append(act())

    def step(self) -> None:
        """Do one thing or several; an error seldom stays."""
        if self.wrong and self.chance.random() < 3 / 4:
            self.done.append(self._mend())
        for _ in range(self.chance.choice((1, 1, 1, 2, 3, 4))):
            ((_, act),) = self.chance.choices(self._acts, [weight for weight, _ in self._acts])
            self.done.append(act())
        self.done.append("")

    def edit(self) -> str:
        """Change a file that nobody has to approve."""
        some = (self._template, self._static, self._template, self._static, self._word, self._wait)
        return self.chance.choice((*some, self._setting))()

    @property
    def _acts(self) -> tuple[tuple[int, Callable[[], str]], ...]:
        often = (
            (6, self._new),
            (6, self._other),
            (2, self._retract),
            (3, self._new_year),
            (3, self._new_with_files),
            (1, self._with_sound),
            (3, self._new_in_german),
            (3, self._rare),
            (8, self._template),
            (2, self._mend),
            (1, self._break),
            (3, self._static),
            (1, self._correct),
            (1, self._feature),
            (1, self._pass_time),
            (1, self._wait),
            (1, self._ask),
        )
        seldom = (
            (1, self._retract),
            (1, self._restore),
            (1, self._page),
            (1, self._translation),
            (1, self._word),
            (1, self._setting),
            (1, self._touch),
            (1, self._profile),
            (1, lambda: harm_memory(self.network.root, self.chance)),
        )
        return often if self.is_calm else (*often, *seldom)

    def _write(self, name: str) -> str:
        slug, dot, language = name.partition(".")
        keys = dict(self.posts[name])
        title, body, author = (keys.pop(each) for each in ("title", "body", "author"))
        text = post(title, body=body, author=author, **keys)
        ending = f"{dot}{language}.md"
        place = f"{slug}/index{ending}" if slug in self.folders else f"{slug}{ending}"
        self.network.write(f"posts/{place}", text)
        said = self.network.mayor("approve", "--yes", "--takeover", name)
        return f"{name}: {said.code} {self.posts[name]}"

    def _new_in_german(self) -> str:
        name = f"p{len(self.posts)}.de"
        self.posts[name] = self._some_post(name)
        return self._write(name)

    def _with_sound(self) -> str:
        name = f"p{len(self.posts)}"
        self.network.write(f"posts/{name}/clip.mp3", b"ID3" + b"x" * self.chance.randrange(3))
        self.folders.add(name)
        self.posts[name] = {**self._some_post(name), "media": "clip.mp3"}
        return self._write(name)

    def _translation(self) -> str:
        name = f"{self.chance.choice(list(self.posts)).removesuffix('.de')}.de"
        self.posts.setdefault(name, self._some_post(name))
        return self._write(name)

    def _rare(self) -> str:
        """Write one or two posts that begin lists and a year at once, in the one language, the other or both."""
        year = self.chance.choice((2012, 2013, 2014, 2030, 2069, 2071))
        rare = f"Only {self.chance.randrange(6)}"
        endings = self.chance.choice((("",), (".de",), ("", ".de"), ("", "")))
        return "; ".join(self._new_with(rare, year, ending) for ending in endings)

    def _new_with(self, rare: str, year: int, ending: str) -> str:
        name = f"p{len(self.posts)}{ending}"
        field = f"Field {self.chance.randrange(8)}"
        self.posts[name] = {
            **self._some_post(name),
            "date": f"{year}-{self.chance.choice(DAYS)}",
            "tags": f"[{rare}, Bells]",
            "topics": self.chance.choice(("[]", f"[{rare}]", f"[{field}]")),
            "unlisted": self.chance.choice(("false", "false", "true")),
        }
        if self.chance.random() < 1 / 2:
            self.posts[name]["series"] = rare
        return self._write(name)

    def _template(self) -> str:
        name = self.chance.choice(list(OWN))
        place = self.network.root / THEME / "templates" / name
        self.wrong.discard(name)
        if place.exists() and self.chance.random() < 1 / 4:
            place.unlink()
            return f"no template {name}"
        some = self.chance.choice(OWN[name])
        return self._put(f"templates/{name}", _copied(name, some) if name in COPIED else some)

    def _break(self) -> str:
        name = self.chance.choice([name for name in OWN if name not in COPIED])
        self.wrong.add(name)
        return self._put(f"templates/{name}", self.chance.choice(WRONG))

    def _mend(self) -> str:
        for name in self.wrong:
            (self.network.root / THEME / "templates" / name).unlink(missing_ok=True)
        self.wrong.clear()
        return "mended"

    def _static(self) -> str:
        name = self.chance.choice(list(STATIC))
        place = self.network.root / THEME / "static" / name
        if place.exists() and self.chance.random() < 1 / 5:
            place.unlink()
            return f"no file {name}"
        return self._put(f"static/{name}", self.chance.choice(STATIC[name]))

    def _put(self, path: str, said: str) -> str:
        """Write a file of the theme, now and then as if it had been changed when it last was."""
        place = self.network.root / THEME / path
        stat = place.stat() if place.exists() else None
        self.network.write(f"{THEME}/{path}", said)
        if stat is not None and self.chance.random() < 1 / 4:
            os.utime(place, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return f"{path}: {said[:60]!r}"

    def _word(self) -> str:
        said = self.chance.choice(WORDS)
        head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        return self._put(
            "locales/de.po", f'{head}\nmsgctxt "archive"\nmsgid "Archive"\nmsgstr "{said}"\n'
        )

    def _setting(self) -> str:
        self.settings = self.chance.choice(SETTINGS)
        self._write_settings()
        return self.settings

    def _write_settings(self) -> None:
        config = CONFIG.replace("timezone: UTC", f"timezone: {self.zone}")
        self.network.write("blognet.yml", f"{config}{self.settings}theme: {{name: mixed}}\n")

    def _touch(self) -> str:
        site = self.network.root / "site"
        files = sorted(path for path in site.rglob("[!.]*") if path.is_file())
        if not files:
            return "touched nothing"
        place = self.chance.choice(files)
        if self.chance.random() < 1 / 2:
            place.unlink()
        else:
            place.write_bytes(b"touched")
        return f"touched {place.relative_to(site)}"

    def _wait(self) -> str:
        name = self.chance.choice(list(self.posts)).partition(".")[0]
        place = f"{name}/index.md" if name in self.folders else f"{name}.md"
        self.network.write(f"posts/{place}", post("Waits", body=self.chance.choice(BODIES)))
        return f"{name} waits"

    def _ask(self) -> str:
        return f"queue: {self.network.mayor('queue').code}"

    def _profile(self) -> str:
        author = self.chance.choice(("ada", "bob"))
        called = self.chance.choice(("The good one", "The other one"))
        team = self.chance.choice(("", "team: Night\n", "team: Only 1\n"))
        bio = self.chance.choice(("", "A bio.", *BIOS))
        self.network.write(f"authors/{author}.md", f"---\nname: {called}\n{team}---\n{bio}\n")
        return (
            f"{author} {team!r}: {self.network.mayor('approve', '--yes', f'profile/{author}').code}"
        )


def _copied(name: str, word: str) -> str:
    source = (Path(built_in_theme()) / "templates" / name).read_text("utf-8")
    first = OWN[name][0]
    return (
        source.replace(f'"{first} ', f'"{word} ')
        .replace(f" {first}=", f" {word}=")
        .replace(f"<{first} ", f"<{word} ")
    )

"""Posts and people to measure with, the same ones every time. Answers: what did they write? Knows no files, no network.

Everything follows from a number: post 17 of a corpus is the same text on every machine and in every Python. A post is
about 6 kB of Markdown as engineers write it: headings, lists, code, tables, quotations, links to other posts and to
elsewhere, footnotes, now and then a picture.
"""

from __future__ import annotations

import random
import struct
import zlib
from bisect import bisect
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_DAY = datetime(2015, 1, 5, 8, tzinfo=UTC)
LAST_DAY = datetime(2024, 12, 20, 18, tzinfo=UTC)
TOPICS = ("bridges", "harbours", "locks", "pumps", "rails", "signals", "tides", "weather")
TEAMS = (
    "carpenters", "cranes", "divers", "dredgers", "electricians", "founders",
    "pilots", "riggers", "smiths", "stokers", "surveyors", "wardens",
)  # fmt: skip
EVERY_NTH_HAS_A_PICTURE = 20
_USUAL_LENGTH = (4200, 7600)

_NOUNS = (
    "anchor barge basin beam bearing bell bolt bridge buoy cable canal chain chart crane culvert current dam deck "
    "depth dock drain engine ferry float flood gate gauge gear girder harbour hinge hoist hull joint keel ladder lamp "
    "ledger lever lock mast meter mooring mud pier pile pilot pipe plan plate port pressure pulley pump quay rail "
    "reading river rivet rope rudder rust sail sample sand schedule seal sensor shaft shed signal silt sluice spring "
    "station steel stone storm survey switch table tank tide timber tower track tunnel valve vessel wall warden water "
    "weight wharf wheel winch wind yard"
).split()
_VERBS = (
    "adjusted asked carried checked cleaned closed compared counted cut drained drew explained filled fixed followed "
    "found greased held lifted logged lowered marked measured mended moved noticed opened painted planned pulled "
    "raised read rebuilt removed repaired replaced reported saved sealed sent shut stopped tested tightened traced "
    "tried turned watched weighed wrote"
).split()
_QUALITIES = (
    "broken bright busy calm careful cheap clean cold deep dry early empty even exact flat grey heavy high honest late "
    "light long loose loud low narrow new noisy old open patient plain quick quiet rough rusty second sharp short slow "
    "small smooth soft steady steep strong sudden tall third tight usual warm wet whole wide"
).split()
_PEOPLE = (
    "Ada Bela Carl Dora Egon Fara Gus Hedi Ivo Jana Kaj Lena Milo Nora Olaf Pia Quentin Rosa Sven Tilda Udo Vera Wim "
    "Xenia Yann Zita"
).split()
_FAMILIES = (
    "Abel Brook Castor Dahl Eriksen Falk Grote Holm Iversen Jansen Kolb Lund Maas Nagel Oster Pohl Quist Riis Stahl "
    "Thorn Ulrich Voss Winter Yilmaz Zander"
).split()
_LINKS = (
    "https://tables.example.org/{}",
    "https://example.net/notes/{}#figures",
    "https://example.com/?q={}",
)
_CODE = {
    "python": '''\
from dataclasses import dataclass


@dataclass(frozen=True)
class {Noun}:
    """A {noun} and what was read from it."""

    name: str
    {noun2}: float = {number}.5

    def is_{quality}(self, limit: int = {number}) -> bool:
        return self.{noun2} > limit and not self.name.startswith("#")


def read_{noun}(lines: list[str]) -> list[{Noun}]:
    found = []
    for line in lines:
        name, _, value = line.partition(",")
        found.append({Noun}(name, float(value or 0)))
    return found
''',
    "bash": """\
set -eu
for file in {noun}/*.csv; do
  # the {quality} ones come last
  if [ "$(wc -l < "$file")" -gt {number} ]; then
    sort -t, -k2 "$file" > "${{file%.csv}}.sorted"
  fi
done
echo "$?"
""",
    "yaml": """\
{noun}:
  name: {quality} {noun2}
  every: {number}m
  limits:
    low: 0.5
    high: {number}
  tell: [pilot, warden]  # both, since the flood
""",
    "sql": """\
SELECT {noun}, count(*) AS number, avg({noun2}) FROM readings
WHERE {noun2} > {number} AND day >= '2019-03-01'
GROUP BY {noun} ORDER BY number DESC LIMIT 20;
""",
    "json": """\
{{
  "{noun}": {{"state": "{quality}", "{noun2}": [{number}, 12, 7.25]}},
  "checked": true,
  "by": null
}}
""",
    "": """\
{noun}   {number}  {quality}
{noun2}      7  ok
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchAuthor:
    """Somebody who writes.

    Attributes:
        id: As in `authors/ID.md`.
        team: Id of the team.
    """

    id: str
    name: str
    team: str
    bio: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchPost:
    """A post.

    Attributes:
        day: When it was written.
        picture: Bytes of a PNG that the body shows as ``figure.png``; none for most.
        body: Markdown; links to other posts are addresses from the root: ``/2019/a-slug/``.
    """

    slug: str
    title: str
    day: datetime
    authors: tuple[str, ...]
    teams: tuple[str, ...]
    tags: tuple[str, ...]
    topic: str
    summary: str
    body: str
    picture: bytes = b""

    @property
    def url(self) -> str:
        """The address from the root of the site."""
        return f"/{self.day.year}/{self.slug}/"


def author(number: int) -> BenchAuthor:
    """Return author `number`, counted from 0."""
    chance = random.Random(f"author {number}")  # noqa: S311 - the same people every time
    first, family = _PEOPLE[number % len(_PEOPLE)], chance.choice(_FAMILIES)
    return BenchAuthor(
        id=f"{first.lower()}-{number:03}",
        name=f"{first} {family}",
        team=TEAMS[number % len(TEAMS)],
        bio=" ".join(_sentence(chance) for _ in range(3)),
    )


def tag(number: int) -> str:
    """Return tag `number`, counted from 0."""
    noun = _NOUNS[number % len(_NOUNS)]
    return noun if number < len(_NOUNS) else f"{noun}-{number // len(_NOUNS) + 1}"


def posts(number: int, *, authors: int, tags: int) -> Iterator[BenchPost]:
    """Yield the posts of a corpus, oldest first.

    Args:
        number: How many posts.
        authors: By how many people; a few write a lot, most write some.
        tags: Of how many tags each has up to four; a few are on many posts.
    """
    for at in range(number):
        yield post(at, number, authors=authors, tags=tags)


def post(at: int, number: int, *, authors: int, tags: int) -> BenchPost:
    """Return post `at` of `number`; see `posts`."""
    chance = random.Random(f"post {at}")  # noqa: S311 - the same posts every time
    day = _day(at, number)
    writers = tuple(
        dict.fromkeys(author(_skewed(chance, authors)).id for _ in range(1 + (at % 9 == 0)))
    )
    picture = _picture(at) if at % EVERY_NTH_HAS_A_PICTURE == 3 else b""
    return BenchPost(
        slug=_slug(at),
        title=_title(at),
        day=day,
        authors=writers,
        teams=tuple(
            dict.fromkeys(TEAMS[int(who.rpartition("-")[2]) % len(TEAMS)] for who in writers)
        ),
        tags=tuple(dict.fromkeys(tag(_skewed(chance, tags)) for _ in range(chance.randint(1, 4)))),
        topic=chance.choice(TOPICS),
        summary=_sentence(chance),
        body=_body(chance, at, number, has_picture=bool(picture)),
        picture=picture,
    )


def _day(at: int, number: int) -> datetime:
    step = (LAST_DAY - FIRST_DAY) / max(1, number)
    return (FIRST_DAY + step * at).replace(second=0, microsecond=0)


def _words_of_title(at: int) -> tuple[str, str, str]:
    chance = random.Random(f"title {at}")  # noqa: S311 - the same titles every time
    return chance.choice(_QUALITIES), chance.choice(_NOUNS), chance.choice(_NOUNS)


def _title(at: int) -> str:
    quality, noun, second = _words_of_title(at)
    return f"{_a(quality).capitalize()} {noun}, and {_a(second)}: note {at + 1}"


def _slug(at: int) -> str:
    quality, noun, second = _words_of_title(at)
    return f"{quality}-{noun}-{second}-{at + 1}"


def _skewed(chance: random.Random, size: int) -> int:
    """Return a number below `size`; the first are drawn more often, in proportion to 1 / (n + 10)."""
    heights = _heights(size)
    return min(size - 1, bisect(heights, chance.random() * heights[-1]))


@cache
def _heights(size: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (at + 10) for at in range(size)))


def _body(chance: random.Random, at: int, number: int, *, has_picture: bool) -> str:
    wanted = chance.randint(*_USUAL_LENGTH)
    parts = [_paragraph(chance, at, number), _paragraph(chance, at, number)]
    if has_picture:
        parts.append(f"![{_sentence(chance)}](figure.png)")
    if chance.random() < 0.2:
        parts.append(f"{_sentence(chance)}[^source]")
    length, section = sum(map(len, parts)), 0
    while length < wanted:
        section += 1
        more = [f"## {_heading(chance)}", *_section(chance, at, number)]
        if section % 3 == 0:
            more += [f"### {_heading(chance)}", _paragraph(chance, at, number)]
        parts += more
        length += sum(map(len, more))
    if any("[^source]" in part for part in parts):
        parts.append(f"[^source]: {_sentence(chance)} See <https://tables.example.org/{at}>.")
    return "\n\n".join(parts) + "\n"


def _section(chance: random.Random, at: int, number: int) -> Iterator[str]:
    yield _paragraph(chance, at, number)
    kinds = (_list, _code, _code, _table, _quotation, _numbered, _tasks, _alert)
    yield chance.choice(kinds)(chance)
    yield _paragraph(chance, at, number)


def _paragraph(chance: random.Random, at: int, number: int) -> str:
    sentences = [_sentence(chance) for _ in range(chance.randint(3, 6))]
    roll = chance.random()
    if roll < 0.25 and number > 1:
        other = (at + 1 + chance.randrange(number - 1)) % number
        address = f"/{_day(other, number).year}/{_slug(other)}/"
        sentences.append(f"It began with [{_heading(chance).lower()}]({address}).")
    elif roll < 0.45:
        address = chance.choice(_LINKS).format(chance.choice(_NOUNS))
        sentences.append(
            f'The figures are [in the {chance.choice(_NOUNS)} tables]({address} "Since 2011").'
        )
    elif roll < 0.5:
        sentences.append(f"More at https://example.org/{chance.choice(_NOUNS)}.")
    return _wrapped(" ".join(sentences))


def _wrapped(text: str) -> str:
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > 96:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join((*lines, line))


def _sentence(chance: random.Random) -> str:
    who = chance.choice(("we", "I", "they", chance.choice(_PEOPLE), f"the {chance.choice(_NOUNS)}"))
    noun, second = chance.choice(_NOUNS), chance.choice(_NOUNS)
    quality = chance.choice(_QUALITIES)
    roll = chance.random()
    if roll < 0.12:
        quality = f"**{quality}**"
    elif roll < 0.24:
        noun = f"*{noun}*"
    elif roll < 0.36:
        second = f"`{second}_{chance.randint(1, 99)}`"
    ending = chance.choice(
        (
            f"before the {second} was {chance.choice(_QUALITIES)}",
            f"while nobody {chance.choice(_VERBS)} the {second}",
            f"with {chance.randint(2, 90)} of the {second}s",
            f"because {_a(second)} is never {chance.choice(_QUALITIES)}",
            f"and then {chance.choice(_VERBS)} {chance.choice(_PEOPLE)}'s {second}",
        )
    )
    text = f"{who} {chance.choice(_VERBS)} the {quality} {noun} {ending}."
    return text[0].upper() + text[1:]


def _a(word: str) -> str:
    bare = word.strip("*`")
    return f"{'an' if bare[0] in 'aeiou' else 'a'} {word}"


def _heading(chance: random.Random) -> str:
    return (
        f"The {chance.choice(_QUALITIES)} {chance.choice(_NOUNS)} and {_a(chance.choice(_NOUNS))}"
    )


def _items(chance: random.Random) -> list[str]:
    return [_sentence(chance) for _ in range(chance.randint(3, 6))]


def _list(chance: random.Random) -> str:
    items = [f"- {item}" for item in _items(chance)]
    items.insert(2, f"  - {_sentence(chance)}\n  - {_sentence(chance)}")
    return "\n".join(items)


def _numbered(chance: random.Random) -> str:
    return "\n".join(f"{at}. {item}" for at, item in enumerate(_items(chance), start=1))


def _tasks(chance: random.Random) -> str:
    return "\n".join(f"- [{chance.choice(' x')}] {item}" for item in _items(chance))


def _quotation(chance: random.Random) -> str:
    return "\n>\n".join(f"> {_sentence(chance)}" for _ in range(2))


def _alert(chance: random.Random) -> str:
    return f"> [!{chance.choice(('NOTE', 'TIP', 'WARNING'))}]\n> {_sentence(chance)}\n> {_sentence(chance)}"


def _table(chance: random.Random) -> str:
    lines = [f"| {chance.choice(_NOUNS)} | number | state |", "| --- | ---: | :---: |"]
    lines += [
        f"| {chance.choice(_NOUNS)} {chance.choice(_NOUNS)} | {chance.randint(1, 9000)} | {chance.choice(_QUALITIES)} |"
        for _ in range(chance.randint(3, 7))
    ]
    return "\n".join(lines)


def _code(chance: random.Random) -> str:
    language, text = chance.choice(tuple(_CODE.items()))
    noun = chance.choice(_NOUNS)
    code = text.format(
        noun=noun,
        Noun=noun.capitalize(),
        noun2=chance.choice(_NOUNS),
        quality=chance.choice(_QUALITIES),
        number=chance.randint(10, 999),
    )
    return f"```{language}\n{code}```"


def _picture(at: int) -> bytes:
    """Return a small PNG: 120 × 68 pixels of grey stripes that differ from post to post.

    It is not compressed: another release of zlib would give other bytes.
    """
    width, height = 120, 68
    row = bytes(1) + bytes((x * (at % 7 + 1) + at) % 256 for x in range(width))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * height, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(raw)) + name + raw + struct.pack(">I", zlib.crc32(name + raw))
        for name, raw in chunks
    )

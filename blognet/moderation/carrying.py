"""Does an approval survive this edit? Pure comparisons of two texts; nothing is ever carried over by itself.

Three rules, none of which a network has unless its policy says so:

- *whitespace*: blanks at the ends of lines, between words of a line, and the number of blank lines. Never the beginning
  of a line, never code, never the meaning of the front matter.
- *tags*: the front matter's tags; not a character else.
- *typo*: at most N letters within words. Never the front matter, code, a word with a digit or a sign in it, the name of
  an author, a negation, a short word, the first letter of a word, or the beginning or end that turns one around.

When in doubt a rule says no: then a mayor looks, as always.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from blognet.content.fences import split_front_matter
from blognet.kernel.hashing import parse_content_hash
from blognet.moderation.zones import Line, lines_of

if TYPE_CHECKING:
    from blognet.content.values import Post
    from blognet.kernel.hashing import AssetEntry, ContentHash, PathFacts
    from blognet.moderation.history import History

MAX_TYPO = 20
_SHORTEST = 4
_WORDS = re.compile(r"(\s+)")
_LETTERS = re.compile(r"[^\W\d_]+")
_NEGATIONS = frozenset(
    """
    no not never none nor neither nobody nothing nowhere without cannot cant dont doesnt didnt wont isnt arent wasnt
    werent shouldnt couldnt wouldnt hasnt havent hadnt mustnt neednt hardly barely only except unless against
    kein keine keinen keinem keiner keines keins nicht nichts nie niemals niemand nirgends weder noch ohne kaum nein
    nur ausser außer pas jamais rien personne aucun aucune sans sauf nunca nada nadie ninguno ninguna sin niente
    nessuno nessuna senza mai non nao não sem nunca geen niet nooit niemand zonder nergens inte aldrig ingen inga utan
    ikke aldri uden nie żaden bez
    """.split()
)
_TURNING = (
    "un", "in", "im", "il", "ir", "non", "dis", "mis", "anti", "de", "a", "ex", "counter", "contra", "under", "over",
    "miss", "ent", "ver", "miß", "miss",
)  # fmt: skip
_TURNING_ENDS = ("less", "los", "lose", "loser", "loses", "losen", "frei", "free")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survives:
    """Which edits an approval survives; none by default.

    Attributes:
        typo: How many letters may differ; 0 for none.
    """

    whitespace: bool = False
    tags: bool = False
    typo: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether no edit survives."""
        return not (self.whitespace or self.tags or self.typo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two versions: its source, what it says, and what belongs to it."""

    text: str
    post: Post
    assets: tuple[AssetEntry, ...]
    path_facts: PathFacts


def rule_for(before: Side, after: Side, survives: Survives, *, names: frozenset[str]) -> str:
    """Return the rule by which an approval of `before` may carry over to `after`; "" when none does.

    Args:
        before: A version that somebody looked at.
        after: The edited one.
        survives: The network's policy.
        names: Names and ids of all authors, as written; none of their words may change.
    """
    if before.assets != after.assets or before.path_facts != after.path_facts:
        return ""
    if (before.post.authors, before.post.date) != (after.post.authors, after.post.date):
        return ""
    if survives.whitespace and differ_in_whitespace_only(before, after):
        return "whitespace"
    if survives.tags and differ_in_tags_only(before, after):
        return "tags"
    if survives.typo and differ_in_a_typo_only(before, after, most=survives.typo, names=names):
        return "typo"
    return ""


def looked_at(history: History, content: ContentHash) -> ContentHash:
    """Return the version that somebody looked at, from which an approved one was carried over; itself when it was not.

    So that many small edits, each carried over from the one before, can never add up to another text.
    """
    for _ in history.ids:
        before = next(
            (
                parse_content_hash(event.options["carried_from"])
                for event in history.events
                if event.is_for_readers
                and event.content == content
                and "carried_from" in event.options
            ),
            None,
        )
        if before is None:
            break
        content = before
    return content


def differ_in_whitespace_only(before: Side, after: Side) -> bool:
    """Whether two versions say the same, word by word, and no layout that means something differs."""
    if _bare(before.post) != _bare(after.post):
        return False
    one, other = split_front_matter(before.text), split_front_matter(after.text)
    # What YAML passes over, such as a comment, is in no value; it has to be the same all the same.
    if one.fence != other.fence or one.block.split() != other.block.split():
        return False
    return _laid_out(one.body) == _laid_out(other.body)


def differ_in_tags_only(before: Side, after: Side) -> bool:
    """Whether two versions are the same but for the front matter's tags."""
    one, other = split_front_matter(before.text), split_front_matter(after.text)
    if (one.fence, one.body) != (other.fence, other.body):
        return False
    if _bare(_untagged(before.post)) != _bare(_untagged(after.post)):
        return False
    return _without_tags(one.block) == _without_tags(other.block)


def differ_in_a_typo_only(before: Side, after: Side, *, most: int, names: frozenset[str]) -> bool:
    """Whether two versions are the same but for at most `most` letters within ordinary words of the text."""
    one, other = split_front_matter(before.text), split_front_matter(after.text)
    if (one.fence, one.block) != (other.fence, other.block):
        return False
    lines, others = lines_of(one.body), lines_of(other.body)
    if [line.is_exact for line in lines] != [line.is_exact for line in others]:
        return False
    said = frozenset(
        word.casefold() for name in names for word in _LETTERS.findall(name.replace("_", " "))
    )
    spent = 0
    for line, edited in zip(lines, others, strict=True):
        if line.text == edited.text:
            continue
        if line.is_exact:
            return False
        cost = _cost(line.text, edited.text, names=said)
        if cost is None:
            return False
        spent += cost
    return 0 < spent <= most


def _bare(post: Post) -> Post:
    """Return a post without its text, and without where that began."""
    return replace(post, body="", body_line=1)


def _untagged(post: Post) -> Post:
    return replace(post, front=replace(post.front, tags=()))


def _without_tags(block: str) -> list[str] | None:
    """Return the lines of front matter without those of its tags; None when these hold more than tags."""
    kept: list[str] = []
    within = False
    for line in block.split("\n"):
        if re.match(r"[^\s#-][^:=]*[:=]", line):
            within = (
                re.match(r"['\"]?(?:tags?|keywords)['\"]?\s*[:=]", line, re.IGNORECASE) is not None
            )
        if not within:
            kept.append(line)
        elif "#" in line:
            return [block]  # a remark could hold anything
    return kept


def _laid_out(body: str) -> list[tuple[str, ...]]:
    """Return a text in the one form that all its harmless layouts have."""
    found: list[tuple[str, ...]] = []
    for is_blank, group in groupby(lines_of(body), key=lambda line: not line.text.strip(" ")):
        lines = tuple(group)
        if not is_blank:
            found += [(_one_form(line),) for line in lines]
        elif any(line.is_exact for line in lines):
            found.append(tuple(line.text for line in lines))
        else:
            found.append(("",))
    if found and found[-1] == ("",):
        found.pop()
    return found[1:] if found and found[0] == ("",) else found


def _one_form(line: Line) -> str:
    if line.is_exact:
        return line.text
    # Two blanks at the end of a line break it there; how many more does not matter.
    bare = line.text.rstrip(" ")
    end = "  " if line.text.endswith("  ") else ""
    start = len(bare) - len(bare.lstrip(" "))
    words = bare[start:]
    # A line that begins with a sign may be a list, a heading or a table, where blanks mean something.
    return bare[:start] + (re.sub(r" +", " ", words) if words[:1].isalpha() else words) + end


def _cost(before: str, after: str, *, names: frozenset[str]) -> int | None:
    """Return how many letters differ between two lines; None when they differ in more than a typo."""
    words, others = _WORDS.split(before), _WORDS.split(after)
    if len(words) != len(others):
        return None
    cost = 0
    for word, edited in zip(words, others, strict=True):
        if word != edited:
            found = _cost_of_word(word, edited, names=names)
            if found is None:
                return None
            cost += found
    return cost


def _cost_of_word(before: str, after: str, *, names: frozenset[str]) -> int | None:
    one, other = _inner(before), _inner(after)
    if one is None or other is None or (one[0], one[2]) != (other[0], other[2]):
        return None
    word, edited = one[1], other[1]
    if min(len(word), len(edited)) < _SHORTEST or word[0] != edited[0]:
        return None
    low, high = word.casefold(), edited.casefold()
    if {low, high} & (_NEGATIONS | names) or any(
        _turns(*pair) for pair in ((low, high), (high, low))
    ):
        return None
    return _distance(word, edited)


def _inner(word: str) -> tuple[str, str, str] | None:
    """Return the letters of a word with the marks around them; None when anything else is in it."""
    match = re.fullmatch(r"([\"'“”„‘’«»(]*)([^\W\d_]+)([\"'“”‘’«»),.;:!?…]*)", word)
    return (match[1], match[2], match[3]) if match else None


def _turns(word: str, edited: str) -> bool:
    """Whether an edit puts something before or behind a word that may turn its meaning around."""
    return any(edited == beginning + word for beginning in _TURNING) or any(
        edited == word + end or (edited.endswith(end) and not word.endswith(end))
        for end in _TURNING_ENDS
    )


def _distance(one: str, other: str) -> int:
    """Return how many letters have to be put in, taken out or changed to make one word of the other."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for column, wanted in enumerate(other, 1):
            here = min(row[column] + 1, row[column - 1] + 1, before + (letter != wanted))
            before, row[column] = row[column], here
    return row[-1]

"""What the generated blocks of the documentation say: each is made from the table of the code that it describes."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import click
from babel.core import Locale

from blognet.cli.main import EVERYONE, MAYORS, LazyGroup, blognet_group, mayor_group
from blognet.config.schema import config_schema
from blognet.content import assets, profile, spelling
from blognet.disk import reading
from blognet.kernel import ids, yamltext
from blognet.markup import allow
from blognet.moderation import standing
from blognet.moderation.standing import RULES, Publication, Rule, Verdict
from blognet.themes.catalogues import tag_of
from blognet.themes.languages import language_name
from tests.catalogues import LOCALES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from blognet.moderation.events import Verb

_WAYS: Mapping[Publication | Verdict, tuple[str, str]] = {
    Publication.LIT: ("none", "live"),
    Publication.PUT_OUT: ("live", "retracted"),
    Publication.LIT_AGAIN: ("retracted", "live"),
    Verdict.SETTLED: ("queued", "none"),
    Verdict.RETURNED: ("queued", "returned"),
    Verdict.HELD: ("queued", "held"),
    Verdict.DECLINED: ("queued", "declined"),
    Verdict.FORCED: ("queued", "forced"),
    Verdict.OPENED: ("held", "queued"),
    Verdict.RECALLED: ("queued", "recalled"),
    Verdict.HANDED_OVER: ("recalled", "queued"),
}
"""The usual way of a light for each effect; the others follow from it."""


def expected_blocks() -> Mapping[str, str]:
    """Return the text of every block that a page may hold, by name."""
    makers: dict[str, Callable[[], Iterable[str]]] = {
        "commands of blognet": lambda: _commands(EVERYONE, "blognet"),
        "commands of mayor": lambda: _commands(MAYORS, "mayor"),
        "settings": lambda: _settings(config_schema()),
        "languages": _languages,
        "spellings": _spellings,
        "special keys": lambda: _words(spelling.SPECIAL),
        "ignored keys": lambda: _words(spelling.IGNORED),
        "keys of mayors": lambda: _words(spelling.PROMOTION),
        "profile spellings": _profile_spellings,
        "elements": lambda: _words(sorted(allow.ELEMENTS)),
        "classes": lambda: _words(sorted(allow.CLASSES)),
        "files beside a text": lambda: _words(sorted(assets.ASSET_ENDINGS)),
        "limits": _limits,
        "rules": _rules,
        "rules in words": _rules_in_words,
        "diagram": _diagram,
    }
    for program, group in (("blognet", blognet_group()), ("mayor", mayor_group())):
        makers[f"options of {program}"] = partial(_options, group)
        for name, command in _each(group):
            makers[f"options of {program} {name}"] = partial(_options, command)
    return {name: "".join(f"{line}\n" for line in make()) for name, make in makers.items()}


def _each(group: LazyGroup) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if not isinstance(command, click.Group):
            assert command is not None
            yield name, command
        elif name != "mayor":  # which is a program, too
            yield from ((f"{name} {inner}", one) for inner, one in command.commands.items())


def _commands(table: Mapping[str, tuple[str, str]], program: str) -> Iterator[str]:
    yield "| command | what it does |"
    yield "|---|---|"
    for name, (_, text) in table.items():
        if name == "mayor":
            yield f"| `blognet mayor …` | {text} |"
        else:
            yield f"| [`{program} {name}`](#{program}-{name}) | {text} |"


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    usage = " ".join(command.collect_usage_pieces(context)[1:])
    if usage:
        yield f"Followed by: `{usage}`"
        yield ""
    options = [each for each in command.params if isinstance(each, click.Option)]
    rows = [found for option in options if (found := option.get_help_record(context))]
    yield "| option | what it does |"
    yield "|---|---|"
    for spelled, text in rows:
        bar = spelled.replace("|", "\\|")
        yield f"| `{bar}` | {text} |"


def _languages() -> Iterator[str]:
    for path in sorted(LOCALES.glob("*.po")):
        locale = Locale.parse(path.stem)
        yield f"- `{tag_of(path.name)}` {locale.english_name} · {language_name(tag_of(path.name))}"


def _settings(schema: Mapping[str, object]) -> Iterator[str]:
    yield "| key | value | default | meaning |"
    yield "|---|---|---|---|"
    yield from _rows(schema, _inner(schema, "$defs"), prefix="")


def _rows(
    schema: Mapping[str, object], parts: Mapping[str, object], *, prefix: str
) -> Iterator[str]:
    required = schema.get("required", [])
    assert isinstance(required, list)
    for name, described in _inner(schema, "properties").items():
        assert isinstance(described, dict)
        part = _part_of(described, parts)
        items = described.get("items", {})
        listed = _part_of(items, parts) if isinstance(items, dict) else None
        values = described.get("additionalProperties", {})
        each = _part_of(values, parts) if isinstance(values, dict) else None
        text = described.get("description") or (part or {}).get("description", "")
        default = "needed" if name in required else _shown(described.get("default"))
        if part is not None:
            default = ""
        yield f"| `{prefix}{name}` | {_sort_of(described, listed)} | {default} | {text} |"
        if part is not None:
            yield from _rows(part, parts, prefix=f"{prefix}{name}.")
        elif listed is not None:
            yield from _rows(listed, parts, prefix=f"{prefix}{name}[].")
        elif each is not None:
            yield from _rows(each, parts, prefix=f"{prefix}{name}.KEY.")


def _part_of(
    described: Mapping[str, object], parts: Mapping[str, object]
) -> dict[str, object] | None:
    either = described.get("anyOf")
    first = either[0] if isinstance(either, list) else described
    reference = first.get("$ref")
    found = parts[reference.rpartition("/")[2]] if isinstance(reference, str) else None
    return found if isinstance(found, dict) else None


def _inner(mapping: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = mapping.get(key, {})
    assert isinstance(found, dict)
    return found


def _sort_of(described: Mapping[str, object], listed: Mapping[str, object] | None) -> str:
    choices = described.get("enum")
    if isinstance(choices, list):
        return " or ".join(f"`{choice}`" for choice in choices)
    if listed is not None:
        return "list of keys"
    either = described.get("anyOf")
    if isinstance(either, list) and {"type": "boolean"} in either:
        return "keys, or true or false"
    sorts = {
        "string": "text",
        "integer": "number",
        "boolean": "true or false",
        "array": "list of texts",
    }
    return sorts.get(str(described.get("type")), "keys")


def _shown(default: object) -> str:
    match default:
        case None | "" | []:
            return "empty"
        case bool():
            return f"`{str(default).lower()}`"
        case _:
            return f"`{default}`"


def _spellings() -> Iterator[str]:
    yield "| key | also accepted as |"
    yield "|---|---|"
    for canonical, others in spelling.SPELLINGS.items():
        yield f"| `{canonical}` | {_code(others)} |"


def _profile_spellings() -> Iterator[str]:
    yield "| key | also accepted as |"
    yield "|---|---|"
    for canonical, others in profile.PROFILE_SPELLINGS.items():
        yield f"| `{canonical}` | {_code(others)} |"
    yield f"| one link each | {_code(profile.PROFILE_LINK_KEYS)} |"


def _words(words: Iterable[str]) -> Iterator[str]:
    yield _code(words)


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _limits() -> Iterator[str]:
    yield "| what | at most |"
    yield "|---|---|"
    for what, number in (
        ("a text file, in bytes", min(reading.MAX_TEXT, assets.MAX_TEXT)),
        ("a file beside it, in bytes", min(reading.MAX_ASSET, assets.MAX_ASSET)),
        ("front matter, in characters", yamltext.MAX_FRONT_MATTER),
        ("front matter, levels of nesting", yamltext.MAX_DEPTH),
        ("a slug, in characters", ids.MAX_SLUG),
        ("folders within folders", reading.MAX_DEPTH),
        ("one paragraph, in characters (a longer one is shown as plain text)", allow.MAX_INLINE),
        ("lists and quotations within each other", allow.MAX_DEPTH),
        ("cells of tables in one text", allow.MAX_CELLS),
    ):
        yield f"| {what} | {number:,} |"


def _rules() -> Iterator[str]:
    yield "| verb | published light | proposed light | who | words |"
    yield "|---|---|---|---|---|"
    for verb, rule in RULES.items():
        if not rule.reserved:
            yield _rule_row(verb, rule)
    later = [verb.value for verb, rule in RULES.items() if rule.reserved]
    yield ""
    yield f"Names kept for later versions: {_code(later)}."


def _rule_row(verb: Verb, rule: Rule) -> str:
    published = "" if rule.publication is Publication.UNTOUCHED else rule.publication.value
    proposed = "" if rule.verdict is Verdict.UNTOUCHED else rule.verdict.value
    others = [
        name for name, may in (("deputies", rule.deputies), ("reviewers", rule.reviewers)) if may
    ]
    who = ", ".join(["mayors", *others]) if rule.mayors_only else "everyone"
    words = "needed" if rule.needs_words else "may have"
    return f"| `{verb.value}` | {published} | {proposed} | {who} | {words} |"


def _rules_in_words() -> Iterator[str]:
    paragraphs = (standing.__doc__ or "").split("\n\n")
    found = next(each for each in paragraphs if each.startswith("1. "))
    yield from re.split(r"\n(?=\d\. )", re.sub(r"\n {3,}", " ", found.rstrip()))


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    state published {"
    yield from _arrows("p", ((rule.publication, verb) for verb, rule in RULES.items()))
    yield "    }"
    yield "    state proposed {"
    yield from _arrows("q", ((rule.verdict, verb) for verb, rule in RULES.items()))
    yield "    }"
    yield "```"


def _arrows(mark: str, effects: Iterable[tuple[Publication | Verdict, Verb]]) -> Iterator[str]:
    named: dict[str, None] = {}
    arrows: list[str] = []
    for effect, verb in effects:
        if effect in _WAYS:
            before, after = _WAYS[effect]
            named |= dict.fromkeys((before, after))
            arrows.append(f"        {mark}_{before} --> {mark}_{after}: {verb.value}")
    yield from (f"        {mark}_{name}: {name}" for name in named)
    yield from arrows

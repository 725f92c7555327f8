"""From the text of ``blognet.yml`` to a `Config`, or to every fault at once. Reads no file itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from blognet.config import codes
from blognet.config.checks import Checks, model_below
from blognet.config.config import (
    Away,
    Config,
    Feeds,
    Link,
    Policy,
    Search,
    Stage,
    Survives,
    Term,
    Theme,
    Topic,
    When,
)
from blognet.config.messages import Messages, Smtp
from blognet.config.translations import LinkWords, SiteWords, TermWords, TopicWords
from blognet.kernel import codes as yaml_codes
from blognet.kernel.errors import ConfigError
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.problems import Problem
from blognet.kernel.yamlmodels import (
    Fault,
    Misread,
    MisreadError,
    keys_of,
    misfit_problems,
    read_model,
)
from blognet.kernel.yamltext import MAX_CONFIG, load_yaml
from blognet.kernel.yamltree import (
    MAX_PROBLEMS,
    YamlDocument,
    YamlEntry,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    shortened,
)
from blognet.kernel.yamlvalues import at_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PARTS: Mapping[str, type] = {
    "checks": Checks, "policy": Policy, "feeds": Feeds, "topics": Topic, "teams": Term, "theme": Theme,
    "search": Search,
    "navigation": Link, "links": Link, "messages": Messages, "messages.smtp": Smtp,
    "stages": Stage, "away": Away, "stages.when": When, "policy.survives": Survives,
    "translations": SiteWords, "topics.translations": TopicWords, "teams.translations": TermWords,
    "navigation.translations": LinkWords, "links.translations": LinkWords,
}  # fmt: skip
_EXAMPLES: Mapping[str, str] = {
    "id": "id: our-network", "title": "title: Our Network", "url": "url: https://blog.example.org",
    "mayors": "mayors: [ann]", "label": "label: About", "words": "words: [a word, a phrase]",
    "say": "say: A sentence for readers", "name": "name: house-style", "command": "command: [vale, --output=JSON]",
    "reviewers": "reviewers: [ann, ben]", "mayor": "mayor: ann", "from": "from: 2026-12-21", "to": "to: 2027-01-03",
}  # fmt: skip
# What other generators call these settings.
_ELSEWHERE: Mapping[str, str] = {
    "name": "title", "site_name": "title", "subtitle": "tagline", "base_url": "url", "baseurl": "url",
    "site_url": "url", "siteurl": "url", "lang": "language", "default_language": "language", "tz": "timezone",
    "mayor": "mayors", "paginate": "posts_per_page", "pagination": "posts_per_page", "permalinks": "permalink",
    "categories": "topics", "menu": "navigation", "nav": "navigation", "social": "links", "solo": "policy.solo",
}  # fmt: skip


def read_config(text: str, *, path: str = "blognet.yml") -> Config:
    """Read the settings.

    Args:
        text: LF line ends only.
        path: As shown in problems.

    Raises:
        ConfigError: With every fault found, sorted.
    """
    document = load_yaml(text, path=path, limit=MAX_CONFIG)
    if not isinstance(document, YamlDocument):
        raise _error(document, path)
    values = {entry.key.text: entry.value for entry in document.root.entries}
    try:
        config = read_model(Config, values)
    except MisreadError as error:
        collected = error.misreads[:MAX_PROBLEMS]
        problems = [*misfit_problems(document, collected), *_key_problems(document, collected)]
        raise _error(tuple(sorted(problems)), path) from None
    if problems := [
        *_empty(document, config),
        *_repetitions(document, config),
        *_other_languages(document, config),
    ]:
        raise _error(tuple(sorted(problems)), path)
    others = (tag for tag in config.languages if tag.casefold() != config.language.casefold())
    return replace(config, languages=(config.language, *others))


def _error(problems: tuple[Problem, ...], path: str) -> ConfigError:
    many = f"{len(problems)} faults" if len(problems) != 1 else "a fault"
    return ConfigError(
        f"{path} has {many}", hint=f"correct {path} and try again", problems=problems
    )


def _key_problems(document: YamlDocument, misreads: Iterable[Misread]) -> Iterator[Problem]:
    """Word what is wrong with keys: missing ones, and ones that nobody knows."""
    for one in misreads:
        found, name = at_path(document, one.steps), str(one.steps[-1])
        match one.fault:
            case Fault.UNKNOWN:
                key = found.key if isinstance(found, YamlEntry) else found
                yield _unknown_key(document, key, name=name, model=_model_at(one.steps))
            case Fault.MISSING:
                node = found.value if isinstance(found, YamlEntry) else found
                yield _missing(document, node, name=name)
            case Fault.MISFIT:
                pass  # worded where it was found
            case _ as never:
                assert_never(never)


def _model_at(loc: tuple[int | str, ...]) -> type:
    """Return the part of the settings that a path of keys leads into; the last key is the one asked about."""
    if loc[:1] == ("checks",) and len(loc) > 1:
        return model_below(loc[1:])
    path = [str(step) for step in loc[:-1] if isinstance(step, str)]
    names = (".".join(path[:length]) for length in range(len(path), 0, -1))
    return next((_PARTS[name] for name in names if name in _PARTS), Config)


def _unknown_key(document: YamlDocument, key: YamlNode, *, name: str, model: type) -> Problem:
    known = keys_of(model)
    meant = _ELSEWHERE.get(name.lower()) if model is Config else None
    hint = f"did you mean '{meant}'?" if meant else did_you_mean(name, known)
    return Problem(
        location=document.locate(key, key=document.key_path(key)),
        code=yaml_codes.UNKNOWN_KEY,
        message=f"unknown key '{shortened(name)}'",
        hint=hint or f"expected one of {', '.join(known)}",
    )


def _missing(document: YamlDocument, node: YamlNode, *, name: str) -> Problem:
    return Problem(
        location=document.locate(node, key=document.key_path(node)),
        code=codes.MISSING_SETTING,
        message=f"'{name}' is missing",
        hint=f"add a line such as {_EXAMPLES.get(name, name + ': …')}",
    )


def _empty(document: YamlDocument, config: Config) -> Iterator[Problem]:
    given: Mapping[str, object] = {"title": config.title, "mayors": config.mayors}
    for name, value in given.items():
        if not value and (entry := document.root.entry(name)):
            yield Problem(
                location=document.locate(entry.key, key=name),
                code=codes.MISSING_SETTING,
                message=f"'{name}' is empty",
                hint=f"write it as {_EXAMPLES[name]}",
            )


def _repetitions(document: YamlDocument, config: Config) -> Iterator[Problem]:
    lists: Mapping[str, tuple[str, ...]] = {
        "languages": tuple(tag.casefold() for tag in config.languages),
        "mayors": config.mayors,
        "former_mayors": (*config.mayors, *config.former_mayors),
        "topics": tuple(topic.id for topic in config.topics),
        "teams": tuple(team.id for team in config.teams),
        "stages": tuple(stage.id for stage in config.stages),
        "deputies": config.deputies,
    }
    for name, values in lists.items():
        offset = len(config.mayors) if name == "former_mayors" else 0
        seen: set[str] = set()
        for index, value in enumerate(values):
            is_repeated = index >= offset and value in seen
            seen.add(value)
            if is_repeated:
                place = _item(document, name, index - offset)
                yield Problem(
                    location=document.locate(place, key=document.key_path(place) or name),
                    code=codes.LISTED_TWICE,
                    message=f"'{value}' is listed twice",
                    hint="delete one of them; a mayor is either in 'mayors' or in 'former_mayors'"
                    if name == "former_mayors"
                    else "delete one of them",
                )


def _other_languages(document: YamlDocument, config: Config) -> Iterator[Problem]:
    """Find translations into languages that no page of the site has."""
    lists: Mapping[str, list[Mapping[str, object]]] = {
        "topics": [{**entry.translations} for entry in config.topics],
        "teams": [{**entry.translations} for entry in config.teams],
        "navigation": [{**entry.translations} for entry in config.navigation],
        "links": [{**entry.translations} for entry in config.links],
    }
    places: list[tuple[int | str, ...]] = [("translations", tag) for tag in config.translations]
    places += [
        (name, number, "translations", tag)
        for name, entries in lists.items()
        for number, tags in enumerate(entries)
        for tag in tags
    ]
    others = tuple(tag for tag in config.languages if tag.casefold() != config.language.casefold())
    for place in places:
        tag = str(place[-1])
        if tag in others:
            continue
        found = at_path(document, place)
        key = found.key if isinstance(found, YamlEntry) else found
        is_main = tag.casefold() == config.language.casefold()
        yield Problem(
            location=document.locate(key, key=document.key_path(key)),
            code=codes.NOT_OUR_LANGUAGE,
            message=f"'{tag}' is the main language of the network"
            if is_main
            else f"the network has no language '{tag}'",
            hint="write these texts in the keys above"
            if is_main
            else did_you_mean(tag, others) or f"add it: languages: [{', '.join((*others, tag))}]",
        )


def _item(document: YamlDocument, name: str, index: int) -> YamlNode:
    found = at_path(document, (name, index))
    node = found.value if isinstance(found, YamlEntry) else found
    match node:
        case YamlMapping():
            entry = node.entry("id") or node.entry("title")
            return entry.value if entry else node
        case YamlScalar() | YamlSequence():
            return node

"""What Pagefind is given, and what of its files goes on the site. Pure functions; knows no program, no disk.

Pagefind (https://pagefind.app) reads pages and makes an index in pieces, with the stems of words. It gets one small
page for each text that our own index would have, named by a number. Of its files the site needs the index, the
WebAssembly that reads it and two scripts; not its interfaces, and not its copies of the texts (fragments), which only
say which name the index has for which number: that is in ``found.json`` of each language, with the post's address, so
that the search page finds it among the posts of its year.

The form of a fragment (gzip around ``pagefind_dcd`` and JSON) and of ``pagefind-entry.json`` is that of Pagefind 1.5.
Its files are the same in every run on one thread, but for the order of languages in ``pagefind-entry.json``:
docs/decisions/0024-a-search-of-our-own.md.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from blognet.engine import digest_of_text
from blognet.kernel.errors import BlognetError
from blognet.kernel.ids import SitePath
from blognet.render.search import findable_in
from blognet.site import addresses
from blognet.site.lists import home_key
from blognet.site.search import has_pagefind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from blognet.render.search import Searchable
    from blognet.render.search_words import Said

_ENTRY = "pagefind-entry.json"
_SCRIPTS = ("pagefind.js", "pagefind-worker.js")
_INDEX = re.compile(r"index/[\w-]+\.pf_index|pagefind\.[\w-]+\.pf_meta", re.ASCII)
_FRAGMENT = re.compile(r"fragment/([\w-]+)\.pf_fragment", re.ASCII)
_FRAGMENTS = "fragment/"
_SIGNATURE = b"pagefind_dcd"
_FORM = "1"
"""Changes when what Pagefind is given for a text does, or what is taken of its files."""


class OtherFormError(BlognetError):
    """Pagefind gave files that are not as those of the version we know."""

    def __init__(self, path: str) -> None:
        """Keep which file is odd or missing."""
        message = f"Pagefind's files are not as blognet knows them: {path}"
        super().__init__(message, hint="type: pip install 'blognet[search]', or write search: true")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A text for Pagefind.

    Attributes:
        language: As in `Subject`: "" for the main language.
        tag: Of its language.
        url: The post's address.
        key: A text that differs whenever what is said of it does.
        say: Gives what is said of it.
    """

    language: str
    tag: str
    url: SitePath
    key: str
    say: Callable[[], Said]


def records_of(made_from: Searchable) -> tuple[Record, ...]:
    """Return every listed post that Pagefind finds: by language, the oldest first."""
    config, catalogue = made_from.config, made_from.catalogue
    return tuple(
        Record(
            language=language,
            tag=(language or config.language).lower(),
            url=live.url,
            key=findable.key,
            say=findable.say,
        )
        for language in catalogue.languages
        if has_pagefind(language, config)
        for live, findable in zip(
            reversed(catalogue.listings[home_key(language)].posts),
            findable_in(made_from, language)[0],
            strict=True,
        )
    )


def key_of(records: Iterable[Record], version: str) -> str:
    """Return the digest of everything that Pagefind's files depend on."""
    lines = [f"{one.tag} {one.url} {one.key}" for one in records]
    return digest_of_text("\n".join((f"form {_FORM} pagefind {version}", *lines)))


def pages_of(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Give the address and the HTML of each page that Pagefind reads."""
    for number, record in enumerate(records):
        yield f"/{number}/", _html(record)


def files_of(records: tuple[Record, ...], made: Mapping[str, bytes]) -> Mapping[SitePath, bytes]:
    """Return the files that go on the site.

    Args:
        records: What Pagefind was given.
        made: What it made, by path.

    Raises:
        OtherFormError: It is not what we know.
    """
    entry, wanted = _entry(made)
    files = {name: raw for name, raw in made.items() if _INDEX.fullmatch(name)}
    for name in (*_SCRIPTS, *wanted):
        if name not in made:
            raise OtherFormError(name)
        files[name] = made[name]
    files[_ENTRY] = entry
    placed = {SitePath(f"{addresses.PAGEFIND}{name}"): raw for name, raw in files.items()}
    for language, names in _names(records, made).items():
        placed[addresses.of_search_found(language)] = _json(names)
    return dict(sorted(placed.items()))


def _html(record: Record) -> str:
    said = record.say()
    names = " · ".join(said.names)
    return (
        f'<!doctype html><html lang="{escape(record.tag)}"><body><h1>{escape(said.title)}</h1>'
        f'<p data-pagefind-weight="5">{escape(names)}</p>'
        f'<p data-pagefind-weight="2">{escape(said.summary)}</p><p>{escape(said.text)}</p></body></html>'
    )


def _entry(made: Mapping[str, bytes]) -> tuple[bytes, tuple[str, ...]]:
    """Return the list of languages in their order, and the names of the WebAssembly they need."""
    try:
        said = json.loads(made[_ENTRY])
        programs = {each["wasm"] or "unknown" for each in said["languages"].values()}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise OtherFormError(_ENTRY) from error
    return _json(said), tuple(f"wasm.{name}.pagefind" for name in sorted(map(str, programs)))


def _names(
    records: tuple[Record, ...], made: Mapping[str, bytes]
) -> Mapping[str, Mapping[str, str]]:
    """Return for each language which post each name in the index stands for."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path, raw in made.items():
        fragment = _FRAGMENT.fullmatch(path)
        if fragment is None:
            continue
        number = _number_in(raw, path)
        if not 0 <= number < len(records):
            raise OtherFormError(path)
        found[records[number].language][fragment[1]] = records[number].url
    if sum(map(len, found.values())) != len(records):
        raise OtherFormError(_FRAGMENTS)
    return found


def _number_in(raw: bytes, path: str) -> int:
    try:
        plain = gzip.decompress(raw)
        return int(json.loads(plain.removeprefix(_SIGNATURE))["url"].strip("/"))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise OtherFormError(path) from error


def _json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"

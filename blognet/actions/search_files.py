"""The files of the search that Pagefind makes, as pages of the site: made when texts changed, kept in ``.blognet/``.

Which files there are is known only when they are made, so this comes before anything is laid out or rendered. What was
made is named by what it was made from; a build whose texts are the same runs nothing, and reads only what it writes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from blognet.disk.generator import program_mark
from blognet.disk.kept import FOUND, forget_found
from blognet.disk.pagefind import pagefind_version, run_pagefind
from blognet.disk.store import open_store
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import SitePath
from blognet.render.pagefind_files import files_of, key_of, pages_of, records_of
from blognet.site.search import with_search_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.disk.store import Store
    from blognet.render.context import Context
    from blognet.render.pagefind_files import Record
    from blognet.site import Page


def with_found_files(
    root: Path, context: Context, pages: tuple[Page, ...], *, anew: bool = False
) -> tuple[Page, ...]:
    """Return the pages of a site with those of Pagefind's index, where the network wants one.

    Args:
        root: The network folder.
        context: The look-ups; they give the files from now on.
        pages: All others.
        anew: Whether what is kept is of no use.

    Raises:
        ConfigError: The extra is not installed.
        BlognetError: Pagefind fails.
        FaultsError: Something else wants to be where these files are.
    """
    made_from = context.search.made_from
    if not made_from.config.search.is_pagefind:
        forget_found(root)
        return pages
    version = pagefind_version()
    records = records_of(made_from)
    if not records:
        forget_found(root)
        return pages
    found = _Found(open_store(root, FOUND), records, key_of(records, f"{version} {program_mark()}"))
    digests = found.digests(anew=anew)
    context.search.hold(found.give)
    languages = {record.language for record in records}
    return with_search_files(pages, digests, languages)


class _Found:
    """The files of one index, on the disk or at hand."""

    def __init__(self, store: Store, records: tuple[Record, ...], key: str) -> None:
        self._store = store
        self._records = records
        self._key = key
        self._at_hand: dict[str, bytes] = {}

    def digests(self, *, anew: bool) -> Mapping[SitePath, str]:
        """Return the SHA-256 of each file by its address, and forget files of other texts."""
        known = None if anew else self._known()
        if known is None:
            known = self._made()
            said = json.dumps(known, sort_keys=True).encode("utf-8")
            self._store.put(self._key, said)
        self._store.keep_only({self._key, *known.values()})
        return known

    def give(self, sha256: str) -> bytes:
        """Return a file."""
        found = self._at_hand.get(sha256) or self._store.get(sha256)
        if found is None or sha256_hex(found) != sha256:  # damaged since
            self._made()
            found = self._at_hand[sha256]
        return found

    def _made(self) -> dict[SitePath, str]:
        made = files_of(self._records, run_pagefind(pages_of(self._records)))
        digests = {path: sha256_hex(raw) for path, raw in made.items()}
        for path, raw in made.items():
            self._at_hand[digests[path]] = raw
            self._store.put(digests[path], raw)
        return digests

    def _known(self) -> dict[SitePath, str] | None:
        raw = self._store.get(self._key)
        try:
            said = json.loads(raw) if raw else None
        except ValueError:
            return None
        if not isinstance(said, dict):
            return None
        digests = {SitePath(path): str(digest) for path, digest in said.items()}
        return digests if all(map(self._store.has, digests.values())) else None

"""Which files of a site have to be made, and why. Answers; makes no file and writes nothing.

What the last build remembers meets what is true now: facts that differ start a wave through everything that read
them (`blognet.engine`); to it come files that are new, and files that somebody touched since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.actions.kept_bytes import kept_units
from blognet.actions.page_slices import FILE
from blognet.disk.left import NOWHERE, Left, left_from_rows, touched_in
from blognet.disk.memory import MemoryFault, Recall
from blognet.disk.output_marker import MARKER
from blognet.engine import FactKey, Settled, fact_key, name_of, settle
from blognet.kernel.errors import BlognetError
from blognet.render.again import Again
from blognet.site.addresses import address_of_file, output_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from blognet.render.context import Context
    from blognet.render.facts import Facts
    from blognet.site import Page

_NOTHING = Settled(outdated={}, remade={}, same=())


class DamagedError(Exception):
    """What is remembered makes no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a file is made.

    Attributes:
        is_new: There was none.
        is_touched: It is not as the last build left it.
        chain: From the file to the fact that changed: itself first; () when no fact did.
    """

    is_new: bool = False
    is_touched: bool = False
    chain: tuple[FactKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """What has to be made.

    Attributes:
        lost: Why everything has to be; "" when only `files` have to.
        files: Name in the output and reason, in the order of the pages.
        changed: Facts that differ, with their present digests.
        gone: What was made once and cannot be any more.
        left: How the last build left the output.
        is_tidy: Whether nobody put files into the output.
        units: Digests of what is kept (`blognet.actions.kept_bytes.kept_units`), as far as they are new or others; none
            when everything has to be made and nobody asked for them yet.
        gone_units: What is kept no longer.
    """

    lost: str
    files: Mapping[str, Why]
    changed: Mapping[FactKey, str] = field(default_factory=dict)
    gone: tuple[FactKey, ...] = ()
    left: Left = NOWHERE
    is_tidy: bool = False
    units: Mapping[str, str] = field(default_factory=dict)
    gone_units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Files that are new on a site, and those that are gone, by name in the output.

    Attributes:
        is_any: Whether some posts are others in more than their texts, so that what was made once may be no more.
    """

    fresh: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    is_any: bool = False


NOT_MOVED = Moved()


def outdated(context: Context, facts: Facts, recalled: Recall, target: Path) -> Outdated:
    """Return what has to be made so that the target holds the site.

    Args:
        context: The look-ups of this build; what has to be made to find out is made here and stays in it.
        facts: What is true now.
        recalled: What the last build remembers.
        target: The output.
    """
    pages = {output_name(page.path): page for page in context.pages}
    units: Mapping[str, str] = {}
    lost = recalled.lost
    if not lost:
        units = kept_units(facts)
        try:
            return _outdated(context, facts, recalled, target, pages, units)
        except (MemoryFault, DamagedError):
            lost = "what the last build remembered is damaged"
    return Outdated(lost=lost, files=dict.fromkeys(pages, Why(is_new=True)), units=units)


def _outdated(
    context: Context,
    facts: Facts,
    recalled: Recall,
    target: Path,
    pages: Mapping[str, Page],
    units: Mapping[str, str],
) -> Outdated:
    left = left_from_rows(recalled.unit_value)
    touched, is_tidy = touched_in(target, left)
    if MARKER not in left.files or MARKER in touched:
        raise DamagedError
    before = recalled.unit_digests()
    names = {name for name, digest in units.items() if before.get(name) != digest}
    gone_units = before.keys() - units.keys()
    changed = changed_facts(facts, recalled, names | gone_units)
    settled, gone = _settled(context, recalled, changed)
    hit = {name_of(key): key for key in settled.outdated}
    files: dict[str, Why] = {}
    for name in pages:
        if name in hit:
            files[name] = Why(
                chain=settled.chain_of(hit[name]),
                is_touched=name in touched,
                is_new=name not in left.files,
            )
        elif name not in left.files:
            files[name] = Why(is_new=True)
        elif name in touched:
            files[name] = Why(is_touched=True)
    removed = (fact_key(FILE, name) for name in left.files if name not in pages and name != MARKER)
    return Outdated(
        lost="",
        files=files,
        changed=changed,
        gone=(*gone, *removed),
        left=left,
        is_tidy=is_tidy,
        units={name: units[name] for name in names},
        gone_units=tuple(sorted(gone_units)),
    )


def outdated_by(
    context: Context,
    recalled: Recall,
    changed: Mapping[FactKey, str],
    left: Left,
    moved: Moved = NOT_MOVED,
) -> Outdated | None:
    """Return what has to be made when these facts alone are others; None when it is more than that.

    Args:
        context: The look-ups, as in `outdated`.
        recalled: What the last build remembers.
        changed: The facts, with their present digests.
        left: How the last build left the output, which nobody touched since.
        moved: The files that are new, and those that are gone.
    """
    settled, gone = _settled(context, recalled, changed)
    hit = set(map(name_of, settled.outdated)) - moved.gone
    if (gone and not moved.is_any) or not left.files.keys() >= hit:
        return None
    names = sorted(hit | moved.fresh, key=address_of_file)
    files = {
        name: Why(is_new=True)
        if name in moved.fresh
        else Why(chain=settled.chain_of(fact_key(FILE, name)))
        for name in names
    }
    removed = (fact_key(FILE, name) for name in sorted(moved.gone))
    return Outdated(
        lost="", files=files, changed=changed, gone=(*gone, *removed), left=left, is_tidy=True
    )


def _settled(
    context: Context, recalled: Recall, changed: Mapping[FactKey, str]
) -> tuple[Settled, list[FactKey]]:
    """Follow changed facts; return what that comes to, and what cannot be made any more."""
    gone: list[FactKey] = []
    again = Again(context)

    def remake(key: FactKey) -> bool | None:
        if key.startswith(f"{FILE} "):
            return None
        try:
            made = again.make(key)
        except (KeyError, BlognetError):
            made = False
        trace = context.recorder.trace_of(key) if made else None
        if trace is None:
            gone.append(key)
            return True
        return trace.digest != recalled.digest_of(key)

    return (settle(changed, recalled.readers, remake) if changed else _NOTHING), gone


def changed_facts(
    facts: Facts, recalled: Recall, units: Iterable[str], *, loose: bool = True
) -> Mapping[FactKey, str]:
    """Return the facts that are others now, with their present digests.

    Args:
        facts: What is true now.
        recalled: What the last build remembers.
        units: Those whose facts are looked at.
        loose: Whether those are, too, that belong to none.

    Raises:
        DamagedError: What is remembered makes no sense.
    """
    found: dict[FactKey, str] = {}
    single = recalled.loose_facts() if loose else ()
    for key, digest in (*single, *recalled.facts_of(sorted(units))):
        try:
            present = facts.digest_of(key)
        except (KeyError, ValueError):  # no fact has such a name
            raise DamagedError from None
        if present != digest:
            found[key] = present
    return found

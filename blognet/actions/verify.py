"""Check every byte of the record, the approved files included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.network import open_network, record_from
from blognet.disk.record import read_asset_copy, read_record
from blognet.kernel.errors import FaultsError

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.kernel.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many things were checked, and the faults found, sorted."""

    events: int
    subjects: int
    texts: int
    assets: int
    problems: tuple[Problem, ...]


def verify(start: Path) -> Verified:
    """Check the whole record: every event, text and word by its hash, every approved file by its bytes."""
    root, config = open_network(start)
    raw = read_record(root)
    record = record_from(raw, config)
    problems = list(record.problems)
    assets = sorted(raw.assets)
    for sha256 in assets:
        try:
            read_asset_copy(root, sha256)
        except FaultsError as error:
            problems += error.problems
    decided = record.subjects.values()
    return Verified(
        events=sum(len(one.stems) for one in decided),
        subjects=len(record.subjects),
        texts=sum(len(one.texts) for one in decided),
        assets=len(assets),
        problems=tuple(sorted(problems)),
    )

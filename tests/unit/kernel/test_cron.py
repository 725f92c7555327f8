from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from blognet.kernel.cron import cron_line, local_minute

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("moment", "local", "line"),
    [
        (datetime(2026, 12, 24, 7, tzinfo=UTC), "2026-12-24 08:00", "0 8 24 12 *"),
        (datetime(2026, 7, 24, 6, 0, 1, tzinfo=UTC), "2026-07-24 08:01", "1 8 24 7 *"),
        (datetime(2026, 12, 31, 22, 59, 30, tzinfo=UTC), "2027-01-01 00:00", "0 0 1 1 *"),
    ],
    ids=["winter", "summer, and a second past the minute", "the year changes while rounding"],
)
def test_a_moment_is_the_first_whole_minute_at_or_after_it_in_the_zone(
    moment: datetime, local: str, line: str
) -> None:
    assert local_minute(moment, zone=BERLIN) == local
    assert cron_line(moment, zone=BERLIN) == line

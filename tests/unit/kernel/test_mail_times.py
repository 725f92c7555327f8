"""Times as other programs have them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.times import mail_time


@given(st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_mail_has_times_as_the_standard_library_writes_them(moment: datetime) -> None:
    assert mail_time(moment) == format_datetime(moment, usegmt=True)

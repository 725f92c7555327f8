"""What a review keeps until it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blognet.disk.review_file import KeptChoice, keep_choices, kept_choices
from blognet.kernel.hashing import ContentHash
from blognet.kernel.ids import AuthorId, Kind, Subject

if TYPE_CHECKING:
    from pathlib import Path

ANN, CLEO = AuthorId("ann"), AuthorId("cleo")
CHOICE = KeptChoice(
    subject=Subject(kind=Kind.POST, id="hello", language="de"),
    content=ContentHash("a" * 64),
    verb="return",
    words="Schöner, bitte.\n\nUnd kürzer.",
    options={"quote": "x"},
)


def test_what_is_kept_comes_back_for_the_same_person_only(tmp_path: Path) -> None:
    keep_choices(tmp_path, ANN, (CHOICE,))
    assert kept_choices(tmp_path, ANN) == (CHOICE,)
    assert kept_choices(tmp_path, CLEO) == ()


def test_two_people_in_one_copy_do_not_lose_each_others(tmp_path: Path) -> None:
    keep_choices(tmp_path, ANN, (CHOICE,))
    keep_choices(tmp_path, CLEO, (CHOICE, CHOICE))
    keep_choices(tmp_path, CLEO, ())
    assert (kept_choices(tmp_path, ANN), kept_choices(tmp_path, CLEO)) == ((CHOICE,), ())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=60)
    | st.sampled_from(
        [
            b"{}",
            b"[]",
            b'{"format": 1, "reviews": []}',
            b'{"format": 1, "reviews": {"ann": [1, {}, {"subject": "post/a"}]}}',
            b"[" * 9999,
        ]
    )
)
def test_a_damaged_file_counts_as_nothing_kept(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / ".blognet").mkdir(exist_ok=True)
    (tmp_path / ".blognet/review.json").write_bytes(raw)
    assert kept_choices(tmp_path, ANN) == ()
    keep_choices(tmp_path, ANN, (CHOICE,))
    assert kept_choices(tmp_path, ANN) == (CHOICE,)

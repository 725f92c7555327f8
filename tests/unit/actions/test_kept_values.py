"""Values of a site come back as they were, and whatever else stands in the memory is refused and never run."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from blognet.actions.kept_values import value_as_bytes, value_from_bytes
from blognet.actions.nameless import KeptFaultError
from blognet.actions.packing import NotHereError
from blognet.kernel.ids import SitePath, subject_of
from blognet.site import LivePost
from blognet.site.pages import ListKey, ListKind, Page, PostPage
from tests.unit.site.published_values import live_post


class Harm:
    """Something that runs when it is read in the usual way."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Fail the test."""
        return pytest.fail, ("something was run",)


@pytest.mark.parametrize(
    "value",
    [
        Page(
            key="post/one",
            path=SitePath("/2024/one/"),
            shows=PostPage(post=subject_of("post/one"), related=(subject_of("post/two.de"),)),
            template="post.html",
            feeds=(ListKey(kind=ListKind.TAG, id="bells"),),
            changed=datetime(2024, 5, 2, tzinfo=UTC),
        ),
        (ListKey(kind=ListKind.HOME), "text", None, 7, {"a": [1.5, True]}),
        MappingProxyType({"rating": 5}),
        live_post("one").post.front,
    ],
)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    assert value_from_bytes(value_as_bytes(value)) == value


def test_a_post_comes_back_without_its_text() -> None:
    found = value_from_bytes(value_as_bytes(live_post("one", body="Secret words.")))
    assert isinstance(found, LivePost)
    assert (found.subject, found.post.front.title) == (subject_of("post/one"), "One")
    assert b"Secret" not in value_as_bytes(live_post("one", body="Secret words."))
    with pytest.raises(NotHereError):
        _ = found.post.body


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nothing of the kind",
        pickle.dumps(Harm()),
        pickle.dumps(datetime(2024, 5, 2, tzinfo=UTC)),
        value_as_bytes(("a", "tuple"))[:-3],
    ],
)
def test_what_is_no_value_is_refused(raw: bytes) -> None:
    with pytest.raises(KeptFaultError):
        value_from_bytes(raw)


def test_a_value_of_another_kind_is_not_kept() -> None:
    with pytest.raises(KeptFaultError):
        value_as_bytes(Harm())

"""Documents as bytes and back."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.problems import Location, Problem, Severity
from blognet.markup import Document, LinkKind
from blognet.markup.values import Image, Link, TocEntry
from blognet.render.documents import document_as_bytes, document_from_bytes

TEXTS = st.text(st.characters(codec=None), max_size=30)  # halves of surrogate pairs, too
NUMBERS = st.integers(min_value=0, max_value=10_000)
PROBLEMS = st.builds(
    Problem,
    location=st.builds(Location, path=TEXTS, line=NUMBERS),
    code=st.just("BN305"),
    severity=st.sampled_from(Severity),
    message=TEXTS,
)


@given(
    st.builds(
        Document,
        html=TEXTS,
        toc=st.lists(st.builds(TocEntry, level=NUMBERS, id=TEXTS, text=TEXTS)).map(tuple),
        links=st.lists(
            st.builds(Link, kind=st.sampled_from(LinkKind), target=TEXTS, text=TEXTS, line=NUMBERS)
        ).map(tuple),
        images=st.lists(st.builds(Image, src=TEXTS, alt=TEXTS, title=TEXTS, line=NUMBERS)).map(
            tuple
        ),
        words=NUMBERS,
        excerpt=TEXTS,
        text=TEXTS,
        problems=st.lists(PROBLEMS, max_size=2).map(tuple),
    )
)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    assert document_from_bytes(document_as_bytes(document)) == document


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no bytes of ours",
        zlib.compress(b"no line"),
        zlib.compress(b"[1, 2]\nabc"),
        zlib.compress(b'[1, [], [["no kind", "", "", 1]], [], 0, "", []]\nabc'),
        zlib.compress(b'[1, [], [], [], 0, "", []]\n\xff\xfe'),
        zlib.compress(b'["one", [], [], [], 0, "", []]\nabc'),
    ],
)
def test_other_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="these bytes are no Document"):
        document_from_bytes(raw)

"""A Document comes back from its bytes as it was; its links and its plain text when somebody asks for them."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.problems import Location, Problem, Severity
from blognet.markup import Document, LinkKind
from blognet.markup.values import Image, Link, TocEntry
from blognet.render import codes
from blognet.render.documents import document_as_bytes, document_from_bytes

PROBLEM = Problem(
    location=Location(path="posts/a.md", line=3),
    code=codes.LINK_LEADS_NOWHERE,
    severity=Severity.WARNING,
    message="nothing is there",
)
FULL = Document(
    html="<p>Two\nlines, \u00e4 \U0001f514 \ud800</p>\n" * 400,
    toc=(TocEntry(level=2, id="a", text="A\nheading"),),
    links=(
        Link(kind=LinkKind.HREF, target="b c", text="there", line=2),
        Link(kind=LinkKind.SRC, target="d.png"),
    ),
    images=(Image(src="d.png", alt=None, title="D", line=4), Image(src="e.png", alt="")),
    words=3,
    excerpt="Two lines",
    text="Two\nlines, \u00e4 \U0001f514 \ud800\n" * 400,
    problems=(PROBLEM,),
)
DOCUMENTS = pytest.mark.parametrize(
    "document", [FULL, Document(html=""), Document(html="<p>x</p>")], ids=["full", "none", "short"]
)


@DOCUMENTS
def test_a_document_comes_back_from_its_bytes(document: Document) -> None:
    assert document_from_bytes(document_as_bytes(document)) == document


@pytest.mark.parametrize("name", ["links", "text"])
def test_what_is_asked_for_first_of_the_rest_does_not_matter(name: str) -> None:
    read = document_from_bytes(document_as_bytes(FULL))
    assert getattr(read, name) == getattr(FULL, name)
    assert read == FULL


@DOCUMENTS
def test_a_document_that_was_not_read_to_the_end_can_be_sent(document: Document) -> None:
    read = document_from_bytes(document_as_bytes(document))
    assert pickle.loads(pickle.dumps(read)) == document  # noqa: S301  # written here


def test_what_a_document_has_not_is_missed_by_its_name() -> None:
    read = document_from_bytes(document_as_bytes(FULL))
    with pytest.raises(AttributeError, match="nothing"):
        read.nothing  # type: ignore[attr-defined]  # noqa: B018  # that is the point


def test_bytes_that_were_cut_or_changed_anywhere_are_no_document() -> None:
    raw = document_as_bytes(FULL)
    spoilt = [raw[:end] for end in range(0, len(raw), 7)]
    spoilt += [raw[:at] + bytes([raw[at] ^ 0x20]) + raw[at + 1 :] for at in range(len(raw))]
    for each in spoilt:
        with pytest.raises(ValueError, match="no Document"):
            document_from_bytes(each)


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

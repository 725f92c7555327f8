"""Sound and film in front matter: what is read, in which spellings, and how each fault is shown."""

from __future__ import annotations

from datetime import UTC

import pytest

from blognet.content.front_matter import FrontReading, read_front_matter
from blognet.content.media import media_type_of
from blognet.content.values import ReadingRules

RULES = ReadingRules(main_language="en", languages=("en",), zone=UTC)
AWAY = "https://cdn.example.org/ep1.mp3"


def read(lines: str) -> FrontReading:
    return read_front_matter(f"---\ntitle: T\n{lines}\n---\nText.", path="p.md", rules=RULES)


def said(lines: str) -> tuple[str, int | None, str]:
    reading = read(lines)
    assert reading.front is not None, reading.problems
    return reading.front.media, reading.front.media_length, media_type_of(reading.front)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("media: ./ep 1.mp3", ("ep 1.mp3", None, "audio/mpeg")),
        ("video: talk.WebM", ("talk.WebM", None, "video/webm")),
        ("audio: [a.ogg]", ("a.ogg", None, "audio/ogg")),
        (f"media: {AWAY}\nmedia_length: 12", (AWAY, 12, "audio/mpeg")),
        (f"podcast: {{url: '{AWAY}', bytes: 12, duration: '1:02'}}", (AWAY, 12, "audio/mpeg")),
        ("audio: {mp3: ep1.mp3}", ("ep1.mp3", None, "audio/mpeg")),
        (f"enclosure: |\n  {AWAY}\n  12\n  audio/mpeg", (AWAY, 12, "audio/mpeg")),
        (
            "media: {src: 'https://cdn.example.org/42', length: 9, type: Video/MP4}",
            ("https://cdn.example.org/42", 9, "video/mp4"),
        ),
        ("media: ''", ("", None, "")),
    ],
)
def test_sound_and_film_are_understood_in_the_words_of_other_generators(
    lines: str, expected: tuple[str, int | None, str]
) -> None:
    assert said(lines) == expected


@pytest.mark.parametrize(
    ("lines", "code", "line", "column", "hint"),
    [
        ("media: http://cdn.example.org/ep1.mp3", "BN882", 3, 8, "https://"),
        ("media: /2026/other/ep1.mp3", "BN882", 3, 8, "folder"),
        ("media: ../ep1.mp3", "BN127", 3, 8, "folder"),
        ("media: notes.pdf", "BN882", 3, 8, "media_type"),
        (f"media: {AWAY}", "BN883", 3, 8, "media_length"),
        (f"media: {AWAY}\nmedia_length: -1", "BN882", 4, 15, "24567890"),
        (f"media: {AWAY}\nmedia_length: 12 MB", "BN117", 4, 15, "digits"),
        ("media: a.mp3\nmedia_type: text/html", "BN882", 4, 13, "audio/mpeg"),
        ("audio: {mp3: a.mp3, colour: red}", "BN118", 3, 21, "expected one of"),
        ("audio: a.mp3\nvideo: a.mp4", "BN119", 4, 1, "keep 'media'"),
    ],
)
def test_a_fault_is_shown_where_it_is_with_what_to_write(
    lines: str, code: str, line: int, column: int, hint: str
) -> None:
    (problem,) = read(lines).problems
    place = problem.location
    assert (problem.code, place.line, place.column) == (code, line, column)
    assert hint in problem.hint

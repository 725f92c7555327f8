"""Text in, text out: decoding a source, slugs, quoting for the record. Knows no files and no YAML."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from blognet.kernel.ids import MAX_SLUG, Slug
from blognet.kernel.patterns import later

QUOTE = "| "
WORDS_QUOTE = "> "
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_TRANSLITERATED = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "å": "a", "œ": "oe",
        "đ": "d", "ð": "d", "þ": "th", "ł": "l", "\u0131": "i", "'": "", "\u2019": "", "&": " and ",
    }
)  # fmt: skip
_SIGNED_WORD = later(r"(?<=[^\W_])(?:[+\uff0b]+|[#\uff03\u266f])(?![^\W_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecodable:
    """Why bytes are not a source text, and where: line and column counted from 1."""

    reason: str
    line: int
    column: int


def decode_source(raw: bytes) -> str | Undecodable:
    """Return the text of a source file: UTF-8, a leading BOM dropped, CRLF turned into LF.

    A lone CR is a fault, because some tools would see a line end there and others would not; so is a NUL byte.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind the BOM; columns are characters, not bytes.
        before = error.object[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Undecodable(reason="not UTF-8 text", line=line, column=column)
    text = text.replace("\r\n", "\n")
    for character, reason in (
        ("\r", "a carriage return without a line feed"),
        ("\0", "a NUL byte"),
    ):
        at = text.find(character)
        if at >= 0:
            line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
            return Undecodable(reason=reason, line=line, column=column)
    return text


def slugify(text: str) -> Slug:
    """Return the slug of a title or file name; "" when nothing of it can stand in a URL.

    Latin letters lose their accents (``Köln`` gives ``koeln``), other scripts keep their letters.
    """
    if text.isascii():  # most titles; the same answer, sooner
        words = _ASCII_WORD.findall(text.lower().translate(_TRANSLITERATED))
        return Slug("-".join(words)[:MAX_SLUG].strip("-"))
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_TRANSLITERATED)
    plain = "".join(_without_latin_accents(unicodedata.normalize("NFKD", lowered)))
    # Taking a letter apart can bring out another capital or another composed letter.
    composed = unicodedata.normalize("NFKC", plain.lower())
    words = "".join(_words_of(composed)).split()
    return Slug("-".join(words)[:MAX_SLUG].strip("-"))


def slug_of_word(text: str) -> Slug:
    """Return the slug of a tag or a topic, in which a sharp and pluses at the end of a word are spelled out.

    C, C++ and C# are three things (``c``, ``c-plus-plus``, ``c-sharp``); in a title they would only be noise.
    """
    return slugify(_SIGNED_WORD.sub(_spelled_out, text))


def quote_lines(text: str, *, mark: str = QUOTE) -> str:
    """Prefix every line with a mark, reversibly, even when the text does not end in a line feed.

    The record keeps texts quoted: git would otherwise take an approved copy for a rename of the author's file and
    merge later edits into it.
    """
    return "".join(f"{mark}{line}\n" for line in text.split("\n"))


def unquote_lines(quoted: str, *, mark: str = QUOTE) -> str | None:
    """Undo `quote_lines`; None when the text was not made by it."""
    if not (quoted.endswith("\n") and quoted.startswith(mark)):
        return None
    # As a whole, and not line by line: every text of a network comes through here.
    lines = quoted[len(mark) : -1]
    text = lines.replace(f"\n{mark}", "\n")
    return text if len(text) + len(mark) * lines.count("\n") == len(lines) else None


def _spelled_out(signs: re.Match[str]) -> str:
    return "-plus" * len(signs[0]) if signs[0][0] in "+\uff0b" else "-sharp"


def _without_latin_accents(decomposed: str) -> list[str]:
    kept: list[str] = []
    base = ""
    for character in decomposed:
        if not unicodedata.combining(character):
            base = character
        elif "a" <= base <= "z":
            continue
        kept.append(character)
    return kept


def _words_of(text: str) -> list[str]:
    """Turn everything into blanks that is no letter, no digit and no mark on one: other scripts need their marks."""
    kept: list[str] = []
    for character in text:
        is_mark = unicodedata.category(character).startswith("M") and kept[-1:] not in ([], [" "])
        kept.append(character if character.isalnum() or is_mark else " ")
    return kept

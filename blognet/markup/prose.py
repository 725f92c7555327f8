"""Plain text: words, excerpts, the start of a text. Knows no HTML and no Markdown but a title's line."""

from __future__ import annotations

from blognet.kernel.patterns import later

EXCERPT_WORDS = 50
WORDS_A_MINUTE = 220
CHARACTERS_A_MINUTE = 500
"""Of Han, kana and Hangul, in which a character says about as much as half a word."""
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
_WORD = later(rf"[{_CJK}]|[^\W{_CJK}]+(?:['\u2019.,-][^\W{_CJK}]+)*")
_HAS_CJK = later(f"[{_CJK}]")
_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_DENSE = later(f"[{_CJK}{_HANGUL}]")
_WORD_WITHOUT_CJK = later(r"\w++(?:['\u2019.,-]\w++)*+")  # the same words, sooner
_SHAPE = bytes(
    ord("w" if sign.isalnum() or sign == "_" else "-" if sign in "'.,-" else " ")
    for sign in map(chr, range(128))
).decode("ascii")
"""What each ASCII character is to the words of a text: a part of one, a joint in one, or nothing."""
_ATX_TITLE = later(r" {0,3}#[ \t]+(?P<title>[^\n]*?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)")
_SETEXT_TITLE = later(r" {0,3}(?P<title>\S[^\n]*?)[ \t]*\n {0,3}=+[ \t]*(?:\n|\Z)")


def count_words(text: str) -> int:
    """Return the number of words; each Han or kana character counts as one, since no blanks stand between."""
    if text.isascii():
        return _count_ascii_words(text)
    pattern = _WORD if _HAS_CJK.search(text) else _WORD_WITHOUT_CJK
    return len(pattern.findall(text))


def _count_ascii_words(text: str) -> int:
    """Count the places where a word begins: behind neither a part of a word nor a joint that follows such a part."""
    shape = " " + text.translate(_SHAPE)
    return shape.count(" w") + shape.count(" -w") + shape.count("--w")


def reading_minutes(text: str, *, words: int) -> int:
    """Return how many minutes a text takes to read, at least 1.

    Han, kana and Hangul are counted by characters, all else by words, so that a text that mixes them is right, too.

    Args:
        text: Plain text.
        words: As `count_words` counts them.
    """
    dense = 0 if text.isascii() else len(_DENSE.findall(text))
    if dense:
        words = count_words(_DENSE.sub(" ", text))
    return max(1, round(words / WORDS_A_MINUTE + dense / CHARACTERS_A_MINUTE))


def first_words(text: str, limit: int = EXCERPT_WORDS) -> str:
    """Return the text, cut after `limit` words with an ellipsis when it is longer. Blanks become single."""
    for number, match in enumerate(_WORD.finditer(text)):
        if number == limit:
            return (
                squeeze(text[: match.start()]).rstrip(" ([{\u201c\u2018\"'-\u2013\u2014,;:")
                + "\u2026"
            )
    return squeeze(text)


def squeeze(text: str) -> str:
    """Return the text on one line with single blanks."""
    return " ".join(text.split())


def without_title(text: str, title: str) -> str:
    """Return a Markdown text without its first heading, if that is a top heading equal to the title.

    Many writers begin the text with the title that the front matter has already. The heading's lines stay as
    empty lines, so that line numbers keep their meaning.
    """
    start = len(text) - len(text.lstrip("\n"))
    match = _ATX_TITLE.match(text, start) or _SETEXT_TITLE.match(text, start)
    if match is None or squeeze(match["title"]).casefold() != squeeze(title).casefold():
        return text
    return "\n" * (start + match[0].count("\n")) + text[match.end() :]

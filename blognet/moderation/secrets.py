"""Keys and tokens in a text: where they are, and the text with each of them masked.

The shapes are those that the issuers document, each with a fixed mark that ordinary words do not have. What has such
a shape but little chance in it (``ghp_xxxx…``, ``AKIAIOSFODNN7EXAMPLE``) is an example and is let pass. The mask has
the length of what it covers, so that lines and columns stay true; every other check, plug-in and tool reads the masked
text, so none of them can repeat a secret.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from blognet.kernel.patterns import later
from blognet.kernel.places import SourceLines, source_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.kernel.problems import Problem

MASK = "\u2022"
"""Stands for one character of a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A secret in a text.

    Attributes:
        what: What it is, such as ``a GitHub token``.
        start: Offset of its first character, kind and all.
        end: Offset behind its last.
        hidden: Spans of the characters that must not be shown; what is left over says only which kind it is.
    """

    what: str
    start: int
    end: int
    hidden: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """A kind of token.

    Attributes:
        mark: Must be in the text, in this spelling (lower-case: in any case of letters), or nothing is looked for.
        pattern: Its group ``secret`` is what is hidden.
        least: The fewest bits of chance a character that a real one has.
    """

    what: str
    mark: str
    pattern: re.Pattern[str]
    least: float = 2.9


def _shape(what: str, mark: str, pattern: str, *, least: float = 2.9) -> _Shape:
    return _Shape(what=what, mark=mark, pattern=later(pattern), least=least)


_B = r"(?<![A-Za-z0-9])"
_W = "[A-Za-z0-9_-]"
_SHAPES: tuple[_Shape, ...] = (
    _shape("an AWS access key", "A", _B + r"A(?:KIA|SIA|CCA|BIA)(?P<secret>[A-Z2-7]{16})(?![A-Z0-9])"),
    _shape(
        "an AWS secret key", "aws",
        r"(?i:aws[\w.-]{0,20}(?:secret|key)[\w.-]{0,20})[\"']?\s{0,3}[=:]{1,2}\s{0,3}[\"']?"
        r"(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])",
    ),
    _shape("a GitHub token", "gh", _B + r"gh[opusr]_(?P<secret>[A-Za-z0-9]{36,255})"),
    _shape("a GitHub token", "github_pat_", _B + r"github_pat_(?P<secret>[A-Za-z0-9_]{50,255})"),
    _shape(
        "a GitLab token", "gl",
        _B + rf"gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|soat|imt|agent|ffct)-(?P<secret>{_W}{{20,255}})",
    ),
    _shape("a Slack token", "xox", _B + r"xox[abeoprs]-(?P<secret>[A-Za-z0-9-]{10,250})", least=2.4),
    _shape("a Slack token", "xapp-", _B + r"xapp-\d-(?P<secret>[A-Za-z0-9-]{20,250})"),
    _shape(
        "a Slack webhook", "hooks.slack.com",
        r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<secret>[A-Za-z0-9+/]{20,120})",
    ),
    _shape("a Stripe key", "_live_", _B + r"[sr]k_live_(?P<secret>[A-Za-z0-9]{16,250})"),
    _shape("a Stripe key", "_test_", _B + r"[sr]k_test_(?P<secret>[A-Za-z0-9]{16,250})"),
    _shape("a Stripe webhook secret", "whsec_", _B + r"whsec_(?P<secret>[A-Za-z0-9+/]{24,250})"),
    _shape("a Google API key", "AIza", _B + rf"AIza(?P<secret>{_W}{{35}})(?!{_W})"),
    _shape("a Google OAuth secret", "GOCSPX-", _B + rf"GOCSPX-(?P<secret>{_W}{{28}})(?!{_W})"),
    _shape("a Google access token", "ya29.", _B + rf"ya29\.(?P<secret>{_W}{{30,1000}})"),
    _shape("an npm token", "npm_", _B + r"npm_(?P<secret>[A-Za-z0-9]{36})(?![A-Za-z0-9])"),
    _shape("a PyPI token", "pypi-", _B + rf"pypi-(?P<secret>AgE{_W}{{50,1000}})"),
    _shape("an OpenAI key", "sk-", _B + rf"sk-(?:proj-|svcacct-|admin-)?(?P<secret>{_W}{{40,250}})"),
    _shape("a Hugging Face token", "hf_", _B + r"hf_(?P<secret>[A-Za-z0-9]{30,60})"),
    _shape("a SendGrid key", "SG.", _B + rf"SG\.(?P<secret>{_W}{{20,24}}\.{_W}{{39,50}})"),
    _shape("a DigitalOcean token", "do", _B + r"do[opr]_v1_(?P<secret>[a-f0-9]{64})", least=2.5),
    _shape("an Azure storage key", "AccountKey=", r"AccountKey=(?P<secret>[A-Za-z0-9+/]{86}==)"),
    _shape("an age key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1(?P<secret>[A-Z0-9]{58})"),
    _shape(
        "a JSON web token", "eyJ",
        _B + rf"(?P<secret>eyJ{_W}{{8,1000}}\.eyJ{_W}{{8,4000}}\.{_W}{{16,1000}})",
    ),
    _shape(
        "a password in an address", "://",
        r"://[^\s/:@?#\"'<>]{1,100}:(?P<secret>[^\s/:@?#\"'<>]{8,200})@", least=2.4,
    ),
)  # fmt: skip
_KEY_BEGIN = later(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_KEY_LINE = later(r"[>|\s\"']*[A-Za-z0-9+/=]{16,}[\\n\"',\s]*")
_KEY_LONGEST = 20_000
_KEY_LEAST = 40
_BASE64 = later(r"[A-Za-z0-9+/=]+")
_EXAMPLES = later(
    r"example|sample|dummy|placeholder|redacted|change[-_]?me|your[-_]?(?:token|key|secret|api|access|own|pass)"
    r"|insert[-_]|password|passw0rd|xxxx|\.\.\.|\*\*\*|0000000|1234567890|abcdefgh|deadbeef|secret",
    re.IGNORECASE,
)
_LONGEST_EXAMPLE = 100
"""In a longer value, a word of an example can stand by chance."""
_MOST_STEPS = 0.4
_TELLING = 6
"""So many first characters of a secret are taken for it."""


def secrets_in(text: str) -> tuple[Secret, ...]:
    """Return every secret of a text in order; none overlaps another."""
    lowered = text.lower()
    found = [*_private_keys(text)]
    for shape in _SHAPES:
        if shape.mark not in text and not (shape.mark.islower() and shape.mark in lowered):
            continue
        found += _of_shape(shape, text)
    chosen: list[Secret] = []
    for secret in sorted(found, key=lambda one: (one.start, -one.end)):
        if not chosen or secret.start >= chosen[-1].end:
            chosen.append(secret)
    return tuple(chosen)


def masked(text: str, secrets: tuple[Secret, ...] | None = None) -> str:
    """Return a text with each secret masked, character for character; line ends stay."""
    parts: list[str] = []
    at = 0
    for secret in secrets_in(text) if secrets is None else secrets:
        for start, end in secret.hidden:
            parts += [text[at:start], MASK * (end - start)]
            at = end
    return "".join([*parts, text[at:]])


def without_secrets(problems: Iterable[Problem], texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return problems whose excerpts and words show no secret of their texts, in the order given.

    Args:
        problems: Of any texts; what has no text here is left as it is.
        texts: Sources by path, as written.
    """
    hidden: dict[str, tuple[SourceLines, tuple[str, ...]]] = {}
    kept: list[Problem] = []
    for problem in problems:
        path = problem.location.path
        if path not in hidden and path in texts:
            secrets = secrets_in(texts[path])
            lines = source_lines(masked(texts[path], secrets), path=path)
            hidden[path] = (lines, values_of(texts[path], secrets))
        lines_and_values = hidden.get(path)
        if lines_and_values is None or not lines_and_values[1]:
            kept.append(problem)
        else:
            kept.append(_hidden(problem, *lines_and_values))
    return tuple(kept)


def _hidden(problem: Problem, lines: SourceLines, values: tuple[str, ...]) -> Problem:
    where = problem.location
    if where.excerpt and where.line:
        fresh = lines.location(where.line, where.column, width=where.width)
        where = replace(where, excerpt=fresh.excerpt)
    return replace(
        problem,
        location=where,
        message=without_values(problem.message, values),
        hint=without_values(problem.hint, values),
    )


def values_of(text: str, secrets: tuple[Secret, ...]) -> tuple[str, ...]:
    """Return the characters of a text that are masked, only ever to mask them again elsewhere."""
    return tuple(text[start:end] for secret in secrets for start, end in secret.hidden)


def without_values(words: str, values: tuple[str, ...]) -> str:
    """Return a message with the secrets of a text masked, those cut off after a few characters too."""
    words = masked(words)
    for value in values:
        head = value[:_TELLING]
        at = words.find(head)
        while at >= 0:
            end = at + len(head)
            while end < len(words) and end - at < len(value) and words[end] == value[end - at]:
                end += 1
            words = words[:at] + MASK * (end - at) + words[end:]
            at = words.find(head, end)
    return words


def _of_shape(shape: _Shape, text: str) -> Iterator[Secret]:
    for match in shape.pattern.finditer(text):
        if _is_real(match["secret"], least=shape.least):
            yield Secret(
                what=shape.what,
                start=match.start(),
                end=match.end(),
                hidden=(match.span("secret"),),
            )


def _private_keys(text: str) -> Iterator[Secret]:
    behind = 0
    for match in _KEY_BEGIN.finditer(text):
        if match.start() < behind:
            continue
        # Every header ends in five hyphens, so no search passes the next one: the time stays in proportion.
        limit = match.end() + _KEY_LONGEST
        end = text.find("-----END ", match.end(), limit)
        again = text.find("-----BEGIN", match.end(), limit if end < 0 else end)
        if again >= 0 or end < 0:
            end = _end_of_key(text, match.end(), limit if again < 0 else again)
        body = "".join(_BASE64.findall(text[match.end() : end]))
        if len(body) >= _KEY_LEAST and _is_real(body, least=3.5):
            behind = end
            hidden = tuple(found.span() for found in re.finditer(r"\S+", text[match.end() : end]))
            yield Secret(
                what="a private key",
                start=match.start(),
                end=end,
                hidden=tuple((match.end() + left, match.end() + right) for left, right in hidden),
            )


def _end_of_key(text: str, start: int, limit: int) -> int:
    """Return where the lines of a key end that has no last line; `start` is behind its first."""
    at = text.find("\n", start, limit)
    if at < 0:
        return min(limit, len(text))
    while 0 <= at < limit:
        following = text.find("\n", at + 1, limit)
        line = text[at + 1 : following if following >= 0 else min(limit, len(text))]
        if not _KEY_LINE.fullmatch(line):
            return at
        if following < 0:
            return min(limit, len(text))
        at = following
    return min(limit, len(text))


def _is_real(value: str, *, least: float) -> bool:
    """Whether a value looks drawn by chance, and not written by a person as an example."""
    is_example = len(value) <= _LONGEST_EXAMPLE and _EXAMPLES.search(value) is not None
    if is_example or _entropy(value) < least:
        return False
    steps = sum(1 for left, right in pairwise(value) if ord(right) - ord(left) == 1)
    if steps > _MOST_STEPS * len(value):
        return False
    return not _is_known_sample(value)


def _entropy(value: str) -> float:
    """Return the bits of chance in a character, as far as the value itself tells."""
    total = len(value)
    return -sum(count / total * math.log2(count / total) for count in Counter(value).values())


def _is_known_sample(value: str) -> bool:
    """Whether a JSON web token says of itself that it is the one of every tutorial."""
    parts = value.split(".")
    if len(parts) != 3 or not value.startswith("eyJ"):  # noqa: PLR2004  header, claims, signature
        return False
    try:
        claims = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
    except (binascii.Error, ValueError):
        return False
    return any(sample in claims for sample in (b"John Doe", b"1234567890", b"example"))

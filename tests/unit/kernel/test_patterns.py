"""A pattern that is compiled later does what the pattern does."""

from __future__ import annotations

import re

import pytest

from blognet.kernel.patterns import later


def test_a_later_pattern_finds_what_the_pattern_finds() -> None:
    now, then = re.compile("(?P<word>a+)b", re.IGNORECASE), later("(?P<word>a+)b", re.IGNORECASE)
    for _ in range(2):  # before it is compiled, and after
        assert [found["word"] for found in then.finditer("AAb ab")] == ["AA", "a"]
        assert then.sub("x", "aab") == now.sub("x", "aab")
        assert (then.pattern, then.flags, dict(then.groupindex)) == (
            now.pattern,
            now.flags,
            dict(now.groupindex),
        )


def test_nothing_is_compiled_until_somebody_asks() -> None:
    faulty = later("(")
    with pytest.raises(re.error):
        faulty.search("")


def test_what_no_pattern_can_do_a_later_one_cannot_either() -> None:
    assert not hasattr(later("a"), "finds")

"""Seals: who knows a shared key made these words, and nobody changed them (HMAC-SHA256, RFC 2104)."""

from __future__ import annotations

import hmac

from blognet.kernel.hashing import canonical_encoding

SHORTEST_KEY = 16
"""In bytes. A shorter key can be guessed."""


def seal(key: bytes, purpose: str, *words: str) -> str:
    """Return the seal of words: 64 lower-case hex digits.

    Args:
        key: The shared key.
        purpose: What the seal is for, so that one made for something else is not taken for it.
        words: What is sealed; other words, or the same in another order, have another seal.
    """
    return hmac.digest(key, canonical_encoding((purpose, *words)), "sha256").hex()


def is_sealed(given: str, key: bytes, purpose: str, *words: str) -> bool:
    """Whether a seal is that of the words; how long the answer takes says nothing about the right one."""
    right = seal(key, purpose, *words)
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), right.encode("ascii"))

"""Keys and tokens: each well-known shape is found and masked, and what is visibly made up is let pass."""

from __future__ import annotations

import base64
import json
import string

import pytest

from blognet.kernel.problems import Location, Problem
from blognet.moderation.secrets import MASK, masked, secrets_in, without_secrets
from tests.unit.moderation.check_texts import HEAD, chance, found, look

TUTORIAL = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."
    "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
)
"""The web token that every tutorial shows."""
BASE32 = string.ascii_uppercase + "234567"
HEX = "0123456789abcdef"


def _jwt() -> str:
    header = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    claims = base64.urlsafe_b64encode(json.dumps({"sub": "ben", "iat": 1793445}).encode())
    return f"{header.decode().rstrip('=')}.{claims.decode().rstrip('=')}.{chance(43, seed=1)}"


def _key(kind: str = "RSA ", *, end: bool = True) -> str:
    body = "\n".join(chance(64, seed=seed) for seed in range(8))
    last = f"\n-----END {kind}PRIVATE KEY-----" if end else ""
    return f"-----BEGIN {kind}PRIVATE KEY-----\n{body}{last}"


# What it is, what stays readable, what must not: put together here so that no scanner takes this file for a leak.
SHAPES = [
    ("an AWS access key", "AKIA", chance(16, seed=2, alphabet=BASE32)),
    ("an AWS access key", "ASIA", chance(16, seed=3, alphabet=BASE32)),
    ("an AWS secret key", "aws_secret_access_key = ", chance(40, seed=4)),
    ("an AWS secret key", '"AWS_SECRET_ACCESS_KEY": "', chance(40, seed=5)),
    ("a GitHub token", "ghp_", chance(36, seed=6)),
    ("a GitHub token", "gho_", chance(36, seed=7)),
    ("a GitHub token", "ghs_", chance(36, seed=8)),
    ("a GitHub token", "github_pat_", f"{chance(22, seed=9)}_{chance(59, seed=10)}"),
    ("a GitLab token", "glpat-", chance(20, seed=11)),
    ("a GitLab token", "gldt-", chance(20, seed=12)),
    ("a Slack token", "xoxb-", f"{chance(12, seed=13, alphabet='123456789')}-{chance(24, seed=14)}"),
    ("a Slack token", "xapp-1-", chance(40, seed=15)),
    ("a Slack webhook", "https://hooks.slack.com/services/", f"T{chance(8, seed=16)}/B{chance(33, seed=17)}"),
    ("a Stripe key", "sk_live_", chance(24, seed=19)),
    ("a Stripe key", "rk_test_", chance(24, seed=20)),
    ("a Stripe webhook secret", "whsec_", chance(32, seed=21)),
    ("a Google API key", "AIza", chance(35, seed=22)),
    ("a Google OAuth secret", "GOCSPX-", chance(28, seed=23)),
    ("a Google access token", "ya29.", chance(60, seed=24)),
    ("an npm token", "npm_", chance(36, seed=25)),
    ("a PyPI token", "pypi-", f"AgE{chance(100, seed=26)}"),
    ("an OpenAI key", "sk-proj-", chance(48, seed=27)),
    ("a Hugging Face token", "hf_", chance(34, seed=28)),
    ("a SendGrid key", "SG.", f"{chance(22, seed=29)}.{chance(43, seed=30)}"),
    ("a DigitalOcean token", "dop_v1_", chance(64, seed=31, alphabet=HEX)),
    ("an Azure storage key", "AccountKey=", f"{chance(86, seed=32)}=="),
    ("an age key", "AGE-SECRET-KEY-1", chance(58, seed=33, alphabet=string.ascii_uppercase + string.digits)),
    ("a JSON web token", "Bearer ", _jwt()),
    ("a password in an address", "postgres://blog:", chance(16, seed=34)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "mark", "secret"), SHAPES, ids=[mark for _, mark, _ in SHAPES])
def test_each_shape_is_found_and_its_secret_part_masked(what: str, mark: str, secret: str) -> None:
    end = "@db.internal/x" if mark.startswith("postgres") else ' "and so on'
    text = f"Before {mark}{secret}{end}\nafter"
    assert [one.what for one in secrets_in(text)] == [what]
    assert masked(text) == f"Before {mark}{MASK * len(secret)}{end}\nafter"


@pytest.mark.parametrize("kind", ["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "])
def test_a_private_key_is_masked_whole_and_keeps_its_lines(kind: str) -> None:
    key = _key(kind)
    text = f"Look:\n\n{key}\n\nThere.\n"
    (secret,) = secrets_in(text)
    shown = masked(text)
    assert secret.what == "a private key"
    assert shown.count("\n") == text.count("\n")
    assert len(shown) == len(text)
    assert not [line for line in key.split("\n")[1:-1] if line in shown]
    assert f"-----BEGIN {kind}PRIVATE KEY-----" in shown
    assert "There." in shown


def test_a_private_key_in_a_quotation_or_without_its_end_is_masked_too() -> None:
    quoted = "\n".join(f"> {line}" for line in _key().split("\n"))
    cut = f"{_key(end=False)}\n\nProse after it stays.\n"
    for text in (quoted, cut):
        lines = [line for line in text.split("\n") if line[2:10].isalnum()]
        assert lines
        shown = masked(text)
        assert not [line for line in _key().split("\n")[1:-1] if line in shown]
    assert "Prose after it stays." in masked(cut)


@pytest.mark.parametrize(
    "made_up",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_" + "x" * 36,
        "ghp_" + "a1b2" * 9,
        "ghp_123456789012345678901234567890123456",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "glpat-your-token-here-please",
        "sk_live_" + "0" * 24,
        "xoxb-your-token-here",
        "AIza" + "A" * 35,
        "postgres://user:password@localhost/db",
        "https://user:********@host/",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----",
        TUTORIAL,
        "npm_config_registry and hf_hub and sk-learn and glitch",
        "https://example.org:8080/path@home",
        "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "commit 3f9c2a1b5d6e7f8091a2b3c4d5e6f708192a3b4c",
    ],
)
def test_what_is_visibly_made_up_or_no_secret_is_let_pass(made_up: str) -> None:
    assert secrets_in(f"Write {made_up} here.") == ()


def test_a_secret_in_the_front_matter_in_code_and_in_a_comment_is_found() -> None:
    tokens = ["ghp_" + chance(36, seed=seed) for seed in range(40, 43)]
    head = f"---\ntitle: T\nauthors: [ben]\nextra: {{key: {tokens[0]}}}\n---\n\n"
    text = f"{head}```\n{tokens[1]}\n```\n\n<!-- {tokens[2]} -->\n"
    assert found("secrets", text) == ((4, 14, tokens[0]), (8, 1, tokens[1]), (11, 6, tokens[2]))


def test_no_finding_of_any_check_repeats_a_secret() -> None:
    token = "ghp_" + chance(36, seed=50)
    text = f"{HEAD}[a](/x?{token}) ![{token}](https://img.example.com/{token}.png) ben@{token}.io {token} foo"
    findings = look(text, "banned-words: [foo]\nunreleased: [ghp*]")
    assert {one.check for one in findings} >= {"links", "secrets", "banned-words", "remote-images"}
    assert token[4:12] not in repr(findings)


def test_a_problem_that_repeats_a_line_or_a_piece_of_a_secret_loses_it() -> None:
    token = "ghp_" + chance(36, seed=51)
    text = f"title: {token}\n"
    where = Location(path="a.md", line=1, column=8, width=40, excerpt=f"title: {token}")
    problem = Problem(location=where, code="BN117", message=f"found '{token[:20]}…'", hint=token)
    (shown,) = without_secrets((problem,), {"a.md": text})
    assert token[4:12] not in repr(shown)
    assert shown.location.excerpt == f"title: ghp_{MASK * 36}"
    assert shown.message.startswith("found 'ghp_")


def test_masking_again_changes_nothing() -> None:
    text = " ".join(mark + secret for _, mark, secret in SHAPES)
    assert masked(masked(text)) == masked(text)

"""What stands for a formula until the sanitiser has seen the text: its TeX, with a mark."""

from __future__ import annotations

from html import escape

from blognet.markup import allow

MARK = "math"


def mark(tex: str, line: int, *, is_display: bool) -> str:
    """Return what stands for a formula until the sanitiser has seen the text."""
    kind = "block" if is_display else "inline"
    return f'<var {allow.OWN_MARK}="{MARK} {kind} {line}">{escape(tex, quote=False)}</var>'


def fence(content: str, line: int) -> str:
    """Return what stands for a formula that is a fence; `line` is that of its opening."""
    tex = content.strip()
    line += 1 + content.count("\n", 0, len(content) - len(content.lstrip()))
    own = f'{allow.OWN_MARK}="{MARK} block {line}"'
    return f"<pre {own}><code>{escape(tex or content, quote=False)}\n</code></pre>\n"

"""Source texts that commands write or change. Pure: text in, text out. Changes as little as can be.

Each change is read back and compared before it is returned: an edit that would change anything but what was asked
for is not made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.fences import Fence, Fenced, split_front_matter
from blognet.content.front_matter import load_block
from blognet.content.spelling import Spelled, spelled
from blognet.kernel.yamltree import Plain, YamlDocument, YamlEntry, YamlScalar, plain_value
from blognet.kernel.yamlvalues import MisfitError, bool_of
from blognet.kernel.yamlwrite import yaml_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.yamlwrite import Writable


def compose_source(front: Mapping[str, Writable], body: str) -> str:
    """Return a source text with front matter and body; it always ends in a line feed.

    Args:
        front: Keys in the order in which they are written.
        body: Markdown. Blank lines around it are not kept.
    """
    text = body.strip("\n")
    below = f"\n{text}\n" if text else ""
    return f"---\n{yaml_lines(front)}---\n{below}"


def without_draft(text: str) -> str | None:
    """Return the text without the line that makes it a draft, everything else as it was.

    The line may say `draft: true`, `published: false` or `status: draft`.

    Args:
        text: LF or CRLF line ends; they are kept.

    Returns:
        None when no line of its own makes the text a draft; then a person has to look.
    """
    plain = text.replace("\r\n", "\n")
    before = _document(plain)
    key = _draft_key(before) if before else None
    if before is None or key is None:
        return None
    lines = text.split("\n")
    changed = "\n".join([*lines[: key.line - 1], *lines[key.line :]])
    after = _document(changed.replace("\r\n", "\n"))
    expected = {name: value for name, value in _plain(before).items() if name != key.text}
    return changed if after is not None and _plain(after) == expected else None


def with_front_value(text: str, key: str, value: Writable) -> str | None:
    """Return the text with one canonical key set, everything else as it was.

    A key already there, in any spelling, has its lines replaced; a new one is added below the last. A text without
    front matter gets one.

    Args:
        text: LF line ends.
        key: A canonical key.
        value: What it shall say.

    Returns:
        None when the front matter can't be read or is written in a way that can't be changed line by line.
    """
    fenced = split_front_matter(text)
    if fenced.fence is Fence.NONE:
        return f"---\n{yaml_lines({key: value})}---\n\n{text}"
    document = _document(text)
    if document is None or fenced.fence is not Fence.YAML:
        return None
    block = fenced.block.split("\n")[:-1]
    old = _entry_of(document, key)
    start, end = _lines_of(old, document, fenced) if old else (len(block), len(block))
    block[start:end] = yaml_lines({key: value}).split("\n")[:-1]
    first = fenced.block_line - 1
    lines = text.split("\n")
    last = first + fenced.block.count("\n")
    changed = "\n".join([*lines[:first], *block, *lines[last:]])
    after = _document(changed)
    expected = {
        name: other for name, other in _plain(document).items() if not old or name != old.key.text
    }
    if after is None:
        return None
    found = _plain(after)
    found.pop(key, None)
    return changed if found == expected and after.root.entry(key) else None


def _document(text: str) -> YamlDocument | None:
    fenced = split_front_matter(text)
    document, _ = load_block(fenced, text=text, path="")
    return document


def _plain(document: YamlDocument) -> dict[str, Plain]:
    return {entry.key.text: plain_value(entry.value) for entry in document.root.entries}


def _draft_key(document: YamlDocument) -> YamlScalar | None:
    """Return the key that makes it a draft, when it and its value stand alone on a line."""
    keys: Spelled = spelled(document)
    key, value = keys.keys.get("draft"), keys.values.get("draft")
    if key is None or value is None or value.line != key.line:
        return None
    try:
        drafted = bool_of(value)
    except MisfitError:
        return None
    return key if drafted else None


def _entry_of(document: YamlDocument, canonical: str) -> YamlEntry | None:
    key = spelled(document).keys.get(canonical)
    return document.root.entry(key.text) if key else None


def _lines_of(old: YamlEntry, document: YamlDocument, fenced: Fenced) -> tuple[int, int]:
    """Return the half-open range of the block's lines that an entry takes: up to the next key."""
    following = [entry.key.line for entry in document.root.entries if entry.key.line > old.key.line]
    end = min(following, default=fenced.block_line + fenced.block.count("\n"))
    block = fenced.block.split("\n")
    last = end - fenced.block_line
    # Comments and blank lines above the next key belong to it.
    while last - 1 > old.key.line - fenced.block_line and _is_remark(block[last - 1]):
        last -= 1
    return old.key.line - fenced.block_line, last


def _is_remark(line: str) -> bool:
    return not line.strip() or line.startswith("#")

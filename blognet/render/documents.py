"""Documents as bytes, so that they can be kept and sent between processes. JSON: what is read back is data alone.

The bytes are an implementation's own affair: they are named by keys that change with the program (`TextKeys`), so the
form may change from version to version. They are two parts: what pages show, and the rest, which is taken apart when
somebody asks for it. The HTML stands as it is behind the JSON, since it is most of what pages read.
"""

from __future__ import annotations

import json
import zlib
from functools import partial

from blognet.kernel.problem_lists import problem_as_list, problem_from_list
from blognet.markup import Document, LinkKind
from blognet.markup.values import Image, Link, TocEntry, document_without_rest

_QUICK = 1
"""The level of compression: a fraction of a millisecond, and a third of the size."""
_NUMBER = 4
"""The bytes of a number: how long the first part is, and the CRC-32 of the second."""


def document_as_bytes(document: Document) -> bytes:
    """Write a Document as bytes."""
    shown = [
        [[entry.level, entry.id, entry.text] for entry in document.toc],
        [[image.src, image.alt, image.title, image.line] for image in document.images],
        document.words,
        document.excerpt,
        [problem_as_list(problem) for problem in document.problems],
    ]
    links = [[link.kind.value, link.target, link.text, link.line] for link in document.links]
    first = _compressed(f"{json.dumps(shown)}\n{document.html}", "")
    second = _compressed(f"{json.dumps(links)}\n{document.text}", document.html)
    numbers = (len(first), zlib.crc32(second))
    return b"".join((*(each.to_bytes(_NUMBER, "big") for each in numbers), first, second))


def document_from_bytes(raw: bytes) -> Document:
    """Read what `document_as_bytes` wrote.

    Raises:
        ValueError: It is something else.
    """
    try:
        start = 2 * _NUMBER
        end = start + int.from_bytes(raw[:_NUMBER], "big")
        second = _checked(raw[end:], int.from_bytes(raw[_NUMBER:start], "big"))
        first = zlib.decompress(raw[start:end]).decode("utf-8", "surrogatepass")
        shown, _, html = first.partition("\n")
        toc, images, words, excerpt, problems = json.loads(shown)
        return document_without_rest(
            html=html,
            toc=tuple([TocEntry(level=level, id=ident, text=name) for level, ident, name in toc]),
            images=tuple(
                [
                    Image(src=src, alt=alt, title=title, line=line)
                    for src, alt, title, line in images
                ]
            ),
            words=words,
            excerpt=excerpt,
            problems=tuple(map(problem_from_list, problems)),
            read_rest=partial(_rest_from_bytes, second, html),
        )
    except (zlib.error, TypeError, ValueError) as error:
        message = "these bytes are no Document"
        raise ValueError(message) from error


def _compressed(text: str, known: str) -> bytes:
    """Compress a text; what it shares with one that is known already takes next to no room."""
    packer = zlib.compressobj(_QUICK, zdict=_encoded(known))
    return packer.compress(_encoded(text)) + packer.flush()


def _checked(raw: bytes, crc: int) -> bytes:
    if zlib.crc32(raw) != crc:
        raise ValueError
    return raw


def _rest_from_bytes(raw: bytes, html: str) -> tuple[tuple[Link, ...], str]:
    unpacked = zlib.decompressobj(zdict=_encoded(html)).decompress(raw)
    said, _, text = unpacked.decode("utf-8", "surrogatepass").partition("\n")
    links = [
        Link(kind=LinkKind(kind), target=target, text=words, line=line)
        for kind, target, words, line in json.loads(said)
    ]
    return tuple(links), text


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

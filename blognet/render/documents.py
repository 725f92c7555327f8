"""Documents as bytes, so that they can be kept and sent between processes. What is read back is data alone.

The bytes are an implementation's own affair: they are named by keys that change with the program (`TextKeys`), so the
form may change from version to version.
"""

from __future__ import annotations

import json
import zlib

from blognet.kernel.problem_lists import problem_as_list, problem_from_list
from blognet.markup import Document, LinkKind
from blognet.markup.values import Image, Link, TocEntry

_QUICK = 1
"""The level of compression: a fraction of a millisecond, and a third of the size."""


def document_as_bytes(document: Document) -> bytes:
    """Write a Document as bytes: a line of JSON, then the long texts as they are, which JSON takes longest with."""
    html = document.html.encode("utf-8", "surrogatepass")
    said = [
        len(html),
        [[entry.level, entry.id, entry.text] for entry in document.toc],
        [[link.kind.value, link.target, link.text, link.line] for link in document.links],
        [[image.src, image.alt, image.title, image.line] for image in document.images],
        document.words,
        document.excerpt,
        [problem_as_list(problem) for problem in document.problems],
    ]
    head = json.dumps(said).encode("ascii")
    text = document.text.encode("utf-8", "surrogatepass")
    return zlib.compress(b"\n".join((head, html + text)), _QUICK)


def document_from_bytes(raw: bytes) -> Document:
    """Read what `document_as_bytes` wrote.

    Raises:
        ValueError: It is something else.
    """
    try:
        plain = zlib.decompress(raw)
        begin = plain.index(b"\n") + 1
        size, toc, links, images, words, excerpt, problems = json.loads(plain[:begin])
        end = begin + size
        return Document(
            html=plain[begin:end].decode("utf-8", "surrogatepass"),
            toc=tuple(TocEntry(level=level, id=ident, text=name) for level, ident, name in toc),
            links=tuple(
                Link(kind=LinkKind(kind), target=target, text=said, line=line)
                for kind, target, said, line in links
            ),
            images=tuple(
                Image(src=src, alt=alt, title=title, line=line) for src, alt, title, line in images
            ),
            words=words,
            excerpt=excerpt,
            text=plain[end:].decode("utf-8", "surrogatepass"),
            problems=tuple(problem_from_list(problem) for problem in problems),
        )
    except (zlib.error, TypeError, ValueError) as error:
        message = "these bytes are no Document"
        raise ValueError(message) from error

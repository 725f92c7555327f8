"""Begin a post: a draft in ``queue/`` with front matter and a few words of help. Replaces nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.entries import languages_in
from blognet.content.write import compose_source
from blognet.disk.writing import make_folders, write_new_file
from blognet.kernel.errors import ConflictError, UsageError
from blognet.kernel.ids import Kind, SourcePath, Subject, parse_slug
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.text import slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId
    from blognet.kernel.yamlwrite import Writable

HELP = """\
<!--
Write here, in Markdown, and delete these lines; readers would not see them anyway.

A heading:   ## What we tried
Emphasis:    *a little*, **more**
A link:      [our shop](https://example.org/)
Code:        `print()`
A picture:   like a link, with an exclamation mark before it. The picture lies beside the text in a folder of
             its own; blognet new --bundle makes one.

summary is a sentence or two for lists and feeds; without one, the first words of the text are taken.
-->
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to write.

    Attributes:
        title: On one line.
        author: Who.
        slug: The id; "" for one made from the title.
        language: A configured tag; "" for the main language.
        tags: As they will be shown.
        bundle: Whether pictures will lie beside it.
    """

    title: str
    author: AuthorId
    slug: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    bundle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunPost:
    """A draft: its subject, its path, its text."""

    subject: Subject
    path: SourcePath
    text: str


def begin_post(network: Network, wanted: Wanted, *, dry_run: bool = False) -> BegunPost:
    """Write a draft to ``queue/``, or beside its translation when that is a bundle.

    Raises:
        UsageError: No id can be made of the title, or the language is not configured.
        ConflictError: There is such a post already.
        BlognetError: The disk refuses.
    """
    subject = Subject(
        kind=Kind.POST, id=_slug_of(wanted), language=_language_of(network, wanted.language)
    )
    known = network.entries.get(subject)
    if known is not None:
        raise _taken(known)
    path = _path_of(network, subject, bundle=wanted.bundle)
    text = _text_of(wanted)
    if not dry_run:
        *folders, name = path.split("/")
        target = make_folders(network.root, *folders) / name
        if not write_new_file(target, text.encode("utf-8")):
            message = f"{path} exists already"
            raise ConflictError(message, hint=f"write on in {path}, or choose another title")
    return BegunPost(subject=subject, path=path, text=text)


def _slug_of(wanted: Wanted) -> str:
    if wanted.slug:
        if parse_slug(wanted.slug) is None:
            good = slugify(wanted.slug)
            message = f"'{wanted.slug}' cannot be part of an address"
            raise UsageError(message, hint=f"--slug {good}" if good else "use letters and digits")
        return wanted.slug
    slug = slugify(wanted.title)
    if not slug:
        message = f"no address can be made of the title '{wanted.title}'"
        raise UsageError(message, hint="add one: --slug a-short-name")
    return slug


def _language_of(network: Network, wanted: str) -> str:
    main, tags = network.config.language, network.config.languages
    found = next((tag for tag in tags if tag.casefold() == wanted.casefold()), None)
    if wanted and found is None:
        message = f"the language '{wanted}' is not configured; configured are {', '.join(tags)}"
        hint = did_you_mean(wanted, tags) or "a mayor adds it to 'languages' in blognet.yml"
        raise UsageError(message, hint=hint)
    return "" if found is None or found == main else found


def _taken(known: Entry) -> ConflictError:
    if known.proposal is not None:
        message = f"there is a post '{known.subject.name}' already: {known.proposal.path}"
        return ConflictError(
            message,
            hint=f"to change it, edit {known.proposal.path}; else choose another title or --slug",
        )
    message = f"a post '{known.subject.name}' was decided on before, and its address stays its own"
    return ConflictError(message, hint="choose another title or --slug")


def _path_of(network: Network, subject: Subject, *, bundle: bool) -> SourcePath:
    """Return where the draft goes; a translation of a bundle goes into it, to share its pictures."""
    suffix = f".{subject.language}.md" if subject.language else ".md"
    for entry in languages_in(network.entries, subject):
        if entry.proposal is not None and entry.proposal.bundle:
            return SourcePath(f"{entry.proposal.bundle}/index{suffix}")
    if bundle:
        return SourcePath(f"queue/{subject.id}/index{suffix}")
    return SourcePath(f"queue/{subject.id}{suffix}")


def _text_of(wanted: Wanted) -> str:
    front: Mapping[str, Writable] = {
        "title": wanted.title,
        "authors": [wanted.author],
        "tags": list(wanted.tags),
        "summary": "",
        "draft": True,
    }
    return compose_source(front, HELP)

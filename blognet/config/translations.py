"""What the settings say in other languages: of the site, of topics and teams, of links. Knows no file and no page.

Each is a mapping from a language of the network to a few texts. Whether the network has the language is asked in
`blognet.config.reading`, where all of the file is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from blognet.config import codes, settings
from blognet.config.described import described
from blognet.kernel.ids import parse_language
from blognet.kernel.yamlmodels import Read
from blognet.kernel.yamltree import YamlMapping, YamlScalar, shortened
from blognet.kernel.yamlvalues import MisfitError, entries_of, text_of

if TYPE_CHECKING:
    from blognet.kernel.yamltree import YamlNode

_Text = Annotated[str, Read(text_of)]
_Line = Annotated[str, Read(settings.line_of)]


def by_language(value: object) -> dict[str, YamlNode]:
    """Return what stands under each language tag."""
    if isinstance(value, YamlMapping):
        for entry in value.entries:
            if parse_language(entry.key.text) is None:
                message = f"expected a language tag, found '{shortened(entry.key.text)}'"
                hint = "write the texts of each language below its tag, such as de or pt-BR"
                raise MisfitError(message, code=codes.BAD_LANGUAGE, hint=hint, node=entry.key)
    return entries_of(value)


def _with(key: str, value: object) -> dict[str, YamlNode]:
    return {key: value} if isinstance(value, YamlScalar) else entries_of(value)


def _term_entries(value: object) -> dict[str, YamlNode]:
    return _with("title", value)


def _link_entries(value: object) -> dict[str, YamlNode]:
    return _with("label", value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWords:
    """What the settings say of the site in one language."""

    title: _Line = field(
        default="", metadata=described("The site's name, where it has another one.")
    )
    tagline: _Line = field(default="", metadata=described("A few words below the title."))
    description: _Line = field(
        default="",
        metadata=described("A sentence about the site, for search engines and feed readers."),
    )
    footer: _Text = field(default="", metadata=described("Plain text at the bottom of every page."))
    copyright: _Line = field(default="", metadata=described("Who holds the rights."))


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWords:
    """What a topic or team is called in another language."""

    title: _Line = field(metadata=described("As shown to readers; a bare text is this."))
    description: _Text = field(
        default="", metadata=described("A sentence or two; left out where it is not translated.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWords(TermWords):
    """What a topic is called in another language, and what newcomers should know."""

    introduction: _Text = field(
        default="", metadata=described("In Markdown; left out where it is not translated.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWords:
    """A link in another language."""

    label: _Line = field(metadata=described("As shown to readers; a bare text is this."))
    url: Annotated[str, Read(settings.link_url_of)] = field(
        default="",
        metadata=described(
            "Where it leads; without it, to the translation of its page, where there is one."
        ),
    )


SiteTranslations = Annotated[dict[str, Annotated[SiteWords, Read(entries_of)]], Read(by_language)]
TermTranslations = Annotated[
    dict[str, Annotated[TermWords, Read(_term_entries)]], Read(by_language)
]
TopicTranslations = Annotated[
    dict[str, Annotated[TopicWords, Read(_term_entries)]], Read(by_language)
]
LinkTranslations = Annotated[
    dict[str, Annotated[LinkWords, Read(_link_entries)]], Read(by_language)
]

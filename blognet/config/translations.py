"""What the settings say in other languages: of the site, of topics and teams, of links. Knows no file and no page.

Each is a mapping from a language of the network to a few texts. Whether the network has the language is asked in
`blognet.config.reading`, where all of the file is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from blognet.config import codes, settings
from blognet.kernel.ids import parse_language
from blognet.kernel.yamltree import YamlMapping, YamlScalar, shortened
from blognet.kernel.yamlvalues import MisfitError, entries_of, text_of

if TYPE_CHECKING:
    from blognet.kernel.yamltree import YamlNode

_Text = Annotated[str, BeforeValidator(text_of)]
_Line = Annotated[str, BeforeValidator(settings.line_of)]
_FROZEN = ConfigDict(extra="forbid", frozen=True, defer_build=True)


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


class SiteWords(BaseModel):
    """What the settings say of the site in one language."""

    model_config = _FROZEN

    title: _Line = Field(default="", description="The site's name, where it has another one.")
    tagline: _Line = Field(default="", description="A few words below the title.")
    description: _Line = Field(
        default="", description="A sentence about the site, for search engines and feed readers."
    )
    footer: _Text = Field(default="", description="Plain text at the bottom of every page.")
    copyright: _Line = Field(default="", description="Who holds the rights.")


class TermWords(BaseModel):
    """What a topic or team is called in another language."""

    model_config = _FROZEN

    title: _Line = Field(description="As shown to readers; a bare text is this.")
    description: _Text = Field(
        default="", description="A sentence or two; left out where it is not translated."
    )


class TopicWords(TermWords):
    """What a topic is called in another language, and what newcomers should know."""

    introduction: _Text = Field(
        default="", description="In Markdown; left out where it is not translated."
    )


class LinkWords(BaseModel):
    """A link in another language."""

    model_config = _FROZEN

    label: _Line = Field(description="As shown to readers; a bare text is this.")
    url: Annotated[str, BeforeValidator(settings.link_url_of)] = Field(
        default="",
        validate_default=False,
        description="Where it leads; without it, to the translation of its page, where there is one.",
    )


SiteTranslations = Annotated[
    dict[str, Annotated[SiteWords, BeforeValidator(entries_of)]], BeforeValidator(by_language)
]
TermTranslations = Annotated[
    dict[str, Annotated[TermWords, BeforeValidator(_term_entries)]], BeforeValidator(by_language)
]
TopicTranslations = Annotated[
    dict[str, Annotated[TopicWords, BeforeValidator(_term_entries)]], BeforeValidator(by_language)
]
LinkTranslations = Annotated[
    dict[str, Annotated[LinkWords, BeforeValidator(_link_entries)]], BeforeValidator(by_language)
]

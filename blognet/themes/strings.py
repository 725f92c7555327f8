"""The words of the theme's own making: the English ones, and how those of another language are found.

A word is looked up by a key. A language (or a word of one) that no catalogue has falls back to English, so that a page
in any language is whole. Words that count have a form for one and a form for the rest in English, and as many forms
as a language needs in its catalogue. ``{name}`` is a place for a value. docs/languages.md says how to translate them;
after a change here type ``make strings``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.kernel.errors import FaultsError
from blognet.markup import Labels
from blognet.themes.catalogues import (
    FALLBACK,
    catalogue_in,
    catalogue_problems,
    is_english,
    tag_of,
)
from blognet.themes.dates import number_words
from blognet.themes.languages import direction_of, nearest_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.themes.catalogues import Catalogue

IN_TEXTS = "text_"
"""How the keys of words begin that stand inside texts; the rest of the key is a field of `Labels`."""
_ISOLATE, _END = "\u2068", "\u2069"
"""FSI and PDI of https://www.unicode.org/reports/tr9/: a value keeps its own direction, and disturbs nothing."""

_ENGLISH = {
    "about_feeds": "What is a feed?",
    "about_feeds_1": "A feed is this site’s list of new posts, written for programs instead of people. You add it to a "
    "feed reader once; from then on every new post comes to you, in full, without an account, an "
    "algorithm or your e-mail address.",
    "about_feeds_2": "To follow something from this page, copy the address of its RSS link and paste it into your "
    "reader. Atom and JSON hold the same posts in other formats: if your reader doesn’t ask for one of "
    "them, RSS is right.",
    "about_feeds_3": "Readers that people like are NetNewsWire, Feedly, Inoreader, FreshRSS and Thunderbird. Many can "
    "take all feeds of this page at once:",
    "all_posts": "All posts",
    "all_posts_by": "All posts by {name}",
    "also_in": "Also in:",
    "alumni": "Former colleagues",
    "alumni_badge": "Former colleague",
    "archive": "Archive",
    "archive_lead": "Everything we have published, newest first.",
    "authors": "Authors",
    "authors_by_topic": "Authors, by topic",
    "authors_lead": "The people who write here.",
    "breadcrumbs": "The way to this page",
    "contents": "Contents",
    "corrections": "Corrections",
    "current_part": "this part",
    "expert_in": "Knows about",
    "experts": "Who knows about it",
    "feeds": "Feeds",
    "follow_list": "Follow {name}",
    "footer_nav": "More pages",
    "generated_by": "Made with {name}",
    "gone_error": "This post was withdrawn because it contained an error.",
    "gone_moved": "This post has moved.",
    "gone_title": "This post is no longer here",
    "gone_withdrawn": "This post was withdrawn.",
    "gone_when": "Taken down on {date}.",
    "guest_badge": "Guest author",
    "home": "Home",
    "languages": "Languages",
    "latest": "Latest posts",
    "links": "Links",
    "main_nav": "Main",
    "media_audio": "Listen",
    "media_audio_on": "Listen on {host}",
    "media_download": "Download ({size})",
    "media_video": "Watch",
    "media_video_on": "Watch on {host}",
    "members": "Who is in it",
    "minutes.one": "{count} min read",
    "minutes.other": "{count} min read",
    "more_posts": "More posts",
    "moved_to": "Read it at its new address",
    "newer_post": "Newer post",
    "newer_posts": "Newer posts",
    "not_found": "There is nothing at this address",
    "not_found_lead": "The link may be old, or a letter may have gone missing on the way. These places are a good "
    "start:",
    "no_posts": "Nothing has been published here yet.",
    "no_posts_lead": "It will appear on this page, and in its feeds, as soon as it is.",
    "no_terms": "There are none yet.",
    "older_post": "Older post",
    "older_posts": "Older posts",
    "one_topic_only": "Only one topic",
    "opml": "All feeds in one file (OPML)",
    "pager": "More pages of this list",
    "page": "Page {page}",
    "page_number": "Page {page} of {pages}",
    "part_of": "Part {part} of {parts}",
    "picks": "Editors’ picks",
    "pinned": "Start here",
    "posts_count.one": "{count} post",
    "posts_count.other": "{count} posts",
    "posts_by": "Posts by {name}",
    "posts_of_year": "Posts of {year}",
    "redirect": "This page has moved",
    "redirect_lead": "If your browser doesn’t take you there, follow this link:",
    "related": "You may also like",
    "search": "Search",
    "search_any_author": "All authors",
    "search_any_topic": "All topics",
    "search_any_year": "All years",
    "search_found": "Posts found: {number}",
    "search_label": "Words to look for",
    "search_lead": "Look for words in every post, or go by topic, tag, author or year.",
    "search_none": "No post has all of these words.",
    "search_unreachable": "The search could not be loaded. The lists below lead to every post.",
    "series": "Series",
    "share": "Share this post",
    "share_copied": "Copied",
    "share_copy": "Copy link",
    "share_mail": "E-mail",
    "skip": "Skip to content",
    "tag": "Tag",
    "tags": "Tags",
    "tags_lead": "Every word that our posts are filed under.",
    "team": "Team",
    "teams": "Teams",
    "this_site": "This site",
    "topic": "Topic",
    "topics": "Topics",
    "topics_lead": "What we write about.",
    "titled_page": "{title}, page {page}",
    "updated": "Updated",
    "written_by": "Written by",
    "years": "Years",
}

_COUNTED = {key.partition(".")[0] for key in _ENGLISH if "." in key}
ENGLISH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {key: (words,) for key, words in _ENGLISH.items() if "." not in key}
    | {key: (_ENGLISH[f"{key}.one"], _ENGLISH[f"{key}.other"]) for key in sorted(_COUNTED)}
    | {IN_TEXTS + name: (words,) for name, words in asdict(Labels()).items()}
)
"""Every key with its English words: one form, or one for a single thing and one for the rest."""

NOTES: Mapping[str, str] = MappingProxyType(
    {
        "all_posts_by": "{name} is an author.",
        "also_in": "Before the names of languages, each in its own words: Also in: Deutsch",
        "alumni_badge": "Above the name of an author who has left the company.",
        "authors_by_topic": "Above the feeds of each author's posts on each topic.",
        "breadcrumbs": "The name of the links above a page's heading, for screen readers: Home, Topics",
        "current_part": "Marks the part of a series that the reader is on.",
        "expert_in": "On the page of an author, before topics: Knows about: Pendulums",
        "experts": "On the page of a topic, above people who can be asked.",
        "follow_list": "{name} is an author, a topic, a tag or the site. Before links to feeds.",
        "gone_when": "{date} is a day such as 22 November 2026.",
        "guest_badge": "Above the name of an author from outside the company.",
        "main_nav": "The name of the navigation at the top, for screen readers.",
        "media_audio": "Above a player of sound that belongs to a post.",
        "media_audio_on": "A link to sound on another site.",
        "media_download": "{size} is a size such as 12.4 MB.",
        "media_video": "Above a player of a film that belongs to a post.",
        "media_video_on": "A link to a film on another site.",
        "members": "Above the members of a team.",
        "minutes": "The reading time of a post, short.",
        "one_topic_only": "On the page of an author, above feeds of the author's posts on single topics.",
        "page": "{page} is the number of a page of a list.",
        "pinned": "Above the posts of a topic that newcomers should read first.",
        "posts_of_year": "{year} is a year such as 2026.",
        "share_copied": "Stands for a moment where share_copy was, after it was pressed.",
        "share_mail": "A link that begins an e-mail about a post.",
        "text_code": "The name of a block of code, for screen readers.",
        "text_elsewhere": "{text} is a link to {host}, another site.",
        "text_note": "Above a note inside a text; so are tip, important, warning and caution.",
        "titled_page": "The title of a browser's window: {title} is that of a list.",
        "topics": "The few subjects that the network writes about.",
        "updated": "Before a date.",
        "written_by": "Above the authors of a post, one or several.",
    }
)
"""What translators should know, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a network's pages in every language. Made by `words_from`.

    Attributes:
        own: The network's catalogues as texts, by language tag.
        built_in: Those of the built-in theme.
        asked: By language, what speaks for it: remembered, since every page asks often.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    built_in: Mapping[str, str] = field(default_factory=dict)
    asked: dict[str, tuple[Catalogue, ...]] = field(default_factory=dict, compare=False, repr=False)

    def phrase(
        self, language: str, key: str, *, count: int | None = None, **values: str | int
    ) -> str:
        """Return words in a language, with their values put in; whole numbers are written as the language does.

        Args:
            language: A language tag. Of its catalogue, the nearest one, as `nearest_tag` says.
            key: A key of `ENGLISH`, or of the network's own ``en.po``.
            count: The number that decides between the forms; written in for ``{count}``.
            values: What to put in for each ``{name}``.

        Raises:
            KeyError: There are no such words, or no value for one of their places.
        """
        form = self._form(language, key, 1 if count is None else count)
        given = values if count is None else {"count": count, **values}
        shown = {name: _shown(value, language) for name, value in given.items()}
        return form.format(**shown)

    def unfilled(self, language: str, key: str) -> str:
        """Return words with their places as they are, for somebody else to fill in.

        Raises:
            KeyError: There are no such words.
        """
        return self._form(language, key, 1)

    def has_words_for(self, language: str) -> bool:
        """Whether a language has a catalogue that says something; English always has."""
        if nearest_tag(language, {FALLBACK}):
            return True
        found = ((known, nearest_tag(language, known)) for known in (self.own, self.built_in))
        return any(tag and catalogue_in(known[tag], tag).forms for known, tag in found)

    def _form(self, language: str, key: str, count: int) -> str:
        if language not in self.asked:
            self.asked[language] = self._catalogues(language)
        for catalogue in self.asked[language]:
            if key in catalogue.forms:
                return catalogue.form_of(key, count)
        english = ENGLISH.get(key) or self._added()[key]
        return english[0] if count == 1 else english[-1]

    def _catalogues(self, language: str) -> tuple[Catalogue, ...]:
        """Return what speaks for a language, the first choice first: the network's, ours, then its English."""
        sources: dict[str, str] = {}
        for known, wanted in (
            (self.own, language),
            (self.built_in, language),
            (self.own, FALLBACK),
        ):
            # An English page takes ours before the words of another English.
            tag = nearest_tag(wanted, known)
            if tag is not None:
                sources.setdefault(known[tag], tag)
        return tuple(catalogue_in(text, tag) for text, tag in sources.items())

    def _added(self) -> Mapping[str, tuple[str, ...]]:
        """Return the words that the network's theme has of its own, in its English."""
        english = next((text for tag, text in self.own.items() if is_english(tag)), None)
        return catalogue_in(english, FALLBACK).originals if english is not None else {}


def words_from(
    own: Mapping[str, str],
    built_in: Mapping[str, str],
    *,
    folder: str = "themes/default/locales/",
) -> Words:
    """Return the words of a network.

    Args:
        own: The catalogues of the network's theme: text by file name, such as ``pt_BR.po``.
        built_in: Those of the built-in theme.
        folder: Where people find the network's.

    Raises:
        FaultsError: A catalogue of the network's has faults; all of them are in it.
    """
    ours = {name: text for name, text in own.items() if built_in.get(name) != text}
    known = dict(ENGLISH)
    if english := ours.get(f"{FALLBACK}.po"):
        known |= _keys_of(english)
    problems = tuple(
        problem
        for name, text in sorted(ours.items())
        for problem in catalogue_problems(text, tag_of(name), path=f"{folder}{name}", english=known)
    )
    if problems:
        message = f"the words in {folder} have faults"
        raise FaultsError(message, problems=problems)
    return Words(
        own={tag_of(name): text for name, text in sorted(ours.items())},
        built_in={tag_of(name): text for name, text in sorted(built_in.items())},
    )


def _keys_of(english: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words that an English catalogue adds; none when it has faults, which are told elsewhere."""
    if catalogue_problems(english, FALLBACK, path="", english=ENGLISH):
        return {}
    originals = catalogue_in(english, FALLBACK).originals
    return {key: forms for key, forms in originals.items() if key not in ENGLISH}


def _shown(value: str | int, language: str) -> str:
    if isinstance(value, int):
        return number_words(value, language=language)
    return f"{_ISOLATE}{value}{_END}" if direction_of(language) == "rtl" else value

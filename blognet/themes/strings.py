"""The words of the theme's own making, in every language it speaks. Knows no pages and no HTML.

A word is looked up by a key; a language (or a word of one) that is missing here falls back to English, so that a page
in any language is whole. Words that count have a form for one and a form for the rest. ``{name}`` is a place for a
value.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.themes.dates import number_words, plural_form

if TYPE_CHECKING:
    from collections.abc import Mapping

FALLBACK = "en"

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
    "also_in": "Also in",
    "alumni": "Former colleagues",
    "alumni_badge": "Former colleague",
    "and": "and",
    "archive": "Archive",
    "archive_lead": "Everything we have published, newest first.",
    "authors": "Authors",
    "authors_lead": "The people who write here.",
    "code": "Code",
    "contents": "Contents",
    "corrections": "Corrections",
    "current_part": "this part",
    "feeds": "Feeds",
    "follow_list": "Follow {name}",
    "footer_nav": "More pages",
    "generated_by": "Made with",
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
    "opml": "All feeds in one file (OPML)",
    "pager": "More pages of this list",
    "page": "Page {page}",
    "page_number": "Page {page} of {pages}",
    "part_of": "Part {part} of {parts}",
    "posts_count.one": "{count} post",
    "posts_count.other": "{count} posts",
    "posts_by": "Posts by {name}",
    "posts_of_year": "Posts of {year}",
    "published": "Published",
    "redirect": "This page has moved",
    "redirect_lead": "If your browser doesn’t take you there, follow this link:",
    "series": "Series",
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
    "updated": "Updated",
    "written_by": "Written by",
    "years": "Years",
}

_GERMAN = {
    "about_feeds": "Was ist ein Feed?",
    "about_feeds_1": "Ein Feed ist die Liste der neuen Beiträge dieser Seite, geschrieben für Programme statt für "
    "Menschen. Du trägst ihn einmal in einen Feedreader ein; von da an kommt jeder neue Beitrag "
    "vollständig zu dir, ohne Konto, ohne Algorithmus und ohne deine E-Mail-Adresse.",
    "about_feeds_2": "Um etwas von dieser Seite zu abonnieren, kopiere die Adresse hinter RSS und füge sie in deinen "
    "Reader ein. Atom und JSON enthalten dieselben Beiträge in anderen Formaten: Wenn dein Reader nicht "
    "danach fragt, ist RSS das richtige.",
    "about_feeds_3": "Beliebte Reader sind NetNewsWire, Feedly, Inoreader, FreshRSS und Thunderbird. Viele können alle "
    "Feeds dieser Seite auf einmal übernehmen:",
    "all_posts": "Alle Beiträge",
    "all_posts_by": "Alle Beiträge von {name}",
    "also_in": "Auch auf",
    "alumni": "Ehemalige",
    "alumni_badge": "Ehemals im Team",
    "and": "und",
    "archive": "Archiv",
    "archive_lead": "Alles, was wir veröffentlicht haben, das Neueste zuerst.",
    "authors": "Autorinnen und Autoren",
    "authors_lead": "Die Menschen, die hier schreiben.",
    "code": "Code",
    "contents": "Inhalt",
    "corrections": "Korrekturen",
    "current_part": "dieser Teil",
    "feeds": "Feeds",
    "follow_list": "{name} abonnieren",
    "footer_nav": "Weitere Seiten",
    "generated_by": "Gebaut mit",
    "gone_error": "Dieser Beitrag wurde zurückgezogen, weil er einen Fehler enthielt.",
    "gone_moved": "Dieser Beitrag ist umgezogen.",
    "gone_title": "Dieser Beitrag ist nicht mehr hier",
    "gone_withdrawn": "Dieser Beitrag wurde zurückgezogen.",
    "gone_when": "Vom Netz genommen am {date}.",
    "guest_badge": "Gastbeitrag",
    "home": "Startseite",
    "languages": "Sprachen",
    "latest": "Neueste Beiträge",
    "links": "Links",
    "main_nav": "Hauptnavigation",
    "members": "Wer dabei ist",
    "minutes.one": "{count} Min. Lesezeit",
    "minutes.other": "{count} Min. Lesezeit",
    "more_posts": "Weitere Beiträge",
    "moved_to": "Unter der neuen Adresse lesen",
    "newer_post": "Neuerer Beitrag",
    "newer_posts": "Neuere Beiträge",
    "not_found": "Unter dieser Adresse gibt es nichts",
    "not_found_lead": "Vielleicht ist der Link alt, oder unterwegs ging ein Buchstabe verloren. Hier geht es weiter:",
    "no_posts": "Hier wurde noch nichts veröffentlicht.",
    "no_posts_lead": "Sobald es so weit ist, steht es auf dieser Seite und in ihren Feeds.",
    "no_terms": "Noch gibt es keine.",
    "older_post": "Älterer Beitrag",
    "older_posts": "Ältere Beiträge",
    "opml": "Alle Feeds in einer Datei (OPML)",
    "pager": "Weitere Seiten dieser Liste",
    "page": "Seite {page}",
    "page_number": "Seite {page} von {pages}",
    "part_of": "Teil {part} von {parts}",
    "posts_count.one": "{count} Beitrag",
    "posts_count.other": "{count} Beiträge",
    "posts_by": "Beiträge von {name}",
    "posts_of_year": "Beiträge aus {year}",
    "published": "Veröffentlicht",
    "redirect": "Diese Seite ist umgezogen",
    "redirect_lead": "Wenn dein Browser dich nicht hinführt, folge diesem Link:",
    "series": "Serie",
    "skip": "Zum Inhalt springen",
    "tag": "Schlagwort",
    "tags": "Schlagwörter",
    "tags_lead": "Alle Wörter, unter denen unsere Beiträge abgelegt sind.",
    "team": "Team",
    "teams": "Teams",
    "this_site": "Diese Seite",
    "topic": "Thema",
    "topics": "Themen",
    "topics_lead": "Worüber wir schreiben.",
    "updated": "Aktualisiert",
    "written_by": "Geschrieben von",
    "years": "Jahre",
}

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": MappingProxyType(_ENGLISH), "de": MappingProxyType(_GERMAN)}
)
"""Language to key to words. English is complete; a test says that the others are, too."""


def phrase(language: str, key: str, *, count: int | None = None, **values: str | int) -> str:
    """Return words in a language, with their values put in.

    Args:
        language: The page's language tag; its region does not matter.
        key: A key of `WORDS`, without ``.one`` or ``.other``.
        count: The number that decides between the two forms; written in for ``{count}``.
        values: What to put in for each ``{name}``.

    Raises:
        KeyError: When English has no such words.
    """
    spoken = language.partition("-")[0]
    for candidate in (spoken, FALLBACK):
        name = key if count is None else f"{key}.{plural_form(count, language=candidate)}"
        found = WORDS.get(candidate, {}).get(name)
        if found is not None:
            shown = {} if count is None else {"count": number_words(count, language=language)}
            return found.format(**shown, **values) if shown or values else found
    raise KeyError(key)

"""The sentences of messages, in English and German. Knows no decision; which sentence is said is in `messages`.

A text is a format string; its fields are filled with plain values that `messages` has cleaned. Every language has the
same keys with the same fields, and a test says so.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = "en"

_ENGLISH = {
    "hello": "Hello {name},",
    "subject approve": "Approved: {title}",
    "subject return": "Sent back to you: {title}",
    "subject decline": "Declined: {title}",
    "subject hold": "On hold: {title}",
    "subject release": "No longer on hold: {title}",
    "subject comment": "A comment on: {title}",
    "subject suggest": "A suggestion for: {title}",
    "subject retract": "Taken down: {title}",
    "subject restore": "Back on the site: {title}",
    "subject force": "Published at once: {title}",
    "subject correct": "A note was added to: {title}",
    "subject thank": "Thank you for: {title}",
    "subject resolve": "An answer to a note on: {title}",
    "subject grant": "You are trusted to publish",
    "subject revoke": "Your work is looked at first again",
    "subject purge": "Removed from the record: {title}",
    "subject other": "About: {title}",
    "subject many": "News about {count}: {titles}",
    "subject queue": "{count} in the queue",
    "subject queue late": "{count} in the queue, {late} late",
    "did approve": "{who} approved “{title}” ({when}).",
    "did return": "{who} sent “{title}” back to you ({when}).",
    "did decline": "{who} declined “{title}” ({when}).",
    "did hold": "{who} put “{title}” on hold ({when}).",
    "did release": "{who} ended the hold of “{title}” ({when}).",
    "did comment": "{who} commented on “{title}” ({when}).",
    "did must": "{who} commented on “{title}” ({when}); this has to be settled before it can be approved.",
    "did suggest": "{who} suggested a change to “{title}” ({when}).",
    "did retract": "{who} took “{title}” down ({when}).",
    "did restore": "{who} brought “{title}” back ({when}).",
    "did force": "{who} published “{title}” at once ({when}).",
    "did correct": "{who} added a public note to “{title}” ({when}).",
    "did thank": "{who} says thank you for “{title}” ({when}).",
    "did resolve": "{who} answered or settled a note on “{title}” ({when}).",
    "did grant": "{who} lets you publish without being asked first ({when}).",
    "did revoke": "{who} asks to look at your work first again ({when}).",
    "did purge": "{who} removed words and texts of “{title}” from the record ({when}).",
    "did other": "{who}: {verb}, “{title}” ({when}).",
    "now returned": "It is your turn. Change {path} as asked; saving the change sends it back to the mayors.",
    "now declined": "It stays off the site. You can change it and ask a mayor to look again, or delete the file.",
    "now held": "It waits, and you need not do anything.",
    "now held until": "It waits until {until}, and you need not do anything.",
    "now queued": "It is in the queue, and it is the mayors' turn.",
    "now due": "It is in the queue, and it is the mayors' turn. An answer is due by {due}.",
    "now contested": "The mayors disagree about it, and have to settle that. You need not do anything.",
    "now scheduled": "It appears on {appears} at {url}",
    "now live": "Readers find it from the next build on at {url}",
    "now live profile": "Readers see it from the next build on.",
    "now edited": "Readers keep seeing the approved version at {url}",
    "now retracted": "Readers do not see it any more.",
    "now draft": "Its file, {path}, is a draft. This hands it to the mayors:",
    "now faulty": "Its file, {path}, has faults that keep it from being approved. This shows them:",
    "now nothing": "You need not do anything.",
    "type": "To see where it stands, type:",
    "browser": "To change it in the browser: {link}",
    "browser plain": "In the browser: open {path} on the web page of your repository, press the pencil, and save.",
    "answer": "Questions? Answer this message; it reaches {who}.",
    "queue": "What waits for an answer:",
    "queue line": "{place}. {name}: “{title}” by {authors} ({left})",
    "queue line plain": "{place}. {name}: “{title}” by {authors}",
    "queue more": "… and {count} more.",
    "queue said": "What authors said:",
    "queue type": "Begin with:",
    "late": "{time} late",
    "left": "{time} left",
    "and": " and ",
}  # fmt: skip
_GERMAN = {
    "hello": "Hallo {name},",
    "subject approve": "Freigegeben: {title}",
    "subject return": "Zurück an dich: {title}",
    "subject decline": "Abgelehnt: {title}",
    "subject hold": "Angehalten: {title}",
    "subject release": "Nicht mehr angehalten: {title}",
    "subject comment": "Ein Kommentar zu: {title}",
    "subject suggest": "Ein Vorschlag zu: {title}",
    "subject retract": "Von der Seite genommen: {title}",
    "subject restore": "Wieder auf der Seite: {title}",
    "subject force": "Sofort veröffentlicht: {title}",
    "subject correct": "Mit einem Hinweis versehen: {title}",
    "subject thank": "Danke für: {title}",
    "subject resolve": "Eine Antwort auf eine Anmerkung zu: {title}",
    "subject grant": "Du darfst selbst veröffentlichen",
    "subject revoke": "Deine Beiträge werden wieder vorher angesehen",
    "subject purge": "Aus den Unterlagen entfernt: {title}",
    "subject other": "Zu: {title}",
    "subject many": "Neues zu {count} Beiträgen: {titles}",
    "subject queue": "{count} in der Warteschlange",
    "subject queue late": "{count} in der Warteschlange, {late} überfällig",
    "did approve": "{who} hat „{title}“ freigegeben ({when}).",
    "did return": "{who} hat „{title}“ an dich zurückgegeben ({when}).",
    "did decline": "{who} hat „{title}“ abgelehnt ({when}).",
    "did hold": "{who} hat „{title}“ angehalten ({when}).",
    "did release": "{who} hält „{title}“ nicht mehr an ({when}).",
    "did comment": "{who} hat „{title}“ kommentiert ({when}).",
    "did must": "{who} hat „{title}“ kommentiert ({when}); das muss vor einer Freigabe geklärt sein.",
    "did suggest": "{who} hat eine Änderung an „{title}“ vorgeschlagen ({when}).",
    "did retract": "{who} hat „{title}“ von der Seite genommen ({when}).",
    "did restore": "{who} hat „{title}“ zurückgeholt ({when}).",
    "did force": "{who} hat „{title}“ sofort veröffentlicht ({when}).",
    "did correct": "{who} hat „{title}“ mit einem öffentlichen Hinweis versehen ({when}).",
    "did thank": "{who} sagt danke für „{title}“ ({when}).",
    "did resolve": "{who} hat eine Anmerkung zu „{title}“ beantwortet oder erledigt ({when}).",
    "did grant": "{who} lässt dich veröffentlichen, ohne vorher gefragt zu werden ({when}).",
    "did revoke": "{who} möchte deine Beiträge wieder vorher ansehen ({when}).",
    "did purge": "{who} hat Worte und Texte von „{title}“ aus den Unterlagen entfernt ({when}).",
    "did other": "{who}: {verb}, „{title}“ ({when}).",
    "now returned": "Du bist an der Reihe. Ändere {path} wie gewünscht; mit dem Speichern geht es zurück.",
    "now declined": "Es kommt nicht auf die Seite. Du kannst es ändern und noch einmal fragen, oder die Datei löschen.",
    "now held": "Es wartet, und du musst nichts tun.",
    "now held until": "Es wartet bis {until}, und du musst nichts tun.",
    "now queued": "Es steht in der Warteschlange.",
    "now due": "Es steht in der Warteschlange. Eine Antwort kommt spätestens {due}.",
    "now contested": "Dazu gibt es zwei Entscheidungen, die erst geklärt werden müssen. Du musst nichts tun.",
    "now scheduled": "Es erscheint am {appears} unter {url}",
    "now live": "Vom nächsten Bau der Seite an steht es unter {url}",
    "now live profile": "Vom nächsten Bau der Seite an ist es zu sehen.",
    "now edited": "Zu sehen bleibt die freigegebene Fassung unter {url}",
    "now retracted": "Es ist nicht mehr zu sehen.",
    "now draft": "Die Datei {path} ist ein Entwurf. So reichst du sie ein:",
    "now faulty": "Die Datei {path} hat Fehler, die einer Freigabe im Weg stehen. So siehst du sie:",
    "now nothing": "Du musst nichts tun.",
    "type": "Wo es steht, zeigt:",
    "browser": "Im Browser ändern: {link}",
    "browser plain": "Im Browser: {path} auf der Webseite eures Repositorys öffnen, den Stift drücken, und speichern.",
    "answer": "Fragen? Antworte auf diese Nachricht; sie erreicht {who}.",
    "queue": "Auf eine Antwort warten:",
    "queue line": "{place}. {name}: „{title}“ von {authors} ({left})",
    "queue line plain": "{place}. {name}: „{title}“ von {authors}",
    "queue more": "… und {count} mehr.",
    "queue said": "Was gesagt wurde:",
    "queue type": "Anfangen mit:",
    "late": "{time} überfällig",
    "left": "noch {time}",
    "and": " und ",
}  # fmt: skip
TEXTS: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": _ENGLISH, "de": _GERMAN})
"""By language and key."""


def language_for(*wanted: str) -> str:
    """Return the first of the wanted languages that messages have, by its main part; English when none is."""
    for tag in wanted:
        main = tag.partition("-")[0].lower()
        if main in TEXTS:
            return main
    return DEFAULT


def say(language: str, key: str, **fields: object) -> str:
    """Return a sentence.

    Raises:
        KeyError: There is no such key, which is a mistake of the caller.
    """
    return TEXTS[language][key].format(**fields)


def has(key: str) -> bool:
    """Whether there is a sentence under a key."""
    return key in TEXTS[DEFAULT]

"""Why a file was made, in people's words: from the file along the chain to what somebody changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.engine import EVERYTHING, kind_of, name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.outdated import Why
    from blognet.engine import FactKey

_WORDS: Mapping[str, str] = {
    "asset": "the file with the digest {name}",
    "author": "how bylines show {name}",
    "authors": "the profile of {name}",
    "authors?": "whether {name} has a profile",
    "bio": "the bio of {name}",
    "card": "how lists show {name}",
    "catalogue.languages": "which languages have posts",
    "company": "what search engines are told of the company",
    "contents": "which posts and pages are live",
    "contents.assets": "the files beside {name}",
    "contents.authors": "the authors of {name}",
    "contents.corrections": "the corrections of {name}",
    "contents.date": "the date of {name}",
    "contents.hash": "which version of {name} is approved",
    "contents.post": "the approved text of {name}",
    "contents.since": "from when on {name} could be read",
    "contents.updated": "when {name} was updated",
    "contents.url": "the address of {name}",
    "contents?": "whether {name} is live",
    "context.logo": "the logo",
    "entry": "how feeds show {name}",
    "frame": "what every page shows of the site",
    "ground.folder": "the folder in the site's address",
    "introduction": "the introduction of {name}",
    "listings": "which lists there are",
    "listings.description": "the description of {name}",
    "listings.foreign": "the language of {name}",
    "listings.name": "the name of {name}",
    "listings.posts": "which posts are in {name}",
    "listings.url": "the address of {name}",
    "listings?": "whether there is a list {name}",
    "lists": "which lists of a kind there are ({name})",
    "media": "the sound or film of {name}",
    "members": "who is in {name}",
    "page": "what belongs on it",
    "pages": "which pages there are",
    "path": "which addresses there are",
    "path?": "whether something is at {name}",
    "picture": "the picture at {name}",
    "picture?": "whether a picture is at {name}",
    "problems": "what is wrong with {name}",
    "profiles": "the profile {name}",
    "profiles?": "whether there is {name}",
    "renderer": "the words of pages, the time zone, the allowed hosts or the version of the views",
    "said": "what feeds say of the site",
    "search": "what the file {name} of the search says",
    "series": "the parts of {name}",
    "setting": "the setting {name}",
    "social-of-author": "the picture for sharing {name}",
    "social-of-author?": "whether there is a picture for sharing {name}",
    "social-of-post": "the picture for sharing {name}",
    "social-of-post?": "whether there is a picture for sharing {name}",
    "social.site": "the picture for sharing the site",
    "source": "the template file {name}",
    "template": "the template {name}, or one that it uses",
    "term": "the name of {name}",
    "terms": "the tags, topics, series and teams of {name}",
    "text": "the rendered text of {name}",
    "theme-file": "the theme's file {name}",
    "translations": "the translations of {name}",
}


def words_for(key: FactKey) -> str:
    """Return what a fact is, in words that can stand before "changed"."""
    kind, name = kind_of(key), name_of(key).strip()
    if kind == "source" and name == EVERYTHING:
        return "one of the templates"
    words = _WORDS.get(kind)
    return words.replace("{name}", name or "the main language") if words else f"'{key}'"


def reason_of(why: Why, *, lost: str = "") -> str:
    """Return why a file was made, without a full stop.

    Args:
        why: The reason.
        lost: Why every file was made; "" when only some were.
    """
    if lost:
        return lost
    if why.is_touched:
        return "somebody changed or removed it in the output"
    if why.is_new or not why.chain:
        return "it is new"
    *inner, first = (words_for(key) for key in why.chain[1:])
    steps = [f"{each} changed" for each in (*inner, first)]
    return ", because ".join(steps)

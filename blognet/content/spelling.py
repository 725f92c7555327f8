"""Which keys of front matter mean the same. Answers: what does this key say in our words? Knows no types of values.

The spellings are those of Jekyll, Hugo, Pelican, MkDocs Material, Docusaurus, Zola and common themes of Astro; case,
hyphens and underscores do not matter (`pubDate`, `pub_date`). docs/posts.md lists them all. Some need more than a
table and are translated here: `published: false`, Pelican's `status`, Material's `date: {created, updated}`, Zola's
`taxonomies`, an `image` with keys, and a `permalink`, which becomes one of `aliases` so that old links keep working.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from blognet.content import codes
from blognet.kernel import codes as yaml_codes
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.problems import Problem, Severity
from blognet.kernel.yamltree import (
    MAX_PROBLEMS,
    YamlDocument,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    is_empty,
    shortened,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

CANONICAL: tuple[str, ...] = (
    "title", "date", "updated", "authors", "tags", "topics", "summary", "description", "slug", "image", "image_alt",
    "media", "media_length", "media_type", "draft", "unlisted", "lang", "translation_key", "series", "series_order",
    "aliases", "canonical_url", "publish_at", "expires", "review_by", "toc", "extra",
)  # fmt: skip

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "date": ("pubDate", "pubDatetime", "published_at", "published_date", "created", "created_at", "date_published"),
    "updated": (
        "lastmod", "last_modified_at", "last_modified", "modified", "modified_at", "modDatetime", "updated_at",
        "updatedDate", "date_updated", "date_modified",
    ),
    "authors": ("author", "byline"),
    "topics": ("topic", "categories", "category"),
    "summary": ("excerpt", "abstract", "teaser"),
    "description": ("meta_description", "seo_description", "desc"),
    "image": (
        "cover", "cover_image", "thumbnail", "hero_image", "featured_image", "feature_image", "banner", "og_image",
        "header_image", "images",
    ),
    "image_alt": (
        "cover_alt", "cover_image_alt", "thumbnail_alt", "hero_image_alt", "featured_image_alt", "og_image_alt",
    ),
    "media": (
        "enclosure", "enclosure_url", "podcast", "podcast_file", "podcast_url", "audio", "audio_file", "audio_url",
        "video", "video_file", "video_url", "videos",
    ),
    "media_length": ("enclosure_length", "podcast_bytes", "podcast_length", "audio_length", "video_length"),
    "media_type": ("enclosure_type", "podcast_type", "audio_type", "video_type"),
    "unlisted": ("hidden",),
    "lang": ("language", "locale"),
    "translation_key": ("ref", "lang_ref"),
    "series_order": ("series_index", "series_part", "part"),
    "aliases": ("alias", "redirect_from", "redirects"),
    "canonical_url": ("canonical",),
    "publish_at": ("publish_date", "publish_on", "scheduled", "scheduled_at", "embargo", "embargo_until"),
    "expires": ("expiry_date", "expire_date", "expires_at", "unpublish_date", "unpublish_at"),
    "review_by": ("review_on", "review_date", "review_at"),
    "toc": ("show_toc", "table_of_contents"),
    "extra": ("params",),
}  # fmt: skip

SPECIAL: tuple[str, ...] = (
    "published",
    "status",
    "permalink",
    "url",
    "taxonomies",
    "last_update",
    "hide_table_of_contents",
)

IGNORED: tuple[str, ...] = (
    "layout", "comments", "comment", "weight", "hero", "type", "id", "uuid", "guid", "markup", "math", "mathjax",
    "katex", "mermaid", "sidebar", "sidebar_label", "sidebar_position", "pagination_label", "pagination_next",
    "pagination_prev", "custom_edit_url", "displayed_sidebar", "hide_title", "hide", "nav", "nav_order", "nav_exclude",
    "parent", "has_children", "template", "page_template", "in_search_index", "generate_feeds", "render", "outputs",
    "sitemap", "robots", "noindex", "search", "search_exclude", "searchable", "icon", "css_class", "css_classes",
    "body_class", "classes", "keywords", "read_time", "reading_time", "readtime", "show_reading_time", "toc_depth",
    "toc_min_heading_level", "toc_max_heading_level", "toc_label", "toc_sticky", "disqus", "share", "share_buttons",
    "author_profile", "show_date", "show_author", "post_id", "import", "format", "cascade", "links",
)  # fmt: skip

PROMOTION: tuple[str, ...] = (
    "pinned", "pin", "sticky", "featured", "feature", "promoted", "promote", "approved", "approved_by", "reviewed_by",
)  # fmt: skip

_IMAGE_KEYS = ("path", "src", "url", "image", "file")
_MEDIA_KEYS = ("media", "media_length", "media_type")
_MEDIA_PARTS: Mapping[str, str] = {
    **dict.fromkeys(
        ("src", "url", "file", "path", "mp3", "m4a", "ogg", "opus", "mp4", "webm"), "media"
    ),
    **dict.fromkeys(("length", "bytes", "size"), "media_length"),
    **dict.fromkeys(("type", "mime_type", "mime"), "media_type"),
}
_ALT_KEYS = ("alt", "alt_text", "image_alt")


def folded(key: str) -> str:
    """Return a key in the form in which spellings are compared: `pubDate` and `pub_date` are one."""
    return key.replace("-", "").replace("_", "").lower()


_CANONICAL_OF: Mapping[str, str] = {
    folded(spelling): canonical
    for canonical in CANONICAL
    for spelling in (canonical, *SPELLINGS.get(canonical, ()))
}
_SPECIAL = frozenset(map(folded, SPECIAL))
_IGNORED = frozenset(map(folded, IGNORED))
_PROMOTION = frozenset(map(folded, PROMOTION))
_KNOWN = (*CANONICAL, *SPECIAL, *(spelling for group in SPELLINGS.values() for spelling in group))


@dataclass(slots=True, kw_only=True)
class Spelled:
    """Front matter in canonical keys, and what was wrong with the keys themselves."""

    document: YamlDocument
    values: dict[str, YamlNode] = field(default_factory=dict)
    keys: dict[str, YamlScalar] = field(default_factory=dict)
    old_addresses: list[YamlScalar] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def give(self, canonical: str, key: YamlScalar, value: YamlNode) -> None:
        """Set a canonical key; a second spelling that says something too is a problem."""
        before = self.keys.get(canonical)
        if before is None or is_empty(self.values[canonical]):
            self.keys[canonical], self.values[canonical] = key, value
        elif not is_empty(value):
            message = f"'{key.text}' means the same as '{before.text}' on line {before.line}"
            self.report(
                key,
                code=yaml_codes.TWO_SPELLINGS,
                message=message,
                hint=f"keep '{canonical}' alone",
            )

    def report(
        self,
        node: YamlNode,
        *,
        code: str,
        message: str,
        hint: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Keep a problem with the place of a key or value, unless there are more than anyone reads."""
        if len(self.problems) >= MAX_PROBLEMS:
            return
        where = self.document.locate(node, key=self.document.key_path(node))
        self.problems.append(
            Problem(location=where, code=code, severity=severity, message=message, hint=hint)
        )


def spelled(document: YamlDocument) -> Spelled:
    """Translate every key of a front matter."""
    result = Spelled(document=document)
    for entry in document.root.entries:
        name = folded(entry.key.text)
        if name in _SPECIAL:
            _translate(result, name, entry.key, entry.value)
        elif name in _CANONICAL_OF:
            _give(result, _CANONICAL_OF[name], entry.key, entry.value)
        elif name in _PROMOTION:
            message = (
                f"'{shortened(entry.key.text)}' is the mayor's to decide, so the key does nothing"
            )
            severity = Severity.NOTE
            result.report(
                entry.key,
                code=codes.NOT_HERE,
                message=message,
                hint="delete the line",
                severity=severity,
            )
        elif name not in _IGNORED and len(result.problems) < MAX_PROBLEMS:
            hint = did_you_mean(entry.key.text, _KNOWN) or "data of your own goes under 'extra'"
            message = f"unknown key '{shortened(entry.key.text)}' in front matter"
            result.report(entry.key, code=yaml_codes.UNKNOWN_KEY, message=message, hint=hint)
    if result.old_addresses:
        _add_old_addresses(result)
    return result


def _give(result: Spelled, canonical: str, key: YamlScalar, value: YamlNode) -> None:
    if canonical == "date" and isinstance(value, YamlMapping):
        _give_parts(result, value, {"created": "date", "updated": "updated"})
    elif canonical == "image" and isinstance(value, YamlMapping):
        parts = dict.fromkeys(_IMAGE_KEYS, "image") | dict.fromkeys(_ALT_KEYS, "image_alt")
        _give_parts(
            result,
            value,
            parts,
            ignored=("caption", "credit", "width", "height", "relative", "hidden"),
        )
    elif canonical == "media" and isinstance(value, YamlMapping):
        _give_parts(result, value, _MEDIA_PARTS, ignored=("title", "caption", "duration", "image"))
    elif canonical == "media" and isinstance(value, YamlScalar) and _is_wordpress(value):
        for name, part in zip(_MEDIA_KEYS, value.text.split(), strict=True):
            result.give(name, key, replace(value, text=part, quoted=False))
    elif (
        canonical in {"image", "media", "series"}
        and isinstance(value, YamlSequence)
        and value.items
    ):
        _give(result, canonical, key, value.items[0])
        if len(value.items) > 1:
            message = f"only the first value of '{key.text}' is used"
            severity = Severity.WARNING
            hint = "keep one"
            result.report(
                value.items[1], code=codes.NOT_USED, message=message, hint=hint, severity=severity
            )
    else:
        result.give(canonical, key, value)


def _is_wordpress(value: YamlScalar) -> bool:
    """Whether a value is an enclosure as WordPress keeps it: address, length and type below each other."""
    parts = value.text.split()
    return len(parts) == len(_MEDIA_KEYS) and parts[1].isdigit()


def _give_parts(
    result: Spelled, value: YamlMapping, parts: Mapping[str, str], *, ignored: tuple[str, ...] = ()
) -> None:
    for entry in value.entries:
        name = entry.key.text
        if name in parts:
            _give(result, parts[name], entry.key, entry.value)
        elif name not in ignored:
            hint = did_you_mean(name, parts) or f"expected one of {', '.join(sorted(parts))}"
            message = f"unknown key '{shortened(name)}'"
            result.report(entry.key, code=yaml_codes.UNKNOWN_KEY, message=message, hint=hint)


def _translate(result: Spelled, name: str, key: YamlScalar, value: YamlNode) -> None:
    match name, value:
        case "published", YamlScalar(value=bool() as published):
            if not published:
                result.give("draft", key, replace(value, text="true", quoted=False))
        case "published", _:
            result.give("date", key, value)
        case "status", YamlScalar():
            _translate_status(result, key, value)
        case (("permalink" | "url"), YamlScalar()):
            _translate_permalink(result, key, value)
        case "taxonomies", YamlMapping():
            _give_parts(
                result,
                value,
                {
                    "tags": "tags",
                    "categories": "topics",
                    "topics": "topics",
                    "authors": "authors",
                    "series": "series",
                },
            )
        case "lastupdate", YamlMapping():
            _give_parts(result, value, {"date": "updated"}, ignored=("author",))
        case "hidetableofcontents", YamlScalar(value=bool() as hidden):
            result.give(
                "toc", key, replace(value, text="false" if hidden else "true", quoted=False)
            )
        case _:
            if not is_empty(value):
                message = f"'{key.text}' has a value that can't be translated"
                hint = f"delete '{key.text}'"
                result.report(value, code=yaml_codes.WRONG_TYPE, message=message, hint=hint)


def _translate_status(result: Spelled, key: YamlScalar, value: YamlScalar) -> None:
    yes = replace(value, text="true", quoted=False)
    match value.text.strip().lower():
        case "draft":
            result.give("draft", key, yes)
        case "hidden" | "unlisted":
            result.give("unlisted", key, yes)
        case "published" | "publish" | "":
            pass
        case other:
            message = f"unknown status '{shortened(other)}'; expected draft, hidden or published"
            result.report(
                value,
                code=yaml_codes.WRONG_TYPE,
                message=message,
                hint="write draft: true for a draft",
            )


def _translate_permalink(result: Spelled, key: YamlScalar, value: YamlScalar) -> None:
    if ":" in value.text and "://" not in value.text:
        message = f"the pattern in '{key.text}' is not used"
        hint = "addresses follow 'permalink' in blognet.yml; delete the line"
        severity = Severity.WARNING
        result.report(value, code=codes.NOT_USED, message=message, hint=hint, severity=severity)
    elif not is_empty(value):
        result.old_addresses.append(value)


def _add_old_addresses(result: Spelled) -> None:
    given = result.values.get("aliases")
    items: tuple[YamlNode, ...] = ()
    match given:
        case YamlSequence():
            items = given.items
        case YamlScalar() if not is_empty(given):
            items = (given,)
        case YamlMapping():
            return  # the model reports it
        case _:
            pass
    first = result.old_addresses[0]
    result.values["aliases"] = YamlSequence(
        items=(*items, *result.old_addresses),
        line=first.line,
        column=first.column,
        width=first.width,
    )
    result.keys.setdefault("aliases", first)

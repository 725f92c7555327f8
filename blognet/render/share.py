"""Links with which readers pass a post on. Plain addresses: nothing is loaded from the networks, nobody is counted.

Where each network takes text and address is its own choice, kept in one table here:
https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/share-on-linkedin ·
https://blog.joinmastodon.org/2026/03/a-new-share-button · https://docs.bsky.app/docs/advanced-guides/intent-links ·
https://developers.facebook.com/docs/plugins/share-button · https://docs.x.com/x-for-websites/tweet-button/overview ·
https://faq.whatsapp.com/5913398998672934 · mailto: RFC 6068
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from blognet.themes.views import ShareView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.render.context import Context

COPY = "copy"
_WORDS = {COPY: "share_copy", "mail": "share_mail"}
"""The names that are words of the theme; the others are names of their own."""
_NAMES = {
    "linkedin": "LinkedIn",
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "facebook": "Facebook",
    "x": "X",
    "whatsapp": "WhatsApp",
}
_ADDRESSES: Mapping[str, str] = {
    COPY: "{plain}",
    "mail": "mailto:?subject={title}&body={url}",
    "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "mastodon": "https://share.joinmastodon.org/#text={title}%0A{url}",
    "bluesky": "https://bsky.app/intent/compose?text={title}%0A{url}",
    "facebook": "https://www.facebook.com/sharer/sharer.php?u={url}",
    "x": "https://x.com/intent/post?text={title}&url={url}",
    "whatsapp": "https://wa.me/?text={title}%0A{url}",
}


def share_links(title: str, url: str, *, language: str, context: Context) -> tuple[ShareView, ...]:
    """Return the links that blognet.yml asks for, in its order.

    Args:
        title: Of the post; every sign of it arrives as it is.
        url: Its whole canonical address.
        language: The tag of the language that the page speaks.
        context: The look-ups.

    Returns:
        None at all in a copy for a disk: nobody can follow an address there.
    """
    if url.startswith("file:"):
        return ()
    return tuple(
        ShareView(
            kind=kind,
            label=context.words.phrase(language, _WORDS[kind]) if kind in _WORDS else _NAMES[kind],
            url=_ADDRESSES[kind].format(title=_part(title), url=_part(url), plain=url),
        )
        for kind in context.config.share
    )


def _part(text: str) -> str:
    """Write a text as a part of an address: no sign of it can begin another part. Lone surrogates cannot be sent."""
    return quote(text.encode("utf-8", errors="replace"), safe="")

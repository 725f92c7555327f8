"""Videos on other sites. Answers: which video an address means, and the card that stands for it until it is played.

A link alone in its paragraph to a video of a site that the network allows becomes a card: still a link, with the
author's words or picture, that a script of the theme may turn into a frame after a click. Nothing is asked of the other
site before. Trusted code, after the sanitiser; it knows no theme and no settings but the list of sites.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from blognet.markup.tags import read_attributes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.markup.values import Labels

YOUTUBE, VIMEO = "youtube", "vimeo"
FRAME_HOSTS = {YOUTUBE: "www.youtube-nocookie.com", VIMEO: "player.vimeo.com"}
"""Where frames come from; a PeerTube site is its own."""

_YOUTUBE_HOSTS = frozenset(
    f"{start}{host}"
    for host in ("youtube.com", "youtube-nocookie.com")
    for start in ("", "www.", "m.", "music.")
)
_YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([\w-]{11})/?")
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_VIMEO_PATH = re.compile(
    r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?(\d{1,20})(?:/([0-9a-f]{1,40}))?/?"
)
_PEERTUBE_PATH = re.compile(r"/(?:w|videos/(?:watch|embed))/([\w-]{8,64})/?")
_HASH = re.compile(r"[0-9a-f]{1,40}")
_TIME = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?")
_ALONE = re.compile(
    r'<p><a href="([^"]+)"((?: [a-z-]+="[^"]*")*)>((?:[^<]|<(?!/?(?:a|p)[ >]))*)</a></p>'
)
_CARD = re.compile(
    r'<figure class="embed"><a class="embed-link" (href="[^"]*" rel="[^"]*")[^>]*>((?:[^<]|<(?!/a>))*)</a>'
    r"((?:<figcaption>[^<]*</figcaption>)?)</figure>"
)
_FRAME = re.compile(r'<a class="embed-link" [^>]*? data-frame="https://([^/"]+)/')
_SITE = re.compile(r' ?<span class="embed-site">([^<]*)</span>')
_LEFT_OUT = frozenset({"rel", "title"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A video of another site.

    Attributes:
        watch: Where a person sees it.
        frame: What a frame shows.
        site: The site's name for people.
    """

    watch: str
    frame: str
    site: str


def video_of(address: str, sites: frozenset[str]) -> Video | None:
    """Return the video that an address means.

    Args:
        address: As its author wrote it.
        sites: ``youtube``, ``vimeo`` and the hosts of PeerTube sites that are allowed.
    """
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        host, query = (parts.hostname or "").rstrip("."), _query(parts.query)
        if parts.scheme not in {"http", "https"} or parts.port not in {None, 80, 443}:
            return None
    except ValueError:
        return None
    if YOUTUBE in sites and (host in _YOUTUBE_HOSTS or host == "youtu.be"):
        return _youtube(host, parts.path, query)
    if VIMEO in sites and host in {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}:
        return _vimeo(parts.path, query, parts.fragment)
    if host in sites - FRAME_HOSTS.keys() and (found := _PEERTUBE_PATH.fullmatch(parts.path)):
        start = _seconds(query.get("start", ""))
        asked = {"autoplay": "1", "p2p": "0", **({"start": f"{start}s"} if start else {})}
        at = f"?start={start}s" if start else ""
        return Video(
            watch=f"https://{host}/w/{found[1]}{at}",
            frame=f"https://{host}/videos/embed/{found[1]}?{urlencode(asked)}",
            site=host,
        )
    return None


def with_video_cards(html: str, sites: frozenset[str], labels: Labels) -> str:
    """Return the HTML with a card for each link to a video that stands alone in its paragraph.

    Args:
        html: HTML that markup made.
        sites: As for `video_of`.
        labels: The words to add.
    """
    if not sites or '<p><a href="' not in html:
        return html

    def card(match: re.Match[str]) -> str:
        address, attributes = unescape(match[1]), read_attributes(match[2])
        video = None if attributes.keys() - _LEFT_OUT else video_of(address, sites)
        if video is None:
            return match[0]
        return _card(video, address, match[3], attributes.get("title", ""), labels)

    return _ALONE.sub(card, html)


def frame_hosts_in(html: str) -> tuple[str, ...]:
    """Return the hosts from which the cards of a text take their frames, sorted."""
    if 'class="embed"' not in html:
        return ()
    return tuple(sorted(set(_FRAME.findall(html))))


def frame_hosts_of(sites: frozenset[str]) -> tuple[str, ...]:
    """Return the hosts from which any card can take its frame, sorted."""
    return tuple(sorted(FRAME_HOSTS.get(site, site) for site in sites))


def without_video_cards(html: str) -> str:
    """Return the HTML with links in place of the cards, for where no script will come."""
    if 'class="embed"' not in html:
        return html
    return _CARD.sub(_plain, html)


def _plain(card: re.Match[str]) -> str:
    inside = card[2]
    has_more = not inside.startswith("<span class=")
    inside = _SITE.sub(r" (\1)" if has_more else r"\1", inside)
    caption = card[3].replace("figcaption", "p")
    return f"<p><a {card[1]}>{inside}</a></p>{caption}"


def _card(video: Video, address: str, inside: str, caption: str, labels: Labels) -> str:
    host = urlsplit(video.frame).hostname or ""
    site = escape(labels.video.replace("{host}", video.site), quote=False)
    play = escape(labels.video_play.replace("{host}", host))
    words = inside.strip()
    if unescape(words).split("://")[-1] == address.rsplit("://", maxsplit=1)[-1]:
        words = ""
    shown = words if not words or "<img " in words else f"<strong>{words}</strong>"
    said = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption.strip() else ""
    return (
        f'<figure class="embed"><a class="embed-link" href="{escape(address)}" rel="external noopener"'
        f' data-frame="{escape(video.frame)}" data-play="{play}">{shown}{" " if shown else ""}'
        f'<span class="embed-site">{site}</span></a>{said}</figure>'
    )


def _youtube(host: str, path: str, query: Mapping[str, str]) -> Video | None:
    if host == "youtu.be":
        ident = path.strip("/")
    elif path in {"/watch", "/watch/"}:
        ident = query.get("v", "")
    else:
        found = _YOUTUBE_PATH.fullmatch(path)
        ident = found[1] if found else ""
    if not _YOUTUBE_ID.fullmatch(ident):
        return None
    start = _seconds(query.get("t", "") or query.get("start", ""))
    asked = {"autoplay": "1", **({"start": str(start)} if start else {})}
    at = f"&t={start}s" if start else ""
    return Video(
        watch=f"https://www.youtube.com/watch?v={ident}{at}",
        frame=f"https://{FRAME_HOSTS[YOUTUBE]}/embed/{ident}?{urlencode(asked)}",
        site="YouTube",
    )


def _vimeo(path: str, query: Mapping[str, str], fragment: str) -> Video | None:
    found = _VIMEO_PATH.fullmatch(path)
    if found is None:
        return None
    secret = found[2] or query.get("h", "")
    secret = secret if _HASH.fullmatch(secret) else ""
    start = _seconds(fragment.removeprefix("t=")) if fragment.startswith("t=") else 0
    asked = {"dnt": "1", "autoplay": "1", **({"h": secret} if secret else {})}
    at = f"#t={start}s" if start else ""
    return Video(
        watch=f"https://vimeo.com/{found[1]}{f'/{secret}' if secret else ''}{at}",
        frame=f"https://{FRAME_HOSTS[VIMEO]}/video/{found[1]}?{urlencode(asked)}{at}",
        site="Vimeo",
    )


def _query(text: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(text[:2_000], max_num_fields=50).items()}


def _seconds(text: str) -> int:
    """Return what ``90``, ``90s`` or ``1m30s`` says, 0 for anything else."""
    found = _TIME.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds

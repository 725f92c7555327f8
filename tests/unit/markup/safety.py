"""What HTML of ours may hold, written down a second time, and read with a parser that is not the sanitiser's.

The lists here are not imported from `blognet.markup.allow` on purpose: a mistake there must not excuse itself.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5lib

ELEMENTS = frozenset(
    "a abbr aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp section small "
    "source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr".split()
)
ATTRIBUTES = frozenset(
    "abbr alt aria-label cite class colspan controls data-frame data-lang data-n data-play data-sign datetime "
    "decoding default dir height href hreflang id kind label lang loading loop media muted open playsinline "
    "poster preload rel reversed role rowspan scope sizes span src srclang srcset start tabindex title type "
    "value width".split()
)
CLASSES = re.compile(
    r"hl-[a-z0-9]+|align-(?:left|center|right)|wide|lead|anchor|code|hl|table|alert|alert-title|task|task-box"
    r"|alert-(?:note|tip|important|warning|caution)|footnote-ref|footnotes|footnote-back|media-link"
    r"|listing|code-line|embed|embed-link|embed-site"
)
ROLES = frozenset({"region", "group", "note", "img", "doc-endnotes", "doc-backlink", "doc-noteref"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
FETCHED = frozenset({"src", "poster", "srcset"})


def faults_of(html: str, *, also: frozenset[str] = frozenset()) -> list[str]:
    """Return what must not be in a page, in words; `also` names more elements and attributes to let through."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=True)
    assert isinstance(tree, Element)
    found: list[str] = []
    ids: list[str] = []
    if "<!--" in html:
        found.append("a comment")
    for element in tree.iter():
        if element is tree:
            continue
        namespace, _, name = element.tag.rpartition("}")
        if namespace != "{http://www.w3.org/1999/xhtml":
            found.append(f"foreign {element.tag}")
        if name not in ELEMENTS | also:
            found.append(f"<{name}>")
        for attribute, value in element.attrib.items():
            found += _attribute_faults(name, attribute, value, also)
            if attribute == "id":
                ids.append(value)
    found += [f"id {each} twice" for each in set(ids) if ids.count(each) > 1]
    return found


def fetched_hosts(html: str) -> set[str]:
    """Return the hosts that a browser would ask by itself when it shows the HTML."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    addresses = [
        address
        for element in tree.iter()
        for attribute, value in element.attrib.items()
        if attribute in FETCHED
        for address in (value.split(",") if attribute == "srcset" else [value])
    ]
    seen = (re.sub(r"[\x00-\x20]", "", address) for address in addresses)
    remote = (
        re.match(r"(?:https?:[\\/]*|[\\/]{2,})([^/\\?#]*)", address, re.IGNORECASE)
        for address in seen
    )
    return {match[1] for match in remote if match}


def _attribute_faults(name: str, attribute: str, value: str, also: frozenset[str]) -> list[str]:
    if attribute not in ATTRIBUTES | also:
        return [f"<{name} {attribute}>"]
    if attribute in {"href", "src", "cite", "poster"}:
        scheme = re.match(r"([^/?#:]*):", re.sub(r"[\x00-\x20]", "", value))
        return [f"address {value!r}"] if scheme and scheme[1].lower() not in SCHEMES else []
    if attribute == "class":
        return [f"class {word}" for word in value.split() if not CLASSES.fullmatch(word)]
    if attribute == "role":
        return [] if value in ROLES else [f"role {value}"]
    return []

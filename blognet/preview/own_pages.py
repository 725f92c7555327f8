"""The preview's own pages: what waits, and what went wrong. Everything that is put in is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from blognet.preview.addresses import PROSPECT
from blognet.preview.banners import MEANINGS, address_in_prospect
from blognet.preview.faults import faults_of
from blognet.site.plan import ICON, theme_path
from blognet.themes.links import encoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.actions.showing import Shown
    from blognet.actions.waiting import Waiting
    from blognet.preview.faults import Fault


def waiting_page(shown: Shown, *, base: str) -> str:
    """Return the page that lists everything proposed, with its state, its faults and where to see it."""
    rows = "".join(_row(one, shown, base) for one in shown.waiting)
    table = (
        "<table>\n<thead><tr><th>What</th><th>State</th><th>Whose turn</th></tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>"
    )
    lone = "".join(_fault_line(fault) for fault in faults_of(shown.network.library.problems))
    others = (
        f'<h2>Files that belong to nothing</h2>\n<ul class="faults">{lone}</ul>' if lone else ""
    )
    body = table if rows else "<p>Nothing waits.</p>"
    links = (
        f'<p><a href="{escape(base)}/">The site as approved</a> · '
        f'<a href="{escape(base + PROSPECT)}/">The site as it would be</a></p>'
    )
    return own_page("What waits", f"{links}\n{body}\n{others}", base=base)


def faults_page(title: str, faults: Iterable[Fault], *, base: str) -> str:
    """Return a page that says why another one could not be made."""
    told = "".join(_whole_fault(fault) for fault in faults)
    return own_page(title, f"{told}\n<p>This page loads again when it is mended.</p>", base=base)


def own_page(title: str, body: str, *, base: str) -> str:
    """Return a page of the preview's own; `body` is HTML."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f'<link rel="icon" href="{escape(base + theme_path(ICON))}">\n</head>\n'
        f'<body class="blognet-own">\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _row(one: Waiting, shown: Shown, base: str) -> str:
    entry = one.entry
    subject = entry.subject
    title = escape(entry.title)
    if subject in shown.placed and address_in_prospect(subject, shown):
        address = f"{base}{PROSPECT}/{encoded(str(subject))}/"
        title = f'<a href="{escape(address)}">{title}</a>'
    path = escape(entry.proposal.path if entry.proposal else str(subject))
    by = escape(", ".join(entry.authors))
    faults = "".join(_fault_line(fault) for fault in faults_of(entry.problems))
    if reason := shown.left_out.get(subject):
        faults += f"<li>{escape(reason)}</li>"
    listed = f'<ul class="faults">{faults}</ul>' if faults else ""
    turn = escape(one.turn.value)
    command = f"<br><code>{escape(one.next_command)}</code>" if one.next_command else ""
    return (
        f"<tr><td>{title}<br><code>{path}</code>{f' by {by}' if by else ''}{listed}</td>"
        f'<td><span class="state">{escape(one.what)}</span><br>{escape(MEANINGS[one.what])}</td>'
        f"<td>{turn}{command}</td></tr>\n"
    )


def _fault_line(fault: Fault) -> str:
    return (
        f"<li><code>{escape(fault.place)}</code> {escape(fault.code)} {escape(fault.message)}</li>"
    )


def _whole_fault(fault: Fault) -> str:
    excerpt = f"<pre>{escape(fault.excerpt)}</pre>" if fault.excerpt else ""
    place = f"<p><code>{escape(fault.place)}</code></p>" if fault.place else ""
    hint = f"<p>{escape(fault.hint)}</p>" if fault.hint else ""
    return f"{place}<p>{escape(f'{fault.code} {fault.message}'.strip())}</p>{excerpt}{hint}\n"

"""Where the preview's own things are, below the base path of the site. No post can live there: slugs have no ``_``."""

from __future__ import annotations

WAITING = "/_waiting/"
"""The page that lists what waits."""

PROSPECT = "/_preview"
"""The site as it would be begins here; ``/_preview/2026/hello/``, and ``/_preview/post/hello/`` leads there."""

SCRIPT = "/_blognet/preview.js"
STYLE = "/_blognet/preview.css"
EVENTS = "/_blognet/events"

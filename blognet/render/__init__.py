"""From pages to bytes. Knows no files and no clock: what may be looked up is a `Context`, made once for a build."""

from typing import TYPE_CHECKING

from blognet.kernel.fronts import shown_later

if TYPE_CHECKING:
    from blognet.render.bodies import Bodies, render_bio, render_bodies, render_body
    from blognet.render.context import Context, make_context
    from blognet.render.page import render_page
    from blognet.render.problems import content_problems
else:
    __getattr__ = shown_later(
        __name__,
        {
            "bodies": (
                "Bodies",
                "render_bio",
                "render_bodies",
                "render_body",
            ),
            "context": (
                "Context",
                "make_context",
            ),
            "page": ("render_page",),
            "problems": ("content_problems",),
        },
    )

__all__ = [
    "Bodies",
    "Context",
    "content_problems",
    "make_context",
    "render_bio",
    "render_bodies",
    "render_body",
    "render_page",
]

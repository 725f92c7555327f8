"""What is wrong with texts is the same, and depends on the same, whether their Documents are read for it or not."""

from __future__ import annotations

from dataclasses import replace

from blognet.render import make_context
from blognet.render.bodies import leads_of, render_bodies
from blognet.render.texts import problems_of
from blognet.site import Published
from blognet.site.plan import plan
from blognet.themes.environment import make_renderer
from tests.unit.site.published_values import (
    PIXEL,
    built_in_words,
    live_author,
    live_page,
    live_post,
    settings,
    theme_file,
    theme_template,
)

TEXTS = {
    "whole": "[a](/2026/broken/) [b](https://e.org/) [c](#) ![d](d.png) [e](mailto:a@e.org)",
    "broken": "[a](/nowhere/) [a again](/nowhere/) [b](/2026/whole/) [c](/nor/here/)",
    "without-picture": "![x](missing.png)",
    "with-fragment": "## A\n\n[a](#b) and [b](/nowhere/)",
    "faulty": "<script>x</script>",
    "plain": "Words.",
}
PUBLISHED = Published(
    posts=tuple(
        live_post(slug, day=day, body=body, files=("d.png",) if slug == "whole" else ())
        for day, (slug, body) in enumerate(TEXTS.items())
    ),
    pages=(live_page("about", body="[a](/2026/whole/) [b](/2026/gone/)"),),
    authors=(live_author("ann", body="[x](/nowhere/)"),),
)
CONFIG = settings()
PLANNED = plan(PUBLISHED, CONFIG)
BODIES = render_bodies(PLANNED.catalogue, CONFIG, built_in_words())
LEADS = {subject: leads_of(document) for subject, document in BODIES.posts.items()}


def judged(*, with_leads: bool) -> dict[str, tuple[object, tuple[str, ...]]]:
    """Return the problems of each text, and the facts behind them."""
    context = make_context(
        PLANNED,
        CONFIG,
        renderer=make_renderer(theme_template, words=built_in_words(), zone=CONFIG.zone),
        asset=lambda _: PIXEL,
        theme_file=theme_file,
        bodies=replace(BODIES, leads=LEADS if with_leads else None),
    )
    subjects = (*PLANNED.catalogue.contents, *PLANNED.catalogue.profiles)
    found = {str(subject): problems_of(subject, context) for subject in subjects}
    traces = {trace.key: tuple(trace.needs) for trace in context.recorder.traces()}
    return {
        name: (problems, needs)
        for name, problems in found.items()
        for key, needs in traces.items()
        if key == f"problems {name}"
    }


def test_problems_are_the_same_with_what_is_known_of_links() -> None:
    with_leads, without = judged(with_leads=True), judged(with_leads=False)
    assert with_leads == without
    assert len(without) == len(TEXTS) + 2
    assert [name for name, (problems, _) in without.items() if problems]


def test_only_addresses_that_may_lead_into_the_site_are_leads() -> None:
    leads = {subject.id: found for subject, found in LEADS.items()}
    assert leads["whole"] == ("/2026/broken/", "d.png")
    assert leads["broken"] == ("/nowhere/", "/2026/whole/", "/nor/here/")
    assert (leads["plain"], leads["faulty"], leads["with-fragment"]) == ((), None, None)

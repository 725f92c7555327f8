"""Formulas as people meet them: in check, show and approve, on pages, in feeds; and when they are off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.network_folder import CONFIG

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

MATH = "markdown: {math: true}\n"
MATHML = "<msup><mi>x</mi><mn>2</mn></msup>"
EXPECTED = """\
queue/faulty.md:7:5  error BN861  formulas: not a formula: unknown command "\\fraq"
    is $\\fraq{1}{2}$ of $y$.
        ^^^^^  write it otherwise: docs/posts.md says which commands there are
1 subject checked: 1 error
"""


@pytest.fixture
def net(network_folder: NetworkFolder) -> NetworkFolder:
    """A network with formulas in dollars, a post with one and a faulty post."""
    network_folder.write("blognet.yml", CONFIG + MATH)
    network_folder.post(
        "queue/good.md", title="Good", body="The area is $x^2$, and it costs $5 or $6 more."
    )
    network_folder.post(
        "queue/faulty.md", title="Faulty", body="The half\nis $\\fraq{1}{2}$ of $y$."
    )
    return network_folder


def test_a_faulty_formula_is_underlined_once_and_blocks_approval(net: NetworkFolder) -> None:
    ran = net.blognet("check", "faulty")
    assert (ran.code, ran.out) == (1, EXPECTED)
    ran = net.mayor("approve", "faulty", "--yes")
    assert ran.code == 5
    assert "formulas on line 7" in ran.err


def test_a_waived_formula_is_published_as_it_was_written(net: NetworkFolder) -> None:
    assert net.mayor("approve", "faulty", "--yes", "--waive", "formulas=he insists").code == 0
    ran = net.blognet("build")
    assert "BN861" in ran.err + ran.out
    page = net.read("site/2026/faulty/index.html")
    assert '<code class="math-source">\\fraq{1}{2}</code>' in page


def test_a_formula_is_on_the_page_in_the_feeds_and_readable_in_summaries(
    net: NetworkFolder,
) -> None:
    assert net.mayor("approve", "good", "--yes").code == 0
    assert net.blognet("build").code == 0
    page = net.read("site/2026/good/index.html")
    assert MATHML in page
    assert "costs $5 or $6 more" in page
    assert '<meta name="description" content="The area is x^2, and it costs' in page
    assert MATHML.replace("<", "&lt;").replace(">", "&gt;") in net.read("site/atom.xml")
    (item,) = json.loads(net.read("site/feed.json"))["items"]
    assert '<annotation encoding="application/x-tex">x^2</annotation>' in item["content_html"]
    assert "The area is `$x^2$`" in net.mayor("show", "good").out


def test_the_setting_makes_a_page_anew_without_a_new_approval(net: NetworkFolder) -> None:
    net.mayor("approve", "good", "--yes")
    for setting, shown in ((MATH, True), ("", False), (MATH, True)):
        net.write("blognet.yml", CONFIG + setting)
        assert net.blognet("build").code == 0
        assert (MATHML in net.read("site/2026/good/index.html")) is shown
        assert (".m-box" in net.read("site/theme/style.css")) is shown

"""Which texts need the whole style sheet: whatever the rules between `only rare` and `end only` are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.markup import MarkupOptions, is_rich

if TYPE_CHECKING:
    from tests.unit.markup.rendering import Render

OPTIONS = MarkupOptions(video_sites=frozenset({"vimeo"}), math=True)
RICH = {
    "code": "```python\nprint()\n```\n",
    "indented code": "    print()\n",
    "a table": "| a |\n|---|\n| b |\n",
    "an alert": "> [!NOTE]\n> Text.\n",
    "a box that folds": "??? tip\n    Text.\n",
    "a footnote": "Text.[^1]\n\n[^1]: Note.\n",
    "a task": "- [x] done\n",
    "a key": "Press <kbd>F1</kbd>.\n",
    "a mark": "A <mark>word</mark>.\n",
    "an index": "H<sub>2</sub>O\n",
    "a list of definitions": "Word\n: Meaning\n",
    "a formula": "So $x^2$.\n",
    "a video": "Before.\n\nhttps://vimeo.com/123\n",
}
PLAIN = "## Title\n\nSome *words*, [a link](/a/), `code`.\n\n- a\n- b\n\n> Said.\n\n![alt](a.png)\n"


@pytest.mark.parametrize("text", RICH.values(), ids=RICH)
def test_what_few_texts_hold_asks_for_the_whole_sheet(text: str, render: Render) -> None:
    assert is_rich(render(text, options=OPTIONS).html)


def test_an_ordinary_text_does_without(render: Render) -> None:
    assert not is_rich(render(PLAIN, options=OPTIONS).html)

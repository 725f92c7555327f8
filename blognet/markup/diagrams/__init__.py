"""Diagrams in texts: what Graphviz draws from a fence of the language ``dot``. Answers: what readers get for one.

`graphviz` draws, in a machine of its own that can reach nothing; `svg` writes what may stand on a page; `shown` makes
the figure. Only this package imports wasmtime, which comes with the extra ``diagrams``.
"""

from typing import TYPE_CHECKING

from blognet.kernel.fronts import shown_later

if TYPE_CHECKING:
    from blognet.markup.diagrams.fences import fence, is_diagram
    from blognet.markup.diagrams.shown import Diagrams, as_names
else:
    __getattr__ = shown_later(
        __name__, {"fences": ("fence", "is_diagram"), "shown": ("Diagrams", "as_names")}
    )

__all__ = ["Diagrams", "as_names", "fence", "is_diagram"]

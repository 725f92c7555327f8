"""Formulas in texts: where they are, and what readers see of them. Answers for both parsers alike.

`spans` and `blocks` say what is a formula and what is only a dollar; `places` applies them to what pyromark reads;
`shown` makes TeX into MathML by way of `mathml` (which lets nothing through that it does not name) and `words` (what a
formula says without markup). Only this package imports math_core, and only when a text has a formula.
"""

from typing import TYPE_CHECKING

from blognet.kernel.fronts import shown_later

if TYPE_CHECKING:
    from blognet.markup.formulas.fences import fence, mark
    from blognet.markup.formulas.shown import Formulas, as_source
else:
    __getattr__ = shown_later(
        __name__, {"fences": ("fence", "mark"), "shown": ("Formulas", "as_source")}
    )

__all__ = ["Formulas", "as_source", "fence", "mark"]

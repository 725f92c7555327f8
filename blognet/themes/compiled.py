"""How templates become Python code: as Jinja writes it, with short ways for what pages do thousands of times.

What is decided while a template is compiled need not be asked on every page: that a name is a field of our views, that
a macro says the same on many pages. The sandbox stays whole: a short way is taken only for values whose type is known
to be harmless, and everything else goes through Jinja's checks as before.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import meta, nodes
from jinja2.compiler import CodeGenerator, optimizeconst
from markupsafe import Markup, escape

from blognet.themes.fields import WITH_FIELD
from blognet.themes.sharing import (
    free_names,
    imported_in,
    own_names,
    shareable_macros,
    written_links,
)

if TYPE_CHECKING:
    from jinja2.compiler import Frame, MacroRef

_TEXTS = 8192
"""How many short texts are remembered as they stand in HTML: names and titles come again and again."""
_SHORT = 300
LOOP_FIELDS = frozenset(
    ("depth", "depth0", "first", "index", "index0", "last", "length", "revindex", "revindex0")
)
"""What a loop knows of itself, as numbers and answers."""


def escaped(value: object) -> str:
    """Return a value as it stands in HTML; not marked as safe, since it is written at once."""
    if type(value) is Markup:
        return value
    if type(value) is str and len(value) < _SHORT:
        return _escaped_text(value)
    return escape(value)


@lru_cache(maxsize=_TEXTS)
def _escaped_text(text: str) -> str:
    return str(escape(text))


class Compiler(CodeGenerator):
    """Jinja's, with the short ways."""

    _shareable: frozenset[int] = frozenset()
    _links: frozenset[int] = frozenset()
    """The macros that are shareable and the links that are written at once, by what Python knows them by."""

    def visit_Template(  # noqa: N802  # as in Jinja
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Write the module of a template; behind it, what its code needs beside Jinja's own."""
        free = free_names(node)
        shareable = () if free is None else shareable_macros(node)
        self._links = frozenset(map(id, written_links(node)))
        self._shareable = frozenset(map(id, shareable))
        super().visit_Template(node, frame)
        self.writeline("from jinja2.runtime import LoopContext")
        self.writeline("from blognet.themes.compiled import escaped as escape")
        self.writeline("from blognet.themes.fields import WITH_FIELD")
        self.writeline("from blognet.themes.fragments import SharedMacro, written_link")
        self.writeline(f"free_names = {None if free is None else sorted(free)!r}")
        self.writeline(f"imported_names = {imported_in(node)!r}")
        self.writeline(f"own_names = {sorted(own_names(node))!r}")
        self.writeline(f"named_templates = {_named_in(node)!r}")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # as in Jinja
        """Read a field of a view, or what a loop knows, at once; ask the sandbox about any other value."""
        name = node.attr
        if name in LOOP_FIELDS and isinstance(node.node, nodes.Name):
            short = "is LoopContext"
        elif name in WITH_FIELD:
            short = f"in WITH_FIELD[{name!r}]"
        else:
            super().visit_Getattr(node, frame)
            return
        self.write(f"(value.{name} if type(value := ")
        self.visit(node.node, frame)
        self.write(f") {short} else environment.getattr(value, {name!r}))")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802  # as in Jinja
        """Write a link at once; any other filter as Jinja does."""
        if id(node) not in self._links or node.node is None:
            super().visit_Filter(node, frame)
            return
        self.write("written_link(context, ")
        self.visit(node.node, frame)
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write the making of a macro."""
        if id(macro_ref.node) not in self._shareable:
            super().macro_def(macro_ref, frame)
            return
        self.write("SharedMacro(")
        super().macro_def(macro_ref, frame)
        self.write(")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Ask the environment for what is imported with the context: many parts are the same for every page."""
        if not node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.module_of(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}, context, {self.dump_local_context(frame)})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        """Begin what is written: links that are written at once are escaped already."""
        if id(node) in self._links:
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)  # type: ignore[arg-type]  # a private type of Jinja's


def _named_in(node: nodes.Template) -> list[str] | None:
    """Return the templates that one extends, includes or imports, sorted; None when they could be any."""
    names = set(meta.find_referenced_templates(node))
    return None if None in names else sorted(name for name in names if name is not None)

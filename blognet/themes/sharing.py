"""Which parts of templates are the same for many pages. Reads the syntax of templates; renders nothing.

A macro is *shareable* when what it says follows from its arguments and the language of the page alone, but for the
links in it, which begin in the folder of the page: those it must write as they are (``{{ card.url | url }}``), so that
they can be put in later. Whatever is not known to be harmless makes a macro an ordinary one.
"""

from __future__ import annotations

import jinja2.meta
from jinja2 import nodes

_FUNCTIONS = frozenset(("t", "list_separator"))
_FILTERS = frozenset(
    ("count", "date", "datetime", "day", "direction", "first", "int", "iso", "join", "last", "length", "lower", "max")
) | {"min", "number", "size", "trim", "upper"}  # fmt: skip
_TESTS = frozenset(("defined", "divisibleby", "even", "none", "odd", "undefined"))
_HARMLESS = (
    nodes.And, nodes.BinExpr, nodes.Compare, nodes.Concat, nodes.CondExpr, nodes.Const, nodes.Dict, nodes.Getattr,
    nodes.Getitem, nodes.If, nodes.List, nodes.Operand, nodes.Pair, nodes.Slice, nodes.TemplateData, nodes.Tuple,
    nodes.UnaryExpr,
)  # fmt: skip
"""What adds nothing to what its parts say."""


def free_names(template: nodes.Template) -> frozenset[str] | None:
    """Return the names that a template takes from where it is used.

    Returns:
        Those that every template has (``range``) as well, since whoever uses it may have set them. None when it says
        or decides something outside of its macros, or takes what cannot be known, so that it may differ from page to
        page; or when it cannot be compiled.
    """
    if not all(_is_quiet(each) for each in template.body) or _takes_all(template):
        return None
    try:
        undeclared = jinja2.meta.find_undeclared_variables(template)
    except jinja2.TemplateAssertionError:
        return None  # whoever compiles it will hear, and where it stands
    given = template.environment.globals if template.environment else {}
    return frozenset(undeclared).union(name for name in _read_names(template) if name in given)


def imported_in(template: nodes.Template) -> tuple[str, ...]:
    """Return what a template imports outside of its macros, with the context."""
    return tuple(
        each.template.value
        for each in template.body
        if isinstance(each, nodes.Import | nodes.FromImport)
        and each.with_context
        and isinstance(each.template, nodes.Const)
    )


def shareable_macros(template: nodes.Template) -> tuple[nodes.Macro, ...]:
    """Return the macros of a template that are shareable, if what they call is."""
    macros = [each for each in template.body if isinstance(each, nodes.Macro)]
    called, constants = {each.name for each in macros}, set[str]()
    for each in template.body:
        if isinstance(each, nodes.FromImport):
            called |= {name if isinstance(name, str) else name[1] for name in each.names}
        if isinstance(each, nodes.Assign) and isinstance(each.target, nodes.Name):
            constants.add(each.target.name)
    return tuple(
        macro
        for macro in macros
        if _Reading(macro, called - constants, constants - called).is_shareable()
    )


def own_names(template: nodes.Template) -> frozenset[str]:
    """Return the names that a template sets outside of its macros."""
    found = {each.name for each in template.body if isinstance(each, nodes.Macro)}
    for each in template.body:
        match each:
            case nodes.FromImport():
                found |= {name if isinstance(name, str) else name[1] for name in each.names}
            case nodes.Import():
                found.add(each.target)
            case nodes.Assign():
                found |= {name.name for name in each.find_all(nodes.Name) if name.ctx != "load"}
            case _:
                pass
    return frozenset(found)


def written_links(template: nodes.Template) -> tuple[nodes.Filter, ...]:
    """Return where a template writes what the filter ``url`` answers at once: ``{{ card.url | url }}``."""
    outputs = template.find_all(nodes.Output)
    return tuple(
        each
        for output in outputs
        for each in output.nodes
        if isinstance(each, nodes.Filter) and _is_link(each)
    )


class _Reading:
    """The reading of one macro."""

    def __init__(self, macro: nodes.Macro, called: set[str], constants: set[str]) -> None:
        self._macro = macro
        own = {each.name for each in macro.find_all(nodes.Name) if each.ctx != "load"}
        self._called = called - own
        # A name that is set in a loop or a branch is still the page's one before, behind and beside it.
        self._known = (own - _undeclared_in(macro)) | constants
        self._functions = _FUNCTIONS - own - constants - called
        self._has_head = "head" not in own | constants | called

    def is_shareable(self) -> bool:
        return all(map(self._is_fine, (*self._macro.defaults, *self._macro.body)))

    def _is_fine(self, node: nodes.Node) -> bool:  # noqa: PLR0911  # one for each kind of node
        match node:
            case nodes.Output():
                return all(map(self._is_fine_output, node.nodes))
            case nodes.Name():
                return node.name in self._known or node.ctx != "load"
            case nodes.Getattr(node=nodes.Name(name="head"), attr="language"):
                return self._has_head
            case nodes.Getattr(node=nodes.Name(name="loop")):
                return "loop" not in self._called
            case nodes.For():
                return not node.recursive and self._are_parts_fine(node)
            case nodes.Assign():
                return isinstance(node.target, nodes.Name) and self._is_fine(node.node)
            case nodes.Filter():
                return (
                    node.name in _FILTERS and node.node is not None and self._are_parts_fine(node)
                )
            case nodes.Test():
                return node.name in _TESTS and self._are_parts_fine(node)
            case nodes.Call(node=nodes.Name(name=name)) if name in self._functions:
                return self._are_arguments_fine(node)
            case _:
                return isinstance(node, _HARMLESS) and self._are_parts_fine(node)

    def _is_fine_output(self, node: nodes.Node) -> bool:
        match node:
            case nodes.Call(node=nodes.Name(name=name)) if name in self._called:
                return self._are_arguments_fine(node)
            case nodes.Filter() if _is_link(node):
                return self._are_parts_fine(node)
            case _:
                return self._is_fine(node)

    def _are_parts_fine(self, node: nodes.Node) -> bool:
        return all(map(self._is_fine, node.iter_child_nodes()))

    def _are_arguments_fine(self, call: nodes.Call) -> bool:
        values = (*call.args, *(each.value for each in call.kwargs))
        return call.dyn_args is None and call.dyn_kwargs is None and all(map(self._is_fine, values))


def _is_link(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Filter)
        and node.name == "url"
        and node.node is not None
        and not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
    )


def _undeclared_in(macro: nodes.Macro) -> set[str]:
    alone = nodes.Template([macro], lineno=macro.lineno, environment=macro.environment)
    return jinja2.meta.find_undeclared_variables(alone)


def _read_names(template: nodes.Template) -> set[str]:
    return {each.name for each in template.find_all(nodes.Name) if each.ctx == "load"}


def _takes_all(template: nodes.Template) -> bool:
    """Whether a macro hands everything on that is set where the template is used: nobody knows what is taken of it."""
    macros = (each for each in template.body if isinstance(each, nodes.Macro))
    return any(map(_hands_on, (each for macro in macros for each in macro.find_all(nodes.Stmt))))


def _hands_on(node: nodes.Stmt) -> bool:
    match node:
        case nodes.Include() | nodes.Import() | nodes.FromImport():
            return node.with_context
        case _:
            return isinstance(node, nodes.Block)


def _is_quiet(node: nodes.Node) -> bool:
    """Whether a node outside of macros says and decides nothing."""
    match node:
        case nodes.Import() | nodes.FromImport():
            return isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
        case nodes.Output():
            return all(isinstance(each, nodes.TemplateData) for each in node.nodes)
        case nodes.Assign():
            return isinstance(node.target, nodes.Name) and _is_constant(node.node)
        case _:
            return isinstance(node, nodes.Macro)


def _is_constant(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.Expr):
        return False
    try:
        node.as_const()
    except nodes.Impossible:
        return False
    return True

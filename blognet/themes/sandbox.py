"""The sandbox in which templates run: Jinja's, with short ways for our own values, functions and parts.

A short way is taken only where the type of a value says that nothing can come of it: fields of views are plain
values, macros are code of the sandbox itself, and the few functions of ours are known one by one. Parts of a theme
(``_card.html``) that take nothing from where they are imported but `OF_PAGE` are made once, and serve page after page.
"""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from blognet.themes.compiled import Compiler
from blognet.themes.fields import WITH_FIELD
from blognet.themes.fragments import NotShareableError, Scope, SharedMacro

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.environment import TemplateModule
    from jinja2.runtime import Context

    from blognet.themes.views import HeadView, PageView, SiteView

_OF_MACROS = frozenset(
    ("arguments", "caller", "catch_kwargs", "catch_varargs", "explicit_caller", "name")
)
"""What templates may know of a macro; that it is shared, and where, is ours."""
OF_PAGE = frozenset(("head", "site", "view"))
"""What a page gives its templates."""
_OF_FUNCTIONS = frozenset(("head", "site"))
"""What our own functions and filters take from where they are used, whether a template names it or not."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with the short ways.

    Attributes:
        own_functions: Functions of ours that take the context, and that any template may call.
        scopes: Those that no page uses now.
        free: By template, what it and its imports take from where it is used; None when it is made anew each time.
    """

    code_generator_class = Compiler
    own_functions: frozenset[Callable[..., str]] = frozenset()
    scopes: list[Scope]
    free: dict[str, frozenset[str] | None]

    def ready(self, names: Mapping[str, Any], own_functions: frozenset[Callable[..., str]]) -> None:
        """Say what every template of a theme can use; none is known yet."""
        self.globals = dict(names)
        self.own_functions = own_functions
        self.scopes = []
        self.free = {}

    def render(self, name: str, *, head: HeadView, site: SiteView, view: PageView) -> str:
        """Return what a template makes of a page."""
        template = self.get_template(name)
        try:
            scope = self.scopes.pop()  # in one step: another thread may be after the last one
        except IndexError:
            scope = Scope(self.globals)
        scope.turn_to(head=head, site=site, view=view)
        try:
            context = template.new_context(scope, shared=True)
            return "".join(template.root_render_func(context))
        except Exception:  # noqa: BLE001  # as Jinja does, so that the traceback names lines of templates
            self.handle_exception()
        finally:
            self.scopes.append(scope)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401  # as in Jinja
        """Read an attribute: a field of a view at once, anything else after Jinja's checks."""
        if type(obj) in WITH_FIELD.get(attribute, ()):
            value = getattr(obj, attribute)
            if not callable(value):
                return value
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401  # as in Jinja
        """Read what is asked for by subscript: a view has nothing of that kind, so that its field is meant."""
        if type(argument) is str and type(obj) in WITH_FIELD.get(argument, ()):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401  # as in Jinja
        """Whether a template may read an attribute, as Jinja says; nothing of what is ours in a macro."""
        if isinstance(obj, SharedMacro) and attr not in _OF_MACROS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call(  # a template names its arguments as it likes, so ours have no names
        self,
        context: Context,
        called: Any,  # noqa: ANN401  # as in Jinja
        /,
        *args: Any,  # noqa: ANN401  # the same
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> Any:  # noqa: ANN401  # the same
        """Call what a template calls: macros and our own functions at once, anything else after Jinja's checks."""
        kind = type(called)
        if kind is FunctionType and called in self.own_functions and not _are_set(kwargs):
            return called(context, *args, **_without_set(kwargs))
        if kind is SharedMacro and called.scope is not None and not called.is_ordinary:
            return called.said(called.scope, context.eval_ctx, args, _without_set(kwargs))
        scope = context.parent
        if type(scope) is Scope and scope.is_making:
            raise NotShareableError
        if kind is Macro or kind is SharedMacro:
            return called(context.eval_ctx, *args, **_without_set(kwargs))
        # Jinja wraps what formats texts where it is read. No view holds such a thing; if one did, it is wrapped here.
        return super().call(context, self.wrap_str_format(called) or called, *args, **kwargs)

    def module_of(
        self,
        name: str | jinja2.Template,
        importer: str | None,
        context: Context,
        local: Mapping[str, Any],  # as in Jinja
    ) -> TemplateModule:
        """Return an imported template, as ``import … with context`` does.

        Args:
            name: Of the template, or what else Jinja takes for one.
            importer: The name of the one that imports it.
            context: Of the importer.
            local: What is set where the import stands.
        """
        scope = context.parent
        if type(scope) is Scope and isinstance(name, str):
            free = self._free_names(name)
            if free is not None and free.isdisjoint(local) and free.isdisjoint(context.vars):
                if name not in scope.modules:
                    template = self.get_template(name, importer)
                    scope.share(name, template.make_module(scope, shared=True))
                return scope.modules[name]
        template = self.get_template(name, importer)
        return template.make_module(context.get_all(), shared=True, locals=local)

    def named_in(self, name: str) -> frozenset[str] | None:
        """Return the templates that one extends, includes or imports; none when it is not there.

        Returns:
            None when they could be any: one is named by an expression, or the template cannot be read.
        """
        try:
            names = self.get_template(name).root_render_func.__globals__["named_templates"]
        except jinja2.TemplateNotFound:
            return frozenset()
        except jinja2.TemplateSyntaxError:
            return None
        return None if names is None else frozenset(names)

    def _free_names(self, name: str) -> frozenset[str] | None:
        if name not in self.free:
            self.free[name] = None  # for what imports itself
            self.free[name] = self._find_free_names(name)
        return self.free[name]

    def _find_free_names(self, name: str) -> frozenset[str] | None:
        try:
            code = self.get_template(name).root_render_func.__globals__
        except jinja2.TemplateError:
            return None  # whoever imports it will hear
        inner = frozenset[str]()
        for free in map(self._free_names, code["imported_names"]):
            if free is None:
                return None
            inner |= free
        if code["free_names"] is None or not inner.isdisjoint(code["own_names"]):
            return None
        found = inner.union(code["free_names"], _OF_FUNCTIONS)
        return found if found <= OF_PAGE | self.globals.keys() else None


def _are_set(kwargs: Mapping[str, Any]) -> bool:
    """Whether names were set in the loop or block in which something is called."""
    return bool(kwargs) and bool(kwargs.get("_loop_vars") or kwargs.get("_block_vars"))


def _without_set(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Take away what Jinja passes on of loops and blocks, for what has no use for it."""
    if kwargs:
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
    return kwargs

"""What shareable macros said, kept for the next page: text with holes for the links, which begin in a page's folder.

Which macros are shareable says `blognet.themes.sharing`. What they say follows from their arguments and the language
of the page, so that it is remembered by these: texts and numbers as they are, views as the very same values.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from jinja2 import TemplateRuntimeError, Undefined
from jinja2.runtime import Macro
from markupsafe import escape

from blognet.themes.fields import VIEWS
from blognet.themes.links import encoded, is_site_path, link_from, way_to_root
from blognet.themes.parts import PostCard
from blognet.themes.safe import trusted_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.environment import TemplateModule
    from jinja2.nodes import EvalContext
    from jinja2.runtime import Context

    from blognet.themes.views import HeadView, PageView, SiteView

_MANY = 5_000
"""Fragments after which those that were not used meanwhile are forgotten; each takes two kilobytes."""
_HOLE = "\0"
_WITHOUT_PAGE = "nothing is known of the page here: expected `import … with context`"
_PLAIN = frozenset((int, bool, type(None)))
_IN_SEVERAL = VIEWS - {PostCard}
"""What stands in the same order on several pages: the authors of a post, its topics, the links of the site."""
_Key: TypeAlias = tuple[object, ...]


class NotShareableError(Exception):
    """A shareable macro called something that is not; it is an ordinary one, then."""


class WrittenLinks(dict[str, str]):
    """The links from one page, by address, as they stand in HTML; most are shown more than once.

    Attributes:
        to_root: As in `way_to_root`.
        first: The same.
    """

    def __init__(self, page: str, site_url: str) -> None:
        """Begin with none; the arguments are those of `link_from`."""
        super().__init__()
        self._page = page
        self._site_url = site_url
        self.to_root, self.first = way_to_root(page, site_url=site_url)

    def __missing__(self, address: str) -> str:
        """Find a link, and remember it.

        Raises:
            TemplateRuntimeError: The address may not be linked.
        """
        first, tail = _first_and_tail(address)
        if tail is not None and self.to_root and first != self.first:
            written = self.to_root + tail
        else:
            written = str(escape(checked_link(self._page, address, self._site_url)))
        self[address] = written
        return written


@lru_cache(maxsize=16_384)
def _first_and_tail(address: str) -> tuple[str, str | None]:
    """Return the first folder of a path of the site, with its slashes, and all but the slash, as they stand in HTML.

    Returns:
        No tail for any other address; no folder for what lies in the root.
    """
    if not is_site_path(address):
        return "", None
    written = encoded(address)
    folder, slash, _ = written[1:].partition("/")
    return f"/{folder}/" if slash else "", str(escape(written[1:]))


@lru_cache(maxsize=4_096)
def _the_same(firsts: frozenset[str]) -> frozenset[str]:
    """Return an equal set; there are few different ones, and each fragment has one."""
    return firsts


class Fragment:
    """What a macro said.

    It keeps the arguments: while they are there, no other view can be taken for them.

    Attributes:
        text: With its holes.
        addresses: What the holes are for.
    """

    __slots__ = ("_arguments", "_firsts", "_from", "addresses", "text")

    def __init__(self, text: str, addresses: tuple[str, ...], arguments: _Key) -> None:
        """Keep what was said."""
        self.text = text
        self.addresses = addresses
        self._arguments = arguments
        self._firsts: frozenset[str] | None = None
        self._from: dict[str, str] | None = None

    def on(self, links: WrittenLinks) -> str:
        """Return it as it stands on the page of these links."""
        if not self.addresses:
            return self.text
        if self._firsts is None:
            self._firsts = _the_same(frozenset([_first_and_tail(x)[0] for x in self.addresses]))
        if not links.to_root or links.first in self._firsts:
            return self._filled(links)
        # Pages as deep as this one that share no folder with what is linked show it with the same links.
        if self._from is None:
            self._from = {}
        known = self._from.get(links.to_root)
        if known is None:
            known = self._from[links.to_root] = self._filled(links)
        return known

    def _filled(self, links: WrittenLinks) -> str:
        pieces = str.split(self.text, _HOLE)
        pieces[1::2] = map(links.__getitem__, self.addresses)
        return trusted_html("".join(pieces))


class Scope(dict[str, Any]):
    """What a page gives its templates, and what was made for other pages already; one page uses it at a time.

    Attributes:
        modules: The parts of the theme that pages share.
        links: From the page.
        is_making: Whether a fragment is being made.
        holes: How many links it left out so far.
        fragments: What was said lately, by macro, language and arguments.
        older: What was said before that; whatever is said once more counts as lately again.
    """

    def __init__(self, names: Mapping[str, Any]) -> None:
        """Begin with what every template can use, and no page."""
        super().__init__(names)
        self.modules: dict[str, TemplateModule] = {}
        self.links = WrittenLinks("", "")
        self.is_making = False
        self.holes = 0
        self.fragments: dict[_Key, Fragment] = {}
        self.older: dict[_Key, Fragment] = {}

    def turn_to(self, *, head: HeadView, site: SiteView, view: PageView) -> None:
        """Begin with a page."""
        self.update(head=head, site=site, view=view)
        self.links = WrittenLinks(head.path, site.url)

    def known(self, key: _Key) -> Fragment | None:
        """Return what was said; None when it is not known any more."""
        found = self.fragments.get(key)
        if found is None and (found := self.older.get(key)) is not None:
            self.keep(key, found)
        return found

    def keep(self, key: _Key, fragment: Fragment) -> None:
        """Keep what was said; what was not asked for during as many others as are kept is forgotten."""
        if len(self.fragments) >= _MANY:
            self.older, self.fragments = self.fragments, {}
        self.fragments[key] = fragment

    def share(self, name: str, module: TemplateModule) -> None:
        """Keep a part for all pages, and what its macros say."""
        self.modules[name] = module
        for each in vars(module).values():
            if type(each) is SharedMacro:
                each.scope = self

    def link(self, address: str) -> str:
        """Return a link as it stands in HTML; a hole for it while a fragment is being made.

        Raises:
            TemplateRuntimeError: The address may not be linked.
        """
        written = self.links[address]
        if not self.is_making:
            return written
        self.holes += 1
        return f"{_HOLE}{address}{_HOLE}"


class SharedMacro(Macro):
    """A macro that says the same on many pages.

    Attributes:
        scope: Where it is kept what it says; None for one that is made anew for each page.
        is_ordinary: Whether it turned out not to be shareable after all.
    """

    def __init__(self, macro: Macro) -> None:
        """Take the place of a macro."""
        vars(self).update(vars(macro))
        self.scope: Scope | None = None
        self.is_ordinary = False

    def __repr__(self) -> str:
        """Show it as Jinja shows a macro: templates can write it."""
        return f"<Macro {self.name!r}>"

    def said(
        self, scope: Scope, context: EvalContext, args: _Key, named: Mapping[str, object]
    ) -> str:
        """Return what it says, on the page that the scope has turned to; with holes inside of another one."""
        arguments = _key_of(args, named)
        if arguments is None:
            return self(context, *args, **named)
        key = (self, scope["head"].language, arguments)
        fragment = scope.known(key)
        if scope.is_making:
            if fragment is not None:
                scope.holes += len(fragment.addresses)
                return fragment.text
            before = scope.holes
            text = self._called(context, args, named)
            self._kept(scope, key, text, scope.holes - before, (args, named))
            return text
        fragment = fragment or self._made(scope, key, context, args, named)
        return fragment.on(scope.links) if fragment else self(context, *args, **named)

    def _made(
        self, scope: Scope, key: _Key, context: EvalContext, args: _Key, named: Mapping[str, object]
    ) -> Fragment | None:
        """Make a fragment and keep it; None where it calls what is not shareable, or says what looks like a hole."""
        scope.is_making, scope.holes = True, 0
        try:
            text = self._called(context, args, named)
            return self._kept(scope, key, text, scope.holes, (args, named))
        except NotShareableError:
            self.is_ordinary = True
            return None
        finally:
            scope.is_making = False

    def _called(self, context: EvalContext, args: _Key, named: Mapping[str, object]) -> str:
        """Call the macro; without the sorting of arguments where there is nothing to sort."""
        is_sorted = not named and len(args) == self._argument_count
        if is_sorted and not (self.caller or self.catch_kwargs or self.catch_varargs):
            return trusted_html(self._func(*args))
        return self(context, *args, **named)

    @staticmethod
    def _kept(scope: Scope, key: _Key, text: str, holes: int, arguments: _Key) -> Fragment | None:
        pieces = str.split(text, _HOLE)
        if len(pieces) != 2 * holes + 1:
            return None
        fragment = Fragment(text, tuple(pieces[1::2]), arguments)
        scope.keep(key, fragment)
        return fragment


def written_link(context: Context, address: object) -> str:
    """Return what the filter ``url`` does, as it stands in HTML.

    Raises:
        TemplateRuntimeError: The address may not be linked.
    """
    scope, own = context.parent, context.vars
    if type(scope) is Scope and "head" not in own and "site" not in own:
        return scope.link(address if type(address) is str else address_of(address))
    return escape(checked_link(head_of(context).path, address, site_of(context).url))


def head_of(context: Context) -> HeadView:
    """Return the head of the page that is being made.

    Raises:
        TemplateRuntimeError: A template does not know it.
    """
    known = context.vars if "head" in context.vars else context.parent
    head: HeadView | None = known.get("head")
    if head is None:
        raise TemplateRuntimeError(_WITHOUT_PAGE)
    return head


def site_of(context: Context) -> SiteView:
    """Return the site as it is shown on that page.

    Raises:
        TemplateRuntimeError: A template does not know it.
    """
    known = context.vars if "site" in context.vars else context.parent
    site: SiteView | None = known.get("site")
    if site is None:
        raise TemplateRuntimeError(_WITHOUT_PAGE)
    return site


def checked_link(page: str, address: object, site_url: str) -> str:
    """Return the link from a page to an address.

    Raises:
        TemplateRuntimeError: The address may not be linked.
    """
    link = link_from(page, address_of(address), site_url=site_url)
    if link is None:
        raise not_linkable(address)
    return link


def address_of(value: object) -> str:
    """Return what a template gives for an address, as a plain text.

    Raises:
        TemplateRuntimeError: It is no text; an `UndefinedError` where it is not there at all.
    """
    if isinstance(value, str | Undefined):
        return str(value)
    raise not_linkable(value)


def not_linkable(address: object) -> TemplateRuntimeError:
    """Return what to raise at an address that no page may link to."""
    return TemplateRuntimeError(
        f"{address!r} may not be linked: expected a path of the site, http, https or mailto"
    )


def _key_of(args: _Key, named: Mapping[str, object]) -> _Key | None:
    """Return what tells arguments apart; None when some of them are not known by their values."""
    key = tuple([each if type(each) is str else _key_of_one(each) for each in args])
    if named:
        key += (("named", *named), *map(_key_of_one, named.values()))
    return None if None in key else key


def _key_of_one(value: object) -> object:
    kind = type(value)
    if kind in VIEWS:
        return id(value)
    if kind is str or kind in _PLAIN:
        return (kind, value)
    # Posts in a row are those of one page; what is said of each alone is worth more.
    if isinstance(value, tuple) and all(type(each) in _IN_SEVERAL for each in value):
        return ("views", *map(id, value))
    return None

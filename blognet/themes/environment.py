"""Views in, HTML out, through templates. Knows no files: sources come through a loader function.

The rules it keeps: everything is escaped unless `blognet.themes.safe` marked it; a name that is not there is an
error, never an empty place; templates cannot reach Python's internals or change what they are given; no address
leaves through the filter ``url`` that a browser would run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import jinja2

from blognet.engine import digest_of
from blognet.kernel.times import iso
from blognet.themes.dates import (
    date_words,
    datetime_words,
    day_words,
    list_separator,
    number_words,
    size_words,
)
from blognet.themes.faults import fault_of, file_name_of
from blognet.themes.fragments import address_of, checked_link, head_of, not_linkable, site_of
from blognet.themes.languages import direction_of
from blognet.themes.links import encoded, link_from, whole_address
from blognet.themes.policy import OWN_SCRIPTS, content_policy, with_frames
from blognet.themes.sandbox import Sandbox
from blognet.themes.views import VIEWS_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from datetime import datetime, tzinfo
    from types import CodeType

    from jinja2.runtime import Context

    from blognet.themes.strings import Words
    from blognet.themes.views import HeadView, PageView, SiteView

    Keep = Callable[[str, str, str, Callable[[], CodeType]], CodeType]

_PHRASES = 4096
_ESCAPING_OFF = re.compile(r"\{%[-+]?\s*autoescape\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """Templates that are ready to run. Make one per process and keep it: each template is compiled once.

    Attributes:
        environment: What Jinja needs to know; nobody outside this room touches it.
        load: The sources.
        where: The path that people know a template by.
        words: The words of pages in every language.
        mark: A digest of everything but the templates that decides what they give, the words included.
    """

    environment: Sandbox
    load: Callable[[str], str | None]
    where: Callable[[str], str]
    words: Words
    mark: str

    def render_template(self, name: str, *, head: HeadView, site: SiteView, view: PageView) -> str:
        """Return the HTML of a page, ending in a line feed. The language of its words is the head's.

        Args:
            name: The template, e.g. ``post.html``.
            head: What the head of the page says.
            site: What every page shows of the site.
            view: What the template shows.

        Raises:
            FaultsError: When a template is missing, cannot be read or fails; its problem names file and line.
        """
        try:
            html = self.environment.render(name, head=head, site=site, view=view)
            return html.rstrip("\n") + "\n"
        except (
            Exception
        ) as error:  # an expression of a theme can raise anything; our own bugs pass on
            fault = fault_of(error, page=head.path, load=self.load, where=self.where)
            if fault is None:
                raise
            raise fault from error

    def templates_behind(self, name: str) -> tuple[str, ...] | None:
        """Return the names of all templates that a template may use, those that are not there too; sorted.

        Returns:
            Itself, what it extends, includes and imports, and so on; None when one of them is named by an expression,
            so that it could be any, or cannot be read.
        """
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in found:
                continue
            found.add(current)
            named = self.environment.named_in(current)
            if named is None:
                return None
            waiting.extend(named)
        return tuple(sorted(found))


def make_renderer(
    load: Callable[[str], str | None],
    *,
    words: Words,
    zone: tzinfo,
    hosts: tuple[str, ...] = (),
    where: Callable[[str], str] = str,
    keep: Keep | None = None,
    kept: frozenset[str] = frozenset(),
) -> Renderer:
    """Return a renderer of a theme's templates.

    Args:
        load: Gives the source of a template by its name (``post.html``), None when there is none. A network's own
            theme comes first; ``default/post.html`` is always the built-in one, so that an override can extend it.
        words: What ``t`` says in each language.
        zone: The network's time zone, for the dates on pages.
        hosts: Hosts whose images, sound, films and frames the network allows, as in ``blognet.yml``.
        where: Gives the path under which people find a template; used in messages.
        keep: Gives the code of a template as it was kept, else what its last argument makes, and may keep that. It
            is told name, file and source; zone and hosts change nothing of the code.
        kept: The templates for which that is asked.
    """
    bare = _bare_environment(zone, hosts)

    def compiled(source: str, name: str, file_name: str) -> CodeType:
        return _compiled(zone, hosts, source, name, file_name, keep if name in kept else None)

    environment = bare.overlay(loader=_Loader(load, compiled), cache_size=-1)
    t = _words_of(words)
    environment.ready({**bare.globals, "t": t}, own_functions=frozenset((t, _separator)))
    mark = digest_of((zone, hosts, VIEWS_VERSION, words.own, words.built_in))
    return Renderer(environment=environment, load=load, where=where, words=words, mark=mark)


@lru_cache(maxsize=16)
def _bare_environment(zone: tzinfo, hosts: tuple[str, ...]) -> Sandbox:
    """Return what templates can use, without templates. Nobody changes it."""
    environment = Sandbox(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        cache_size=0,
        enable_async=False,
    )
    del environment.filters["safe"]
    del environment.globals["lipsum"]
    environment.globals.update(
        list_separator=_separator,
        content_policy=content_policy(hosts),
        own_scripts=OWN_SCRIPTS,
        views_version=VIEWS_VERSION,
    )
    environment.filters.update(
        {
            "url": _url,
            "absolute": _absolute,
            "iso": iso,
            "number": _number,
            "size": _size,
            "direction": direction_of,
            "framing": with_frames,
            **_date_filters(zone),
        }
    )
    environment.tests["showing"] = _shows
    return environment


@lru_cache(maxsize=256)
def _compiled(
    zone: tzinfo,
    hosts: tuple[str, ...],
    source: str,
    name: str,
    file_name: str,
    keep: Keep | None = None,
) -> CodeType:
    """Return the code of a template: compiled once for each text of it, whatever number of sites are built here."""
    make = partial(_bare_environment(zone, hosts).compile, source, name, file_name)
    return make() if keep is None else keep(name, file_name, source, make)


class _Loader(jinja2.BaseLoader):
    """Jinja's way to ask for a template, answered by the loader function."""

    def __init__(
        self, load: Callable[[str], str | None], compiled: Callable[[str, str, str], CodeType]
    ) -> None:
        self._load = load
        self._compiled = compiled

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # the name is part of Jinja's protocol
    ) -> jinja2.Template:
        source, file_name, _ = self.get_source(environment, name)
        code = self._compiled(source, name, file_name or name)
        return environment.template_class.from_code(environment, code, globals or {}, None)

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002  # the name is part of Jinja's protocol
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source = self._load(template)
        if source is None:
            raise jinja2.TemplateNotFound(template)
        if off := _ESCAPING_OFF.search(source):
            message = "the tag autoescape is not for themes: everything is escaped"
            line = source.count("\n", 0, off.start()) + 1
            raise jinja2.TemplateSyntaxError(message, line, template, file_name_of(template))
        return source, file_name_of(template), None


def _words_of(words: Words) -> Callable[..., str]:
    """Bind the words of a network to the function that says them in the page's language."""
    said = lru_cache(maxsize=_PHRASES, typed=True)(words.phrase)

    @jinja2.pass_context
    def t(context: Context, key: str, *, count: int | None = None, **values: str | int) -> str:
        # Nearly all words have no values of their own: those are put together once for each number.
        phrase = words.phrase if values else said
        try:
            return phrase(head_of(context).language, key, count=count, **values)
        except KeyError as error:
            missing = error.args[0]
            message = (
                f"no words for {key!r}; docs/languages.md says where they stand"
                if missing == key
                else f"the words of {key!r} need a value for {missing!r}"
            )
            raise jinja2.TemplateRuntimeError(message) from error

    return t


@jinja2.pass_context
def _separator(context: Context, place: int, count: int) -> str:
    return list_separator(place, count, language=head_of(context).language)


@jinja2.pass_context
def _number(context: Context, number: int) -> str:
    return number_words(number, language=head_of(context).language)


@jinja2.pass_context
def _size(context: Context, length: int) -> str:
    return size_words(length, language=head_of(context).language)


@jinja2.pass_context
def _url(context: Context, address: object) -> str:
    return checked_link(head_of(context).path, address, site_of(context).url)


@jinja2.pass_context
def _absolute(context: Context, value: object) -> str:
    site_url, address = site_of(context).url, address_of(value)
    on_disk = site_url.startswith("file:///") and address.startswith(f"{site_url}/")
    if not on_disk and link_from("/", address, site_url="") is None:
        raise not_linkable(address)
    return whole_address(address, site_url=site_url)


def _date_filters(zone: tzinfo) -> dict[str, Callable[[Context, datetime], str]]:
    """Bind the network's time zone to the filters that write dates."""

    @jinja2.pass_context
    def date(context: Context, moment: datetime) -> str:
        return date_words(moment, language=head_of(context).language, zone=zone)

    @jinja2.pass_context
    def day(context: Context, moment: datetime) -> str:
        return day_words(moment, language=head_of(context).language, zone=zone)

    @jinja2.pass_context
    def date_and_time(context: Context, moment: datetime) -> str:
        return datetime_words(moment, language=head_of(context).language, zone=zone)

    return {"date": date, "day": day, "datetime": date_and_time}


def _shows(body: str, image: str) -> bool:
    """Whether a body shows an image already, whatever the folder it is named from."""
    name = encoded(str(image)).rpartition("/")[2].replace("&", "&amp;")
    return f'/{name}"' in body or f'"{name}"' in body

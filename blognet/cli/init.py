"""``blognet init``: a network that builds at once, after at most four questions."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blognet.cli.near import near
from blognet.cli.output import BOLD, print_json, result, say, styled
from blognet.cli.place import Place, is_interactive, now, pass_place
from blognet.cli.typed import typed_line
from blognet.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.actions.first_files import Beginning
    from blognet.actions.init import Begun
    from blognet.kernel.ids import AuthorId

_ADDRESS = "https://blog.example.org"
_NONE = "-"
_ZONES = "/zoneinfo/"


@click.command("init")
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path())
@click.option("--title", default="", metavar="TEXT", help="Name of the company blog.")
@click.option("--name", default="", metavar="TEXT", help="Your name.")
@click.option("--email", default=None, metavar="ADDRESS", help="Your e-mail; may be empty.")
@click.option("--url", default="", metavar="URL", help="Address of the site.")
@click.option("--id", "ident", default="", metavar="ID", help="Your id; else from your name.")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="Main language.")
@click.option(
    "--timezone", default="", metavar="ZONE", help="Such as Europe/Berlin; else this machine's."
)
@click.option("--git", is_flag=True, help="Also make a git repository, when there is none.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; what no option says is guessed.")
@click.option("--dry-run", is_flag=True, help="Write nothing, say what would be written.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@pass_place
def init_command(  # noqa: PLR0917  # click gives each option by name
    place: Place,
    directory: str,
    title: str,
    name: str,
    email: str | None,
    url: str,
    ident: str,
    language: str,
    timezone: str,
    *,
    git: bool,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Make a new network in DIR: a site that builds at once, with you as its mayor.

    Asks for the name of the blog, your name, your e-mail and the address of the site. Never overwrites anything: DIR
    must be new or empty.
    """
    from blognet.actions.first_files import Beginning
    from blognet.actions.init import author_id_for, begin_network, refuse_occupied

    folder = Path(os.path.abspath(place.folder / directory))  # noqa: PTH100  # links stay as typed
    refuse_occupied(folder)
    answers = _Answers(folder, ask=not yes)
    shown_title = answers.title(title)
    shown_name = answers.name(name)
    address = answers.email(email)
    beginning = Beginning(
        title=shown_title,
        name=shown_name,
        author=_parsed_id(ident) if ident else author_id_for(shown_name, address),
        email=address,
        url=answers.url(url),
        language=language,
        timezone=timezone or _machine_zone(),
    )
    begun = begin_network(folder, beginning, now=now(), git=git, dry_run=dry_run)
    if as_json:
        print_json(1, **_values(begun, beginning))
    else:
        _print(begun, beginning)
    return 0


class _Answers:
    """The four answers: of an option, else of the person, else guessed."""

    def __init__(self, folder: Path, *, ask: bool) -> None:
        self._folder = folder
        self._ask = ask

    def title(self, given: str) -> str:
        """Return the name of the blog."""
        words = self._folder.name.replace("-", " ").replace("_", " ").split()
        guess = " ".join(word[:1].upper() + word[1:] for word in words) or "Our Blog"
        return self._answer(given, "Name of the company blog", guess, "--title", _not_empty)

    def name(self, given: str) -> str:
        """Return the person's name."""
        guess = self._from_git("user.name") or _login() or "Mayor"
        return self._answer(given, "Your name", guess, "--name", _not_empty)

    def email(self, given: str | None) -> str:
        """Return the person's e-mail, "" when they gave none."""
        if given is not None:
            return typed_line(given, what="--email")
        guess = self._from_git("user.email")
        answer = self._answer("", "Your e-mail ('-' for none)", guess, "--email", _email)
        return "" if answer == _NONE else answer

    def url(self, given: str) -> str:
        """Return the address of the site."""
        return _address(self._answer(given, "Address of the site", _ADDRESS, "--url", _url))

    def _answer(
        self, given: str, question: str, guess: str, option: str, fault_of: Callable[[str], str]
    ) -> str:
        plain = typed_line(given, what=option)
        if plain:
            return plain
        if not self._ask:
            return guess
        if not is_interactive():
            message = f"there is no terminal to ask on, and {option} was not given"
            raise UsageError(
                message, hint="add --yes to have it guessed, or all of --title --name --email --url"
            )
        while True:
            typed = click.prompt(question, default=guess or _NONE, err=True)
            answer = typed_line(str(typed), what="the answer")
            fault = fault_of(answer)
            if not fault:
                return answer
            say(f"  {fault}")

    def _from_git(self, key: str) -> str:
        from blognet.disk.git import run_git
        from blognet.kernel.errors import BlognetError

        here = next(folder for folder in (self._folder, *self._folder.parents) if folder.is_dir())
        try:
            return " ".join(run_git(here, "config", "--get", key).text.split())
        except BlognetError:
            return ""


def _not_empty(answer: str) -> str:
    return "" if answer else "something has to stand here"


def _email(answer: str) -> str:
    fine = answer in {"", _NONE} or answer.count("@") == 1
    return "" if fine else "write it as ann@example.org"


def _url(answer: str) -> str:
    from blognet.actions.init import url_fault

    return url_fault(_address(answer))


def _address(answer: str) -> str:
    return answer if "://" in answer else f"https://{answer}"


def _parsed_id(ident: str) -> AuthorId:
    from blognet.kernel.ids import parse_author_id

    author = parse_author_id(ident)
    if author is None:
        message = f"--id is '{ident}', expected letters, digits and hyphens"
        raise UsageError(message, hint="it names your file in authors/ and your page: --id ann")
    return author


def _login() -> str:
    return os.environ.get("USER") or os.environ.get("USERNAME") or ""


def _machine_zone() -> str:
    """Return the zone this machine is set to, UTC when it does not say so by name."""
    from blognet.kernel.zones import zone_named

    try:
        link = str(Path("/etc/localtime").readlink())
    except OSError:
        link = ""
    named = (os.environ.get("TZ", "").removeprefix(":"), link.partition(_ZONES)[2])
    found = next((name for name in named if name and zone_named(name) is not None), "UTC")
    return "UTC" if found == "Etc/UTC" else found


def _print(begun: Begun, beginning: Beginning) -> None:
    where = near(begun.root)
    if begun.outcome is None:
        result(f"Would make a network in {where}:")
        for path in begun.files:
            result(f"  {path}")
        return
    result(styled(f"Made the network '{beginning.title}' in {where}", BOLD))
    result(f"  You are {beginning.author}, its mayor: you decide what appears on the site.")
    result(
        "  As long as you are the only mayor, you may approve your own work (policy: solo: true in blognet.yml)."
    )
    result(
        "  Approved in your name, so that there is something to see: your profile, the page About and the post"
    )
    result(
        "  'welcome'. The decisions are in record/; change any of these files, and the change waits for you."
    )
    if begun.made_repository:
        result("  Made a git repository; nothing is committed yet.")
    result()
    result("Next:")
    for command in _next_commands(begun):
        result(f"  {command}")


def _next_commands(begun: Begun) -> list[str]:
    where = near(begun.root)
    commands = [] if where == "." else [f"cd {shlex.quote(where)}"]
    commands += [
        "blognet build                                     # makes site/",
        "blognet serve                                     # look: http://127.0.0.1:8000/",
        'blognet new "My first post"                       # or drop a file into queue/',
        "mayor queue                                       # what waits for you",
    ]
    if begun.in_repository:
        commands.append('git add -A . && git commit -m "Begin the blog"')
    return commands


def _values(begun: Begun, beginning: Beginning) -> dict[str, object]:
    decided = begun.outcome.decided if begun.outcome else ()
    return {
        "root": str(begun.root),
        "author": beginning.author,
        "files": list(begun.files),
        "approved": [str(one.event.subject) for one in decided],
        "written": begun.outcome is not None,
        "git_init": begun.made_repository,
    }

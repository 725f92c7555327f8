"""``blognet theme``: begin a theme of the network's own, and copy built-in templates into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.near import near
from blognet.cli.output import print_json, result, say
from blognet.cli.place import Place, pass_place
from blognet.themes.settings import BUILT_IN, BUILT_IN_THEMES

if TYPE_CHECKING:
    from blognet.actions.theme import ThemeWritten


@click.group("theme")
def theme_command() -> None:
    """Begin a theme of your own. What it does not change comes from a built-in one."""


@theme_command.command("new")
@click.argument("name")
@click.option(
    "--extends",
    type=click.Choice(BUILT_IN_THEMES),
    default=BUILT_IN,
    show_default=True,
    help="The built-in theme to change.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing, say what would be written.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def new_theme_command(
    place: Place, name: str, extends: str, *, dry_run: bool, as_json: bool
) -> int:
    """Make themes/NAME/ with one template, one style sheet and words on how to go on."""
    from blognet.actions.theme import begin_theme

    written = begin_theme(place.folder, name, extends=extends, dry_run=dry_run)
    _print(written, dry_run=dry_run, as_json=as_json)
    if not as_json and not written.used:
        say(f"Name it in blognet.yml, then look at it with blognet serve:  theme: {{name: {name}}}")
    return 0


@theme_command.command("eject")
@click.argument("template")
@click.option("--dry-run", is_flag=True, help="Write nothing, say what would be written.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def eject_command(place: Place, template: str, *, dry_run: bool, as_json: bool) -> int:
    """Copy a built-in template, such as post.html, into the network's theme."""
    from blognet.actions.theme import eject_template

    written = eject_template(place.folder, template, dry_run=dry_run)
    _print(written, dry_run=dry_run, as_json=as_json)
    return 0


def _print(written: ThemeWritten, *, dry_run: bool, as_json: bool) -> None:
    paths = [path for path, _ in written.files]
    if as_json:
        print_json(1, theme=written.theme, paths=paths, written=not dry_run)
        return
    if dry_run:
        say("Would write:")
    for path in paths:
        result(near(written.root / path))

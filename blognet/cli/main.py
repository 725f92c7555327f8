"""The two programs, ``blognet`` and ``mayor``, and where each of their commands lives.

A command's module is imported when the command runs, and the help of a group is written from the table below: listing
commands must not pay for what the commands need.
"""

from __future__ import annotations

import gc
import importlib
import sys
from typing import TYPE_CHECKING

import click

from blognet import __version__
from blognet.cli.boundary import run
from blognet.cli.leaving import leave
from blognet.cli.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.shell_completion import CompletionItem

EVERYONE: Mapping[str, tuple[str, str]] = {
    "init": ("init", "Make a new network folder."),
    "import": ("import_", "Bring posts from another blog into the queue."),
    "doctor": ("doctor", "Look at the set-up and say what to mend."),
    "me": ("me", "Say or set who you are."),
    "new": ("new", "Begin a post."),
    "check": ("check", "Look for faults before the mayor does."),
    "preview": ("preview", "Show the site as it would be with what waits approved."),
    "submit": ("submit", "Hand a draft to the mayor."),
    "recall": ("recall", "Take back what waits."),
    "revise": ("revise", "Begin a new version of a published post."),
    "status": ("status", "Show where your posts stand and whose turn it is."),
    "notes": ("notes", "Show what was remarked on your posts, and where."),
    "take": ("take", "Put what was suggested into your post."),
    "answer": ("resolving", "Answer a note."),
    "comment": ("mayor.comment", "Say something about a post, or ask."),
    "withdraw": ("resolving", "Take back a note of your own."),
    "build": ("build", "Build the site from what was approved."),
    "merge": ("shards", "Put the parts of a site together."),
    "urls": ("urls", "List addresses of lists and feeds, and keep them from vanishing."),
    "ping": ("ping", "Tell the hub which feeds have changed."),
    "serve": ("serve", "Show the site live while you write."),
    "theme": ("theme", "Begin a theme of your own, or copy a template into it."),
    "cache": ("cache", "Show, carry or trim what builds keep."),
    "explain": ("explain", "Explain a problem code."),
    "mayor": ("mayor.group", "The mayor's commands (also the program 'mayor')."),
}
MAYORS: Mapping[str, tuple[str, str]] = {
    "queue": ("mayor.listing", "List what waits."),
    "review": ("mayor.review", "Go through the queue, one by one."),
    "claim": ("mayor.claim", "Say that you look at a post."),
    "show": ("mayor.show", "Show a post and its thread."),
    "diff": ("mayor.diff", "Show what changed since the live version."),
    "approve": ("mayor.approve", "Approve exactly these bytes."),
    "carry": ("mayor.carry", "Carry an approval over to a harmless edit."),
    "force": ("mayor.force", "Publish at once; a second mayor looks later."),
    "return": ("mayor.answers", "Send back for a change, with words."),
    "decline": ("mayor.answers", "Decline, with a reason."),
    "hold": ("mayor.answers", "Let it wait, with a reason."),
    "release": ("mayor.answers", "End a hold."),
    "comment": ("mayor.comment", "Say something without deciding."),
    "suggest": ("mayor.comment", "Suggest other words."),
    "settle": ("resolving", "Say that notes are done with."),
    "withdraw": ("resolving", "Take back a note of your own."),
    "retract": ("mayor.retract", "Take a published post down."),
    "restore": ("mayor.answers", "Bring a retracted post back."),
    "correct": ("mayor.answers", "Put a public note on a live post."),
    "feature": ("mayor.feature", "Recommend live posts on the home page or a topic's."),
    "grant": ("mayor.grants", "Let an author's own posts appear unseen, within bounds."),
    "revoke": ("mayor.grants", "Take an author's grants back."),
    "tidy": ("mayor.tidy", "Move approved files from queue/ to posts/."),
    "log": ("mayor.log", "List what was decided."),
    "due": ("mayor.due", "Say what appears, expires or wants a review, and when."),
    "stats": ("mayor.stats", "Show how long answers take, and why work is declined."),
    "tell": ("mayor.tell", "Tell authors what was decided, and mayors what waits."),
    "verify": ("mayor.verify", "Check the whole record."),
    "mend": ("mayor.mend", "Bring back what the record has lost."),
    "purge": ("mayor.purge", "Remove a subject's words and texts from the record."),
}
EVERYONE_LATER = frozenset({"publish"})
MAYORS_LATER = frozenset({"thank"})
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyGroup(click.Group):
    """A group whose commands are imported when they run."""

    def __init__(
        self, *, table: Mapping[str, tuple[str, str]], later: frozenset[str], **attributes: object
    ) -> None:
        """Keep the table of command, module and help, and the names kept for later."""
        super().__init__(**attributes)  # type: ignore[arg-type]  # click's own keywords
        self._table = table
        self._later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        del ctx
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command; it is the attribute named like the command."""
        if cmd_name in self._later:
            message = f"'{cmd_name}' is a name kept for a later version."
            raise click.UsageError(message, ctx)
        if cmd_name not in self._table:
            return None
        module = importlib.import_module(f"blognet.cli.{self._table[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_command")
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the names of commands from the table, without importing any."""
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=text)
            for name, (_, text) in self._table.items()
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest name for a misspelt command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self._table, n=1)
            if near and args[0] not in self._later:
                message = f"No such command '{args[0]}'. Did you mean '{near[0]}'?"
                raise click.UsageError(message, ctx) from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self._table.items()])


def _group(
    name: str, table: Mapping[str, tuple[str, str]], later: frozenset[str], text: str
) -> LazyGroup:
    options = [
        click.Option(
            ["-C", "directory"],
            type=click.Path(file_okay=False),
            help="Work on the network in this folder.",
        ),
        click.Option(["--as", "as_id"], metavar="ID", help="Act as this author."),
    ]
    group = LazyGroup(
        name=name,
        table=table,
        later=later,
        help=text,
        params=options,
        callback=_remember,
        context_settings=CONTEXT,
    )
    return click.version_option(__version__, prog_name="blognet", message="%(prog)s %(version)s")(
        group
    )


@click.pass_context
def _remember(ctx: click.Context, directory: str | None, as_id: str | None) -> None:
    outer = ctx.find_object(Place) or Place()
    ctx.obj = outer.narrowed(directory=directory, as_id=as_id)


def blognet_group() -> LazyGroup:
    """Make the group behind ``blognet``."""
    text = "A company's employees blog, a mayor approves, one site comes out."
    return _group("blognet", EVERYONE, EVERYONE_LATER, text)


def mayor_group() -> LazyGroup:
    """Make the group behind ``mayor`` and ``blognet mayor``."""
    text = "Approve, return or decline what employees wrote. Only approved bytes reach the site."
    return _group("mayor", MAYORS, MAYORS_LATER, text)


def main() -> int:
    """Run ``blognet`` with the arguments of this process and return its exit code."""
    _collect_seldom()
    return leave(run(blognet_group(), sys.argv[1:], program="blognet"))


def mayor_main() -> int:
    """Run ``mayor`` with the arguments of this process and return its exit code."""
    _collect_seldom()
    return leave(run(mayor_group(), sys.argv[1:], program="mayor"))


def _collect_seldom() -> None:
    """Look for circles of unused values seldom: that takes longer than to read a network.

    A look at 10,000 posts makes 200,000 values that stay; a build makes so few circles that it needs no more memory.
    """
    gc.set_threshold(300_000, 20, 100)

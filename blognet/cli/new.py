"""``blognet new``: begin a post."""

from __future__ import annotations

import click

from blognet.cli.completion import complete_author
from blognet.cli.near import near
from blognet.cli.output import print_json, result, say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.cli.typed import typed_line
from blognet.kernel.errors import UsageError


@click.command("new")
@click.argument("title", nargs=-1, required=True)
@click.option(
    "--author", "author", default="", metavar="ID", shell_complete=complete_author, help="Else you."
)
@click.option("--bundle", is_flag=True, help="Make a folder, for pictures beside the text.")
@click.option("--lang", "language", default="", metavar="TAG", help="In this language.")
@click.option("--slug", default="", metavar="ID", help="Its id and address; else from the title.")
@click.option("--tag", "tags", multiple=True, metavar="TEXT", help="A tag; repeat for several.")
@click.option("--edit", is_flag=True, help="Open it in $EDITOR.")
@click.option("--dry-run", is_flag=True, help="Write nothing, print what would be written.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def new_command(
    place: Place,
    title: tuple[str, ...],
    author: str,
    language: str,
    slug: str,
    tags: tuple[str, ...],
    *,
    bundle: bool,
    edit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Begin a post: a draft in queue/ that waits for you until 'blognet submit'."""
    from blognet.actions.network import load_network
    from blognet.actions.new import Wanted, begin_post
    from blognet.actions.people import refuse_stranger
    from blognet.kernel.ids import AuthorId

    words = typed_line(" ".join(title), what="the title")
    if not words:
        message = "the title is empty"
        raise UsageError(message, hint='blognet new "What our oldest machine taught me"')
    network = load_network(place.folder, now=now())
    if author:
        refuse_stranger(network, author)
    wanted = Wanted(
        title=words,
        author=AuthorId(author) if author else person(network, place),
        slug=slug,
        language=language,
        tags=tuple(dict.fromkeys(typed_line(tag, what="a tag") for tag in tags if tag.strip())),
        bundle=bundle,
    )
    begun = begin_post(network, wanted, dry_run=dry_run)
    shown = near(network.root / begun.path)
    if as_json:
        print_json(
            1,
            subject=str(begun.subject),
            name=begun.subject.name,
            path=begun.path,
            written=not dry_run,
        )
    elif dry_run:
        say(f"Would write {shown}:")
        result(begun.text.rstrip("\n"))
    else:
        result(shown)
        say(f"Write your text in it. When it is done: blognet submit {begun.subject.name}")
    if edit and not dry_run:
        click.edit(filename=str(network.root / begun.path))
        say(f"Then look for mistakes: blognet check {begun.subject.name}")
    return 0

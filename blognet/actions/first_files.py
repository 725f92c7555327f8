"""The files that a new network begins with, as texts. Writes nothing; `blognet.actions.init` does.

They are real content: the site built from them looks finished, and nothing in them has to be replaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.content.write import compose_source
from blognet.kernel.yamlwrite import yaml_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.ids import AuthorId

_MARKS = re.compile(r"([\\`*_\[\]<>&#|~])")

GITATTRIBUTES = """\
# What people wrote, decisions and approved copies are bytes: git must not convert a single one.
/authors/** -text
/pages/** -text
/posts/** -text
/queue/** -text
/record/** -text
"""

GITIGNORE = """\
# What `blognet build` makes.
/site/*
/.site.blognet-*
# The tool's caches, and who you are: safe to delete at any time.
/.blognet/
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a new network is made from.

    Attributes:
        title: The name of the company blog, on one line.
        name: Of the person who makes it, and becomes its mayor.
        author: Their id.
        email: Theirs; "" when not said.
        url: Where the site will be.
        language: The main language.
        timezone: An IANA name.
    """

    title: str
    name: str
    author: AuthorId
    email: str
    url: str
    language: str = "en"
    timezone: str = "UTC"


def first_files(beginning: Beginning) -> Mapping[str, str]:
    """Return texts by their paths from the network's root, all but ``blognet.yml``."""
    return {
        ".gitattributes": GITATTRIBUTES,
        ".gitignore": GITIGNORE,
        f"authors/{beginning.author}.md": _profile(beginning),
        "pages/about.md": _about(beginning),
        "posts/.gitkeep": "",
        "queue/README.md": _how_to(beginning),
        "queue/welcome.md": _welcome(beginning),
    }


def _profile(beginning: Beginning) -> str:
    front = {"name": beginning.name}
    if beginning.email:
        front["email"] = beginning.email
    return f"""\
---
{yaml_lines(front)}\
# title: Your role in the company
# team: Your team
# links:
#   - Website: https://example.org/
---

{_plain(beginning.name)} started {_plain(beginning.title)} and reads every post before it appears.
"""


def _about(beginning: Beginning) -> str:
    body = f"""\
{_plain(beginning.title)} is written by the people who do the work. They say what they build, what they learned on
the way, and now and then what went wrong.

Every post has a name under it. [The authors](/authors/) have a page each, with everything they wrote and a feed of
their own; [the feeds](/feeds/) are all on one page.

Opinions are their authors'. What is wrong gets corrected, and the post says when.
"""
    return compose_source({"title": "About"}, body)


def _welcome(beginning: Beginning) -> str:
    body = f"""\
From today on, the people of this company write here: about things they build, things they learned, and questions they
have not answered yet.

## If you read

Come back, or let the posts come to you: [subscribe to everything, or to one author](/feeds/). There is
[a page for every author](/authors/), so that you can see who is talking to you.

## If you work here

Write a text file, and put it into the folder `queue/`:

```markdown
---
title: What our oldest machine taught me
authors: [your-id]
---

It was installed before I was born, and it has never missed a day.
```

{_plain(beginning.name)} reads it. Then it appears here, or comes back to you with a word on what to change. When you
edit a post later, the edit waits in the same way, and readers keep seeing the version that was approved.

That is all there is to it. We look forward to your first one.
"""
    return compose_source(
        {
            "title": f"Welcome to {beginning.title}",
            "authors": [beginning.author],
            "summary": "What this blog is, how to follow it, and how to write for it.",
        },
        body,
    )


def _how_to(beginning: Beginning) -> str:
    return f"""\
# How to publish a post

Drop a text file here. Its name becomes the address of the post: `our-trip.md` appears at `/YEAR/our-trip/`.
It begins with a few lines between two lines of three hyphens, and then comes the text, in Markdown:

    ---
    title: Our trip
    authors: [{beginning.author}]
    ---

    The text of the post.

Write your own id instead of `{beginning.author}`: it is the name of your file in `authors/`, without `.md`. If you
have none yet, make one there; the file of somebody else shows how.

**With pictures:** make a folder instead, `our-trip/`, with the text in `our-trip/index.md` and the pictures beside it.
In the text, write `![What the picture shows](picture.jpg)`.

**Not finished yet?** Add a line `draft: true` between the hyphens. Remove it when you are done.

**What happens then:** a mayor of {_plain(beginning.title)} reads the file, and approves it or sends it back with a
word on what to change. Approved posts move to the folder `posts/`. Edit them there whenever you like: the edit waits
for the mayor, and readers see the approved version meanwhile.

Everything works without a command line, in the web pages of your git host for one. With it:

    blognet new "Our trip"     begins a post here
    blognet check              finds mistakes before the mayor does
    blognet submit our-trip    hands the draft over
    blognet status             shows where your posts stand
"""


def _plain(text: str) -> str:
    """Return a text so that Markdown shows it as it is."""
    return _MARKS.sub(r"\\\1", text)

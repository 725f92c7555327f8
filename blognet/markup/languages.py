"""The programming languages that are highlighted, under every name people write. A table.

It is a list and not "whatever Pygments knows", because some of Pygments' lexers take far more than linear time on
hostile text, and because looking up an unknown name there searches every installed package.
"""

from __future__ import annotations

_NAMES = {
    "bash": "bash sh shell zsh ksh",
    "c": "c h",
    "cpp": "cpp c++ cc hpp cxx",
    "csharp": "csharp c# cs",
    "css": "css",
    "diff": "diff patch udiff",
    "docker": "docker dockerfile",
    "elixir": "elixir ex exs",
    "erlang": "erlang erl",
    "go": "go golang",
    "graphql": "graphql gql",
    "haskell": "haskell hs",
    "html": "html xhtml htm",
    "http": "http",
    "ini": "ini cfg conf dosini",
    "java": "java",
    "javascript": "javascript js jsx mjs cjs node",
    "json": "json jsonc geojson",
    "julia": "julia jl",
    "kotlin": "kotlin kt",
    "lua": "lua",
    "make": "make makefile mf",
    "nginx": "nginx",
    "ocaml": "ocaml ml",
    "perl": "perl pl",
    "php": "php",
    "powershell": "powershell ps1 pwsh",
    "protobuf": "protobuf proto",
    "python": "python py python3 py3 pyi",
    "pycon": "pycon",
    "r": "r splus",
    "ruby": "ruby rb",
    "rust": "rust rs",
    "scala": "scala",
    "scss": "scss sass",
    "console": "console shell-session shellsession terminal session",
    "sql": "sql postgresql postgres mysql sqlite",
    "swift": "swift",
    "terraform": "terraform tf hcl",
    "toml": "toml",
    "typescript": "typescript ts tsx",
    "xml": "xml svg rss atom xsl",
    "yaml": "yaml yml",
}
LANGUAGES: dict[str, str] = {
    name: lexer for lexer, names in _NAMES.items() for name in names.split()
}
"""Name as written, in lower case, to the name of the lexer."""

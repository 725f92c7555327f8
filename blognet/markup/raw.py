"""Raw HTML of authors, made regular before the sanitiser sees it. Answers: what of it stays, and what was left out.

It refuses to know Markdown. Its result is not yet trusted: `sanitise` reads it as any browser would. What it adds
is that the sanitiser always gets balanced elements of bounded depth, so that no unclosed or misplaced tag can make
the tree builder copy elements, walk deep stacks, or swallow the rest of a page; and that the author learns by
line what is left out. Rules:

- only `allow.ELEMENTS` come out, in one canonical spelling; text is escaped; comments go;
- an element that is left open in a quotation, list item or paragraph ends with it;
- a closing tag closes only what raw HTML opened in the same quotation or list item, everything inside it first.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace

from blognet.kernel.problems import Location, Problem, Severity
from blognet.markup import allow, codes
from blognet.markup.faults import Fault, place_in

BOX_SIGN = "\x02"
"""How a comment begins that `blognet.markup.boxes` wrote; no text of an author holds it."""
MORE_MARK = f'<wbr {allow.OWN_MARK}="more">'

_TAG = re.compile(
    r"<!--(?:-?>|(?P<comment>.*?)(?:-->|\Z))"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?P<attributes>(?:[\s/]+(?:[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)?)*+)\s*/?>"
    r"|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<![^<>]*>?",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_MORE = re.compile(r"\s*(?:more|truncate|excerpt|read more)\s*", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:language-|lang-|highlight-source-)([\w+#.-]{1,30})")
_ID = re.compile(r"[^\s\"'<>&]{1,100}")
_NUMBER = re.compile(r"-?\d{1,5}%?")
_PARTS = frozenset({"td", "th"})
_IMPLIED: dict[str, frozenset[str]] = {
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "td": _PARTS,
    "th": _PARTS,
    "tr": _PARTS | {"tr", "caption", "colgroup"},
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"),
        _PARTS | {"tr", "thead", "tbody", "tfoot", "caption", "colgroup"},
    ),
    **dict.fromkeys(allow.BLOCKS - {"li", "dt", "dd"}, frozenset({"p"})),
}
"""What an opening tag closes by itself in HTML, when it is the innermost open element."""
_HOLDS_PARAGRAPHS = frozenset(
    "aside blockquote dd details div figure figcaption li section td th".split()
)
_BLOCK_EDGE = ""
_INLINE_EDGE = "-"


@dataclass(slots=True)
class RawHtml:
    """The open raw elements of one text, innermost last, with edges where Markdown's own elements begin.

    Attributes:
        path: Source path, for problems.
        problems: What was left out so far.
        lines: Those of the source, where places in them are to be shown.
        first_line: The number of the first of them.
        muted: Name of the element whose content is being left out; "" when none.
    """

    path: str = ""
    problems: list[Problem] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    first_line: int = 1
    muted: str = ""
    _open: list[str] = field(default_factory=list)
    _depth: int = 0
    _in_block: bool = False
    _said: set[tuple[str, str]] = field(default_factory=set)

    def enter_block(self) -> None:
        """Begin a quotation, a list item or the like: what raw HTML opens inside ends inside."""
        self._open.append(_BLOCK_EDGE)

    def leave_block(self) -> str:
        """End it; return the closing tags that were due."""
        return self._close_to(_BLOCK_EDGE)

    def enter_inline(self) -> None:
        """Begin the text of a paragraph, heading or cell."""
        self._open.append(_INLINE_EDGE)

    def leave_inline(self) -> str:
        """End it; return the closing tags that were due."""
        self.muted = ""
        return self._close_to(_INLINE_EDGE)

    def block(self, source: str, line: int) -> str:
        """Return a block of raw HTML, regular. Phrases and paragraphs end with the block, other elements may not."""
        self._in_block = True
        written = self.inline(source, line)
        self._in_block = False
        self.muted = ""
        due: list[str] = []
        while self._open and (self._open[-1] in allow.PHRASING or self._open[-1] == "p"):
            due.append(self._pop())
        return written + "".join(due)

    def inline(self, source: str, line: int) -> str:
        """Return raw HTML, regular; `line` is that of its first character."""
        written: list[str] = []
        at = 0
        for match in _TAG.finditer(source):
            if not self.muted:
                written.append(_as_text(source[at : match.start()]))
            line += source.count("\n", at, match.start())
            at = match.end()
            written.append(self._tag(match, line))
            line += match[0].count("\n")
        if not self.muted:
            written.append(_as_text(source[at:]))
        return "".join(written)

    def report(
        self, code: str, line: int, message: str, *, hint: str = "", note: bool = False
    ) -> None:
        """Keep a problem; the same words on the same line are kept once."""
        if (known := (f"{code}{line}", message)) in self._said or len(self._said) >= _MAX_PROBLEMS:
            return
        self._said.add(known)
        severity = Severity.NOTE if note else Severity.WARNING
        self.problems.append(
            Problem(
                location=Location(path=self.path, line=line),
                code=code,
                severity=severity,
                message=message,
                hint=hint,
            )
        )

    def refuse(self, code: str, line: int, written: str, fault: Fault) -> None:
        """Keep why a part of the text is not shown as its author meant it, with the place in the line.

        Args:
            code: Of the problem.
            line: Line on which the part begins.
            written: The part, as far as it matters for places in it.
            fault: What is wrong with it.
        """
        if len(self._said) >= _MAX_PROBLEMS:
            return
        self._said.add((f"{code}{line}", f"{len(self._said)} {fault.message}"))
        location = place_in(self.lines, self.first_line, line, written, fault)
        self.problems.append(
            Problem(
                location=replace(location, path=self.path),
                code=code,
                severity=Severity.WARNING,
                message=fault.message,
                hint=fault.hint,
            )
        )

    def _tag(self, match: re.Match[str], line: int) -> str:
        name = (match["name"] or "").lower()
        if self.muted:
            if name == self.muted and match["close"]:
                self.muted = ""
            return ""
        if not name:
            return _comment(match["comment"] or "")
        written_name, name = name, allow.RENAMED.get(name, name)
        if name in allow.SWALLOWED:
            return self._swallow(name, match, line)
        if name not in allow.ELEMENTS:
            if not match["close"]:
                message = f"the HTML element <{name}> is not allowed and was left out; the text inside it stays"
                self.report(codes.ELEMENT_REMOVED, line, message, note=True)
            return ""
        if match["close"]:
            return self._end(name)
        return self._begin(
            name, self._attributes(name, written_name, match["attributes"], line), line
        )

    def _swallow(self, name: str, match: re.Match[str], line: int) -> str:
        if match["close"]:
            return ""
        self.muted = name
        if name != "iframe":
            message = f"the HTML element <{name}> is not allowed and was left out with its content"
            self.report(codes.ELEMENT_REMOVED, line, message)
            return ""
        values = _read_attributes(match["attributes"])
        source = values.get("src", "").strip()
        if not source or not is_remote_or_relative(source):
            self.report(
                codes.ELEMENT_REMOVED, line, "an <iframe> without a usable web address was left out"
            )
            return ""
        title = html.escape(values.get("title", "").strip())
        own = f'{allow.OWN_MARK}="frame" {allow.OWN_LINE}="{line}"'
        link = f'<a href="{html.escape(source)}" title="{title}" {own}></a>'
        return f"<p>{link}</p>\n" if self._may_begin_paragraph() else link

    def _may_begin_paragraph(self) -> bool:
        """Whether no phrase, paragraph or heading is open where a block of raw HTML is read."""
        return self._in_block and all(
            name == _BLOCK_EDGE or name in _HOLDS_PARAGRAPHS for name in self._open
        )

    def _begin(self, name: str, attributes: str, line: int) -> str:
        implied = _IMPLIED.get(name, frozenset())
        due: list[str] = []
        while self._open and self._open[-1] in implied:
            due.append(self._pop())
        if name in allow.VOID:
            return f"{''.join(due)}<{name}{attributes}>"
        if self._depth >= allow.MAX_RAW_DEPTH:
            message = (
                f"HTML elements nest deeper than {allow.MAX_RAW_DEPTH}; those inside were left out"
            )
            self.report(
                codes.TOO_DEEP, line, message, hint="look for elements that are never closed"
            )
            return "".join(due)
        self._open.append(name)
        self._depth += 1
        return f"{''.join(due)}<{name}{attributes}>"

    def _end(self, name: str) -> str:
        for index in range(len(self._open) - 1, -1, -1):
            found = self._open[index]
            if found == name:
                break
            if found == _BLOCK_EDGE or (found == _INLINE_EDGE and name in allow.PHRASING):
                return ""
        else:
            return ""
        inside = self._open[index + 1 :]
        del self._open[index:]
        edges = [edge for edge in inside if edge == _INLINE_EDGE]
        self._open += edges
        self._depth -= 1 + len(inside) - len(edges)
        return "".join(
            f"</{element}>" for element in reversed([name, *inside]) if element != _INLINE_EDGE
        )

    def _close_to(self, edge: str) -> str:
        if self._open and self._open[-1] == edge:  # nearly always
            self._open.pop()
            return ""
        due: list[str] = []
        while self._open:
            if self._open[-1] == edge:
                self._open.pop()
                break
            due.append(self._pop())
        return "".join(due)

    def _pop(self) -> str:
        self._depth -= 1
        return f"</{self._open.pop()}>"

    def _attributes(self, name: str, written_name: str, source: str, line: int) -> str:
        if not source and name == written_name:
            return ""
        values = _read_attributes(source)
        allowed = allow.ATTRIBUTES.get(name, frozenset()) | allow.GENERIC_ATTRIBUTES
        kept = {
            key: value
            for key, value in values.items()
            if key in allowed and self._keeps(key, value, line)
        }
        if name == "a" and "id" not in kept and _ID.fullmatch(values.get("name", "")):
            kept["id"] = values["name"]
        classes = {word for word in values.get("class", "").split() if word in allow.CLASSES}
        align = "center" if written_name == "center" else values.get("align", "").lower()
        if align in {"left", "center", "right"}:
            classes.add(f"align-{align}")
        if classes:
            kept["class"] = " ".join(sorted(classes))
        if name in {"code", "pre"} and (language := _LANGUAGE.search(values.get("class", ""))):
            kept[allow.OWN_MARK] = f"lang {language[1].lower()}"
        if name in {"a", "img"}:
            kept[allow.OWN_LINE] = str(line)
        if name in {"audio", "video"}:
            kept["controls"] = ""
        return "".join(f' {key}="{html.escape(value)}"' for key, value in kept.items())

    def _keeps(self, key: str, value: str, line: int) -> bool:
        if key in allow.ADDRESSES or key == "srcset":
            safe = allow.is_safe_srcset(value) if key == "srcset" else allow.is_safe_address(value)
            if not safe:
                self.report(
                    codes.ADDRESS_REMOVED, line, f"the address {shortened(value)!r} is not allowed"
                )
            return safe
        if key in {"width", "height", "colspan", "rowspan", "span", "start", "value"}:
            return _NUMBER.fullmatch(value) is not None
        return key != "id" or _ID.fullmatch(value) is not None


_MAX_PROBLEMS = 100


def is_remote_or_relative(address: str) -> bool:
    """Whether an address can name something to fetch: relative, http or https."""
    return allow.is_safe_address(address) and not re.match(
        r"\s*(?:mailto|tel):", address, re.IGNORECASE
    )


def shortened(text: str) -> str:
    """Return what fits into a message."""
    limit = 60
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _comment(words: str) -> str:
    """Return what is kept of a comment: the mark of a box, or of the excerpt's end."""
    if words.startswith(BOX_SIGN):
        return f'<wbr {allow.OWN_MARK}="{html.escape(words[1:])}">'
    return MORE_MARK if _MORE.fullmatch(words) else ""


def _as_text(source: str) -> str:
    return source if "<" not in source else source.replace("<", "&lt;")


def _read_attributes(source: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for key, double, single, bare in _ATTRIBUTE.findall(source):
        values.setdefault(key.lower(), html.unescape(double or single or bare))
    return values

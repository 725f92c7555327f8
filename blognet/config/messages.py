"""How decisions are told: the settings under `messages`, and the promise under `policy`. Knows no file.

A password never stands in ``blognet.yml``, which git keeps for ever: the setting names an environment variable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from ipaddress import ip_address
from typing import Annotated

from blognet.config import codes, settings
from blognet.config.described import described
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.patterns import later
from blognet.kernel.working_time import WEEKDAYS
from blognet.kernel.yamlmodels import Read
from blognet.kernel.yamltree import YamlNode, YamlScalar, shortened
from blognet.kernel.yamlvalues import MisfitError, bool_of, entries_of, items_of, text_of

SECURITIES = ("starttls", "tls", "none")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_FULL_NAMES = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
# Senders whose very name says that nobody reads an answer, without hyphens, dots and underscores.
_NO_REPLY = (
    "noreply", "donotreply", "dontreply", "notreply", "nichtantworten", "keineantwort",
    "keineantworten", "bittenichtantworten", "nepasrepondre", "nereponsepas", "sansreponse", "norespond",
    "noresponder", "noresponda", "nocontestar", "nonrispondere", "naoresponder", "naoresponda", "nietbeantwoorden",
    "nietantwoorden", "geenantwoord", "ikkesvar", "svarikke", "svarainte", "svarejikke", "alavastaa", "eivastausta",
    "nieodpowiadaj", "neodpovidat", "neodpovidejte", "neatbilde", "nevalaszolj", "nuraspunde", "yanitlama",
    "unattended", "mailerdaemon", "devnull", "blackhole",
)  # fmt: skip
_NO_REPLY_EXACT = frozenset({"nobody", "null", "void", "nul", "none"})
_TOKEN = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
_PATH = ":path"
_ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
_MAILBOX = later(
    rf'(?P<bare>{_ADDRESS})|(?P<name>"[^"<>]*"|[^"<>,;@]*)\s*<(?P<address>{_ADDRESS})>', re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAddress:
    """An e-mail address in ASCII, with a name or ""."""

    name: str
    address: str


def weekday_of(value: object) -> str:
    """Return the name of a day of the week in three letters."""
    text = text_of(value).lower()
    short = text[:3]
    if short not in WEEKDAYS or not _FULL_NAMES[WEEKDAYS.index(short)].startswith(text):
        message = f"expected a day of the week, found '{shortened(text)}'"
        hint = did_you_mean(text, (*WEEKDAYS, *_FULL_NAMES)) or f"write {', '.join(WEEKDAYS)}"
        raise MisfitError(message, code=codes.NOT_A_DAY, hint=hint)
    return short


def weekdays_of(value: object) -> list[YamlNode]:
    """Return the days of a list that is not empty."""
    nodes = items_of(value)
    if not nodes:
        message = "no day of the week is a working day, so that no answer would ever be due"
        raise MisfitError(message, code=codes.NOT_A_DAY, hint="write [mon, tue, wed, thu, fri]")
    return nodes


def holiday_of(value: object) -> date:
    """Return a day of the calendar."""
    if isinstance(value, date):
        return value
    day = settings.day_of(value)
    if day is None:
        message = "expected a date, found nothing"
        raise MisfitError(message, code=codes.NOT_A_DAY, hint="write it as 2026-12-24")
    return day


def sender_of(value: object) -> str:
    """Return a mailbox that somebody reads: ``ann@example.org`` or ``Our blog <ann@example.org>``; "" for none."""
    text = settings.line_of(value)
    if not text:
        return ""
    address = parse_mailbox(text)
    if address is None:
        message = f"expected an e-mail address, found '{shortened(text)}'"
        hint = "write it as ann@example.org, or in quotes as 'Our blog <ann@example.org>'"
        raise MisfitError(message, code=codes.BAD_MAILBOX, hint=hint)
    if is_no_reply(address.address):
        message = f"'{shortened(address.address)}' says that nobody reads an answer; these are conversations"
        hint = "write an address that a mayor reads"
        raise MisfitError(message, code=codes.NO_REPLY, hint=hint)
    return f"{address.name} <{address.address}>" if address.name else address.address


def parse_mailbox(text: str) -> NamedAddress | None:
    """Return one mailbox; None when the text is none, more than one, or could break out of a header.

    Ours and not the library's, which decodes encoded words in what it reads, line ends and all.
    """
    match = _MAILBOX.fullmatch(text) if text.isprintable() else None
    if match is None:
        return None
    return NamedAddress(
        name=" ".join((match["name"] or "").strip(' "').split()),
        address=match["bare"] or match["address"],
    )


def is_no_reply(address: str) -> bool:
    """Whether an address says by its own name that nobody reads what is sent to it."""
    local = address.rpartition("@")[0].partition("+")[0].lower()
    plain = re.sub(r"[^a-z]", "", local)
    return plain in _NO_REPLY_EXACT or any(word in plain for word in _NO_REPLY)


def mail_host_of(value: object) -> str:
    """Return the name or address of a mail server."""
    text = text_of(value).lower()
    try:
        return str(ip_address(text.strip("[]")))
    except ValueError:
        pass
    single = re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", text)
    return text if single else settings.host_of(value)


def security_of(value: object) -> str:
    """Return how the connection to the mail server is kept private."""
    text = text_of(value).lower()
    if text not in SECURITIES:
        message = f"expected one of {', '.join(SECURITIES)}, found '{shortened(text)}'"
        hint = did_you_mean(text, SECURITIES) or "write starttls (usual on port 587) or tls (465)"
        raise MisfitError(message, code=codes.BAD_CHOICE, hint=hint)
    return text


def variable_of(value: object) -> str:
    """Return the name of an environment variable, never a password."""
    text = text_of(value)
    if text and not _TOKEN.fullmatch(text):
        message = "expected the name of an environment variable, in capital letters"
        hint = "write BLOGNET_SMTP_PASSWORD, and set that variable; a password never stands in this file"
        raise MisfitError(message, code=codes.BAD_MAIL_SERVER, hint=hint)
    return text


def edit_url_of(value: object) -> str:
    """Return an address with ``:path`` in it, where people edit a file in the browser; "" for none."""
    text = text_of(value)
    if not text:
        return ""
    if _PATH not in text or not text.startswith(("https://", "http://")):
        message = f"expected a web address with {_PATH} in it, found '{shortened(text)}'"
        hint = f"write it as https://git.example.org/our/blog/edit/main/{_PATH}"
        raise MisfitError(message, code=codes.BAD_LINK, hint=hint)
    return settings.link_url_of(value)


def smtp_entries_of(value: object) -> dict[str, YamlNode]:
    """Return the keys of `smtp`; refuses what would send mail or passwords unprotected."""
    entries = entries_of(value)
    if not entries:
        return {}
    said = {key: node.text.strip() for key, node in entries.items() if isinstance(node, YamlScalar)}
    if not said.get("host"):
        message = "'host' is missing"
        hint = "add a line such as host: smtp.example.org"
        raise MisfitError(message, code=codes.MISSING_SETTING, hint=hint)
    host, security = said["host"].lower().strip("[]"), said.get("security", "").lower()
    if security == "none" and not is_loopback(host):
        message = (
            f"mail to {shortened(host)} would travel unprotected; 'none' is for this machine only"
        )
        raise MisfitError(
            message,
            code=codes.BAD_MAIL_SERVER,
            hint="write security: starttls",
            node=entries["security"],
        )
    if said.get("user") and not said.get("password_env"):
        message = "there is a user, and no password_env that names the variable with the password"
        hint = "add password_env: BLOGNET_SMTP_PASSWORD"
        raise MisfitError(message, code=codes.BAD_MAIL_SERVER, hint=hint, node=entries["user"])
    return entries


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The mail server that takes messages to send."""

    host: Annotated[str, Read(mail_host_of)] = field(
        default="",
        metadata=described(
            "The mail server's name, such as smtp.example.org; without one nothing is sent."
        ),
    )
    port: Annotated[int, Read(partial(settings.number_between, low=1, high=65535))] = field(
        default=0,
        metadata=described(
            "Its port; by default 587 for `starttls`, 465 for `tls`, 25 for `none`."
        ),
    )
    security: Annotated[str, Read(security_of)] = field(
        default="starttls",
        metadata=described(
            "`starttls`, `tls` from the first byte on, or `none`, which is for a server on this machine only.",
            schema={"enum": list(SECURITIES)},
        ),
    )
    user: Annotated[str, Read(settings.line_of)] = field(
        default="", metadata=described("Whom the server knows; without one nobody logs in.")
    )
    password_env: Annotated[str, Read(variable_of)] = field(
        default="",
        metadata=described(
            "The environment variable that holds the password; a password never stands in blognet.yml."
        ),
    )

    @property
    def actual_port(self) -> int:
        """The port to connect to."""
        return self.port or _PORTS[self.security]


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """How decisions are told to authors, and the queue to mayors."""

    sender: Annotated[str, Read(sender_of)] = field(
        default="",
        metadata=described(
            "Who messages come from: an address that a mayor reads. A no-reply address is refused.",
            key="from",
        ),
    )
    reply_to: Annotated[str, Read(sender_of)] = field(
        default="",
        metadata=described(
            "Where answers go; by default to the mayors whose decisions a message tells."
        ),
    )
    language: Annotated[str, Read(settings.language_of)] = field(
        default="",
        metadata=described(
            "Of messages: en or de; by default the network's. A profile may say its own under `extra`."
        ),
    )
    digest: Annotated[bool, Read(bool_of)] = field(
        default=True,
        metadata=described(
            "Whether mayors get a message a day about what waits, when something does."
        ),
    )
    edit_url: Annotated[str, Read(edit_url_of)] = field(
        default="",
        metadata=described(
            "Where a file is edited in the browser, with `:path` for its path; messages link to it."
        ),
    )
    smtp: Annotated[Smtp, Read(smtp_entries_of)] = field(
        default=Smtp(), metadata=described("The mail server, for `mayor tell --to smtp`.")
    )

"""The problem codes of ``blognet.yml``. Says what each means, not when it is found."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

MISSING_SETTING = "BN201"
BAD_ID = "BN202"
BAD_URL = "BN203"
BAD_ZONE = "BN204"
BAD_LANGUAGE = "BN205"
BAD_PERMALINK = "BN206"
BAD_COLOUR = "BN207"
OUT_OF_RANGE = "BN208"
LISTED_TWICE = "BN209"
BAD_CHOICE = "BN210"
BAD_HOST = "BN211"
BAD_LINK = "BN212"
BAD_FILE = "BN213"
BAD_MAILBOX = "BN230"
NO_REPLY = "BN231"
BAD_MAIL_SERVER = "BN232"
NOT_A_DAY = "BN233"
BAD_REPLY = "BN240"
BAD_FOLDER = "BN241"
NOT_OUR_LANGUAGE = "BN835"
BAD_ALIAS = "BN860"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=BAD_ALIAS,
        title="unusable alias of a tag",
        meaning="Each entry of `tags: aliases` is another word and the tag it means. Both have letters or digits, and "
        "the tag is not itself another word for something: an alias leads to its tag in one step.",
        mend="Write the tag that readers shall see behind the colon, for each word that means it.",
    ),
    CodeEntry(
        code=MISSING_SETTING,
        title="missing setting",
        meaning="blognet.yml lacks a key that every network needs, or its value is empty.",
        mend="Add the line that the hint shows.",
    ),
    CodeEntry(
        code=BAD_ID,
        title="unusable id",
        meaning="The id of a network, topic or team is made of lower-case words joined by hyphens; the id of a "
        "mayor is an author's.",
        mend="Write it as the hint says. The network's id must never change once something was approved.",
    ),
    CodeEntry(
        code=BAD_URL,
        title="unusable address of the site",
        meaning="The site's address is a whole http or https URL, perhaps with a path, without query, fragment, user "
        "or password.",
        mend="Write it as https://blog.example.org or https://example.org/blog.",
    ),
    CodeEntry(
        code=BAD_ZONE,
        title="unknown time zone",
        meaning="Time zones are named as in the IANA database. The system's database is used.",
        mend="Write a name such as Europe/Berlin, or UTC. A system without a database needs its package tzdata.",
    ),
    CodeEntry(
        code=BAD_LANGUAGE,
        title="not a language tag",
        meaning="A language is written as a tag, such as en, de or pt-BR.",
        mend="Write the tag.",
    ),
    CodeEntry(
        code=BAD_PERMALINK,
        title="unusable permalink",
        meaning="The pattern of post addresses begins and ends with a slash, holds :slug, and perhaps :year, :month "
        "and :day.",
        mend="Write it as /:year/:slug/.",
    ),
    CodeEntry(
        code=BAD_COLOUR,
        title="not a colour",
        meaning="The accent colour is written in hexadecimal digits.",
        mend="Write it in quotes, as '#0a7d5a'.",
    ),
    CodeEntry(
        code=OUT_OF_RANGE,
        title="number out of range",
        meaning="The number is smaller or larger than makes sense for this setting.",
        mend="Use a number in the range that the message names.",
    ),
    CodeEntry(
        code=LISTED_TWICE,
        title="listed twice",
        meaning="The same id, language or person stands twice where each may stand once.",
        mend="Delete one of them.",
    ),
    CodeEntry(
        code=BAD_CHOICE,
        title="not one of the choices",
        meaning="The setting takes one of a few words.",
        mend="Use one of the words that the message names.",
    ),
    CodeEntry(
        code=BAD_HOST,
        title="not a host name",
        meaning="Hosts are written as bare names, without https:// and without a path.",
        mend="Write it as images.example.org.",
    ),
    CodeEntry(
        code=BAD_LINK,
        title="unusable link",
        meaning="A link has a label and an address: a path on this site such as /about/, or one that begins with "
        "https://, http:// or mailto:.",
        mend="Write {label: About, url: /about/}.",
    ),
    CodeEntry(
        code=BAD_FILE,
        title="unusable file name",
        meaning="A file of the theme is named by its path inside the network folder.",
        mend="Write it as themes/logo.svg, without a leading slash and without '..'.",
    ),
    CodeEntry(
        code=BAD_MAILBOX,
        title="not a mailbox",
        meaning="Messages come from one e-mail address, perhaps with a name before it.",
        mend="Write it as ann@example.org, or in quotes as 'Our blog <ann@example.org>'.",
    ),
    CodeEntry(
        code=NO_REPLY,
        title="a sender that takes no answer",
        meaning="The sender's address says that nobody reads what is sent back. A message about somebody's work is "
        "one half of a conversation, and an author must be able to answer it.",
        mend="Write an address that a mayor reads; a shared mailbox is fine.",
    ),
    CodeEntry(
        code=BAD_MAIL_SERVER,
        title="unusable mail server",
        meaning="Mail and passwords travel protected unless the server is this very machine, and a password is read "
        "from an environment variable, never from blognet.yml, which git keeps for ever.",
        mend="Write security: starttls or tls, and password_env with the name of the variable.",
    ),
    CodeEntry(
        code=NOT_A_DAY,
        title="not a day",
        meaning="Working days are days of the week, at least one of them. Holidays, the day on which a stage begins to "
        "hold, and the first and last day of an absence are dates.",
        mend="Write a day of the week as mon, and a date as 2026-12-24.",
    ),
    CodeEntry(
        code=BAD_REPLY,
        title="unusable canned reply",
        meaning="A canned reply is a text. Names in braces stand for what differs: {author}, {title} and {mayor}; "
        "others mean nothing.",
        mend="Write one of these names, or leave the braces out.",
    ),
    CodeEntry(
        code=BAD_FOLDER,
        title="unusable folder",
        meaning="The folder of canned replies is named by its path inside the network folder, and holds nothing else.",
        mend="Write it as themes/replies.",
    ),
    CodeEntry(
        code=NOT_OUR_LANGUAGE,
        title="translation into no language of the network",
        meaning="Under 'translations' stands a language that 'languages' does not name, so no page would ever show it; "
        "or the main language, whose texts stand in the settings themselves.",
        mend="Correct the tag, or add the language to 'languages'.",
    ),
)

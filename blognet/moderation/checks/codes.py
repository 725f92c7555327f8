"""The problem codes of the checks: BN601 to BN699. Says what each means, not when it is found."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

LINKS = "BN601"
UNPUBLISHED_LINKS = "BN602"
REMOTE_IMAGES = "BN603"
ALT_TEXT = "BN604"
LENGTH = "BN605"
DUPLICATE_TITLES = "BN606"
BANNED_WORDS = "BN607"
EMBARGO = "BN608"
UNRELEASED = "BN609"
DISCLOSURES = "BN610"
SECRETS = "BN611"
EMAILS = "BN612"
PHONES = "BN613"
HEADINGS = "BN614"
READING_LEVEL = "BN615"
PLUGIN = "BN620"
EXTERNAL = "BN621"
PLUGIN_FAILED = "BN622"
EXTERNAL_FAILED = "BN623"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=LINKS,
        title="link that leads nowhere",
        meaning="A link inside the site names an address at which nothing is published and nothing waits.",
        mend="Correct the address. Another post is best named by its file, such as `[our trip](our-trip.md)`.",
    ),
    CodeEntry(
        code=UNPUBLISHED_LINKS,
        title="link to something unpublished",
        meaning="A link leads to a post or page that waits, is scheduled, was retracted or has expired, so readers"
        " cannot open it today.",
        mend="Have the other one approved first or together with this one, or take the link out.",
    ),
    CodeEntry(
        code=REMOTE_IMAGES,
        title="image on another host",
        meaning="The image lies on a host that `hosts` in blognet.yml does not list. Readers' browsers must not ask"
        " strangers for it, so a link appears in its place.",
        mend="Put the image beside the text, or ask a mayor to list the host.",
    ),
    CodeEntry(
        code=ALT_TEXT,
        title="image without words",
        meaning="People who cannot see the image learn nothing about it: its alternative text is empty, or is the"
        " name of the file.",
        mend='Write what it shows: `![the drum, oiled](drum.jpg)`. In HTML, `alt=""` marks mere decoration.',
    ),
    CodeEntry(
        code=LENGTH,
        title="too short or too long",
        meaning="The text or the title is shorter or longer than the network's settings ask for.",
        mend="Shorten it, split it, or write more.",
    ),
    CodeEntry(
        code=DUPLICATE_TITLES,
        title="title used already",
        meaning="Another post or page of the same language has this title, and readers and search engines cannot"
        " tell the two apart.",
        mend="Choose a title that says what is new here.",
    ),
    CodeEntry(
        code=BANNED_WORDS,
        title="banned word",
        meaning="The text holds a word that the network's settings ban. Code and addresses are not looked at.",
        mend="Write what the hint says, or another word.",
    ),
    CodeEntry(
        code=EMBARGO,
        title="word under embargo",
        meaning="The text holds a word that must not be published before a certain day, and the post would appear"
        " before it.",
        mend="Take the word out, or let the post appear later with `publish_at`.",
    ),
    CodeEntry(
        code=UNRELEASED,
        title="name of something unreleased",
        meaning="The text, its address, or the name of a file beside it holds the name of a product that is not out"
        " yet.",
        mend="Take the name out, out of file names too, or wait for the release.",
    ),
    CodeEntry(
        code=DISCLOSURES,
        title="disclosure missing",
        meaning="A word or tag in the text asks for a certain sentence, and readers would not find it.",
        mend="Add the sentence that the hint shows.",
    ),
    CodeEntry(
        code=SECRETS,
        title="key or token",
        meaning="The text holds what looks like a real key, token or password. What was ever committed must be taken"
        " for known to others, published or not.",
        mend="Revoke it where it was issued, then take it out. In examples, write one that is visibly made up.",
    ),
    CodeEntry(
        code=EMAILS,
        title="e-mail address",
        meaning="The text holds somebody's e-mail address; once published, it is collected by senders of spam.",
        mend="Take it out, or ask a mayor to list it under `allow`.",
    ),
    CodeEntry(
        code=PHONES,
        title="phone number",
        meaning="The text holds what looks like a phone number.",
        mend="Take it out, or ask a mayor to list it under `allow`.",
    ),
    CodeEntry(
        code=HEADINGS,
        title="heading skips a level",
        meaning="A heading is more than one level below the one before it. People who listen to the page navigate by"
        " these levels.",
        mend="Give it one hash more than the heading it belongs under.",
    ),
    CodeEntry(
        code=READING_LEVEL,
        title="hard to read",
        meaning="By the length of its words and sentences, the text asks more of its readers than the network wants."
        " This is a rough measure, and advice.",
        mend="Make two sentences of the longest ones, and use the shorter word where there is one.",
    ),
    CodeEntry(
        code=PLUGIN,
        title="finding of a plug-in",
        meaning="A check that another Python package brings found something.",
        mend="See the message, and the description of that package.",
    ),
    CodeEntry(
        code=EXTERNAL,
        title="finding of an external tool",
        meaning="A program that blognet.yml names under `external` found something.",
        mend="See the message, and the description of that program.",
    ),
    CodeEntry(
        code=PLUGIN_FAILED,
        title="plug-in could not check",
        meaning="A check that blognet.yml names under `plugins` is not installed, is not what it should be, or"
        " failed. What it would have found is not known.",
        mend="Install or correct it, or take its name out of blognet.yml.",
    ),
    CodeEntry(
        code=EXTERNAL_FAILED,
        title="external tool could not check",
        meaning="A program that blognet.yml names under `external` is not allowed on this machine, is missing, took"
        " too long, or printed what cannot be read. What it would have found is not known.",
        mend="Do what the hint says. Programs run only where the variable BLOGNET_TOOLS names them.",
    ),
)

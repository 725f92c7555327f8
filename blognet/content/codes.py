"""The problem codes of files, bundles, front matter and profiles. Says what each means, not when it is found."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

UNDECODABLE = "BN001"
CONFLICT_MARKERS = "BN002"
SYMLINK = "BN003"
SPECIAL_FILE = "BN004"
TOO_LARGE = "BN005"
UNREADABLE = "BN006"
NOT_A_POST = "BN007"
CONFLICTED_COPY = "BN008"
ASSET_TYPE = "BN009"
ASSET_MISMATCH = "BN010"
UNSAFE_SVG = "BN011"
DUPLICATE_ID = "BN012"
CASE_ONLY = "BN013"
NO_ID = "BN014"
TEXT_IN_BUNDLE = "BN015"
MISSING_ASSET = "BN016"
MISPLACED_PROFILE = "BN017"
TWO_AVATARS = "BN018"
INDEX_OUTSIDE = "BN019"
LANGUAGE_CLASH = "BN020"
UNKNOWN_LANGUAGE = "BN021"
UNKNOWN_AUTHOR = "BN022"
NO_AUTHOR = "BN023"
ASSET_CLASH = "BN024"
BAD_PATH = "BN025"

FENCE_OPEN = "BN120"
NO_FENCE = "BN121"
NO_TITLE = "BN122"
BAD_TIME = "BN123"
BAD_SLUG = "BN124"
BAD_AUTHOR_ID = "BN125"
BAD_LANGUAGE = "BN126"
BAD_ADDRESS = "BN127"
NO_LETTERS = "BN128"
UNKNOWN_TOPIC = "BN129"
EXPIRES_FIRST = "BN130"
NOT_HERE = "BN131"
NOT_USED = "BN132"
BAD_TOML = "BN133"

NO_NAME = "BN150"
BAD_LINK = "BN151"
BAD_STATUS = "BN152"
BAD_EMAIL = "BN153"
AVATAR_KEY = "BN154"
BAD_MEDIA = "BN882"
MEDIA_WITHOUT_LENGTH = "BN883"

_FILES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=UNDECODABLE,
        title="not a UTF-8 text",
        meaning="The file holds bytes that are no UTF-8 text, a NUL byte, or a carriage return that is not "
        "followed by a line feed.",
        mend="Open the file in your editor and save it as UTF-8 with Unix or Windows line ends.",
    ),
    CodeEntry(
        code=CONFLICT_MARKERS,
        title="git conflict markers",
        meaning="A merge left both versions in the file, between lines of <<<<<<<, ======= and >>>>>>>.",
        mend="Choose what to keep, and delete the three marker lines.",
    ),
    CodeEntry(
        code=SYMLINK,
        title="symbolic link",
        meaning="Links are not followed, because one could point outside the network folder.",
        mend="Replace the link by a copy of the file.",
    ),
    CodeEntry(
        code=SPECIAL_FILE,
        title="not a regular file",
        meaning="A pipe, a socket or a device has no contents that could be approved.",
        mend="Delete it, or replace it by a file.",
    ),
    CodeEntry(
        code=TOO_LARGE,
        title="file too large",
        meaning="Texts may have 1 MB and other files 25 MB.",
        mend="Make images smaller, split the text, or put the file on a file server and link to it.",
    ),
    CodeEntry(
        code=UNREADABLE,
        title="file can't be read",
        meaning="The system refused to give the contents of the file.",
        mend="Look at the file's permissions and owner.",
    ),
    CodeEntry(
        code=NOT_A_POST,
        title="file that can't be a post",
        meaning="A post is a Markdown file. Images and other files belong in a folder together with an index.md.",
        mend="Save documents as Markdown; put images beside an index.md in a folder of their own.",
    ),
    CodeEntry(
        code=CONFLICTED_COPY,
        title="left over by another program",
        meaning="The name says that a file synchroniser, an editor or a merge left this copy behind.",
        mend="Compare it with the file it was made from, then delete it.",
    ),
    CodeEntry(
        code=ASSET_TYPE,
        title="sort of file not accepted",
        meaning="Only images, documents, sound and video that are safe to hand to readers may lie in a bundle.",
        mend="Convert the file, pack it into a .zip, or move it out of the folder.",
    ),
    CodeEntry(
        code=ASSET_MISMATCH,
        title="file is not what its name says",
        meaning="The first bytes of the file belong to another format than its ending.",
        mend="Export the file anew, or correct its ending.",
    ),
    CodeEntry(
        code=UNSAFE_SVG,
        title="SVG with active or outside content",
        meaning="An SVG may hold shapes and text alone: no scripts, event handlers, embedded HTML, entities or "
        "references to other files.",
        mend="Export it as 'plain' or 'optimised' SVG, or as PNG.",
    ),
    CodeEntry(
        code=DUPLICATE_ID,
        title="two files for one id",
        meaning="Two files would become the same post, page or profile in the same language, so both wait.",
        mend="Give one of them another 'slug', or delete it.",
    ),
    CodeEntry(
        code=CASE_ONLY,
        title="names that differ only in case",
        meaning="Two names differ only in upper and lower case, which many file systems can't keep apart.",
        mend="Rename one of them.",
    ),
    CodeEntry(
        code=NO_ID,
        title="name without letters or digits",
        meaning="An id and an address are made from the file's or folder's name, and nothing of this one can be used.",
        mend="Rename it, or write 'slug: a-short-name' in the front matter.",
    ),
    CodeEntry(
        code=TEXT_IN_BUNDLE,
        title="Markdown file inside a bundle",
        meaning="A folder with an index.md is one post, and another Markdown file in it is neither post nor asset.",
        mend="Move the file out of the folder; a translation is named like index.de.md.",
    ),
    CodeEntry(
        code=MISSING_ASSET,
        title="image not found",
        meaning="The text shows an image that does not lie in the post's folder.",
        mend="Put the image beside the post's index.md, or correct its name.",
    ),
    CodeEntry(
        code=MISPLACED_PROFILE,
        title="file at a wrong place in authors/",
        meaning="A profile is authors/ID.md or authors/ID/index.md with an id of letters, digits, - and _.",
        mend="Rename or move the file.",
    ),
    CodeEntry(
        code=TWO_AVATARS,
        title="two avatars",
        meaning="An author has one picture, and there are several with fitting names.",
        mend="Delete all but one.",
    ),
    CodeEntry(
        code=INDEX_OUTSIDE,
        title="index.md outside a bundle",
        meaning="A file named index.md takes its name from its folder, and this folder names no post.",
        mend="Move it into a folder of its own, or rename it.",
    ),
    CodeEntry(
        code=LANGUAGE_CLASH,
        title="two languages for one file",
        meaning="The file's name and the key 'lang' name different languages.",
        mend="Correct one of them, or delete 'lang'.",
    ),
    CodeEntry(
        code=UNKNOWN_LANGUAGE,
        title="language not configured",
        meaning="The key 'lang' names a language that blognet.yml does not list.",
        mend="Correct it, or ask a mayor to add the language to 'languages' in blognet.yml.",
    ),
    CodeEntry(
        code=UNKNOWN_AUTHOR,
        title="unknown author",
        meaning="There is no profile with this id in authors/.",
        mend="Correct the id, or add the file authors/ID.md.",
    ),
    CodeEntry(
        code=NO_AUTHOR,
        title="no author",
        meaning="The front matter names no author, and the file lies in no folder with an author's id.",
        mend="Write 'authors: [your-id]' in the front matter.",
    ),
    CodeEntry(
        code=ASSET_CLASH,
        title="asset names that clash",
        meaning="Two files of a bundle have names that many file systems can't keep apart.",
        mend="Rename one of them.",
    ),
    CodeEntry(
        code=BAD_PATH,
        title="file name that can't be kept",
        meaning="The name holds a control character, a backslash or a line feed, is longer than systems allow, or is "
        "one that Windows keeps for a device, such as con or aux.",
        mend="Rename the file.",
    ),
)
_FRONT_MATTER: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=FENCE_OPEN,
        title="front matter never ends",
        meaning="The file begins with a line of dashes (or pluses), and no second one closes the front matter.",
        mend="Add a line '---' below the last key.",
    ),
    CodeEntry(
        code=NO_FENCE,
        title="keys without front matter",
        meaning="The file begins with keys and values, but no line '---' stands above them.",
        mend="Add a line '---' above the first and below the last key.",
    ),
    CodeEntry(
        code=NO_TITLE,
        title="no title",
        meaning="The front matter has no title, and the text does not begin with a '# Heading' either.",
        mend="Write 'title: …' in the front matter.",
    ),
    CodeEntry(
        code=BAD_TIME,
        title="date or time can't be read",
        meaning="A date is expected, such as 2026-11-22 or 2026-11-22 09:30.",
        mend="Write the year, month and day in this order.",
    ),
    CodeEntry(
        code=BAD_SLUG,
        title="unusable slug",
        meaning="A slug is part of an address: lower-case words joined by hyphens.",
        mend="Write it as the hint says, or delete the line; then the file's name is used.",
    ),
    CodeEntry(
        code=BAD_AUTHOR_ID,
        title="not an author's id",
        meaning="Authors are named by the file name of their profile without .md, not by their full name.",
        mend="Write the id, such as 'ann' for authors/ann.md.",
    ),
    CodeEntry(
        code=BAD_LANGUAGE,
        title="not a language tag",
        meaning="A language is written as a tag, such as en, de or pt-BR.",
        mend="Write the tag.",
    ),
    CodeEntry(
        code=BAD_ADDRESS,
        title="unusable address",
        meaning="The key expects an address: for aliases a path on this site, for others a path or an http(s) URL.",
        mend="Write aliases as '/old/path/', other addresses as a path or with https:// in front.",
    ),
    CodeEntry(
        code=NO_LETTERS,
        title="name without letters or digits",
        meaning="Tags, topics and series get pages of their own, and nothing of this name can stand in an address.",
        mend="Use a name with letters or digits.",
    ),
    CodeEntry(
        code=UNKNOWN_TOPIC,
        title="unknown topic",
        meaning="blognet.yml lists the topics of this network, and this one is not among them.",
        mend="Correct it, use 'tags' instead, or ask a mayor to add the topic.",
    ),
    CodeEntry(
        code=EXPIRES_FIRST,
        title="expires before it appears",
        meaning="The post would leave the site before it comes.",
        mend="Correct 'expires', 'date' or 'publish_at'.",
    ),
    CodeEntry(
        code=NOT_HERE,
        title="key that is not the author's to set",
        meaning="Approval, pinning and promotion are decided by the mayor and do not lie in front matter.",
        mend="Delete the line, and tell the mayor what you wish.",
    ),
    CodeEntry(
        code=NOT_USED,
        title="value not used",
        meaning="The key is understood, but this value of it has no meaning here.",
        mend="Delete it when you do not need it.",
    ),
    CodeEntry(
        code=BAD_TOML,
        title="TOML front matter can't be read",
        meaning="Front matter between +++ lines is TOML, and this is not valid TOML.",
        mend="Correct the line, or write the front matter as YAML between --- lines.",
    ),
)
_PROFILES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=NO_NAME,
        title="no name",
        meaning="A profile says how the author's name is written.",
        mend="Write 'name: …' in the front matter.",
    ),
    CodeEntry(
        code=BAD_LINK,
        title="unusable link",
        meaning="A link of a profile begins with https://, http:// or mailto:, and may have a label.",
        mend="Write '- {label: GitHub, url: https://…}' or 'GitHub: https://…'.",
    ),
    CodeEntry(
        code=BAD_STATUS,
        title="unknown status",
        meaning="An author is active, alumni or guest.",
        mend="Write one of these words, or delete the line.",
    ),
    CodeEntry(
        code=BAD_EMAIL,
        title="not an email address",
        meaning="An address has one @ between a name and a domain.",
        mend="Correct it, or delete the line.",
    ),
    CodeEntry(
        code=AVATAR_KEY,
        title="avatar named in the profile",
        meaning="The avatar is the picture that lies beside the profile under the author's id.",
        mend="Save the picture as ID.jpg, .png, .webp or .svg beside the profile, and delete the line.",
    ),
)
_MEDIA: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=BAD_MEDIA,
        title="unusable sound or film",
        meaning="`media` names a file of sound or film that lies beside the text, or an address that begins with"
        " https://; its type begins with audio/ or video/, and its length is in bytes.",
        mend="Write the name of a file in the post's folder, such as `media: episode-1.mp3`. An address whose ending"
        " says nothing needs a `media_type` as well.",
    ),
    CodeEntry(
        code=MEDIA_WITHOUT_LENGTH,
        title="sound or film without a length",
        meaning="Feeds tell podcast programs how many bytes a file has. Of a file on another host, nobody"
        " here knows it.",
        mend="Add `media_length`, in bytes, as the host shows it.",
    ),
)
CODES: tuple[CodeEntry, ...] = (*_FILES, *_FRONT_MATTER, *_PROFILES, *_MEDIA)

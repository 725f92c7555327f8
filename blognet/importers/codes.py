"""The codes of what an importer reports, BN5xx. Each names a loss, a repair or a doubt, never a fault of ours."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

LIQUID_LEFT = "BN501"
PAGE_VALUE_MISSING = "BN502"
COMMENT_DROPPED = "BN503"
PHOTO_DROPPED = "BN504"
EMBED_LINKED = "BN505"
PERSON_UNKNOWN = "BN506"
ATTRIBUTES_DROPPED = "BN510"
SCRIPT_DROPPED = "BN511"
FRAME_LINKED = "BN512"
STRAY_TAG = "BN513"
IMAGE_MISSING = "BN520"
FILE_MISSING = "BN521"
IMAGE_REFUSED = "BN522"
LINK_OUTSIDE = "BN523"
POST_LINK_MISSING = "BN524"
FRONT_MATTER_REPAIRED = "BN530"
FRONT_MATTER_UNREADABLE = "BN531"
DATE_REPAIRED = "BN532"
DATE_UNREADABLE = "BN533"
KEY_KEPT = "BN534"
KEY_DROPPED = "BN535"
KEY_MISSPELT = "BN536"
TEXT_CLEANED = "BN537"
UNPUBLISHED = "BN538"
AUTHOR_MISSING = "BN540"
AUTHOR_NAME_DIFFERS = "BN541"
AUTHOR_TWICE = "BN542"
NO_AUTHORS = "BN543"
SLUG_TAKEN = "BN550"
ADDRESS_TAKEN = "BN551"
STILL_FAULTY = "BN552"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=LIQUID_LEFT,
        title="Liquid that was left visible",
        meaning="The post uses a Liquid tag or filter that the importer does not know, "
        "so readers would see its source.",
        mend="Replace it in the imported post by what it should show, or delete it.",
    ),
    CodeEntry(
        code=PAGE_VALUE_MISSING,
        title="a page value that the post does not have",
        meaning="The body asks for a value of the front matter that is not there. "
        "Jekyll shows nothing in its place; the source was left visible.",
        mend="Write the text itself, or wrap it in backticks if it is an example.",
    ),
    CodeEntry(
        code=COMMENT_DROPPED,
        title="a Liquid comment was dropped",
        meaning="The text between `comment` tags was never shown and is not in the imported post.",
        mend="Nothing, unless the comment should be kept: then copy it from the old file.",
    ),
    CodeEntry(
        code=PHOTO_DROPPED,
        title="a photo of a person was dropped",
        meaning="The old site showed a photo chosen by its own plugin; the tree does not hold it.",
        mend="Put the photo into the post's bundle and write an image where it should be.",
    ),
    CodeEntry(
        code=EMBED_LINKED,
        title="an embed became a link",
        meaning="Readers' browsers ask no third party for anything, so the embedded video or "
        "message is a link now.",
        mend="Nothing; check that the words of the link say what it leads to.",
    ),
    CodeEntry(
        code=PERSON_UNKNOWN,
        title="a link to a person without a page",
        meaning="The post links to someone who has no author page after this import; the bare "
        "name stands in place of the link.",
        mend="Write the person's full name, or add a profile and a post of theirs.",
    ),
    CodeEntry(
        code=ATTRIBUTES_DROPPED,
        title="kramdown attributes were dropped",
        meaning="Classes, ids and other attributes in `{: …}` mean nothing here and were removed.",
        mend="Nothing, unless the post looks wrong without them.",
    ),
    CodeEntry(
        code=SCRIPT_DROPPED,
        title="a script or style was dropped",
        meaning="Posts run no scripts and bring no styles of their own.",
        mend="Nothing, or show what the script did as text, an image or a link.",
    ),
    CodeEntry(
        code=FRAME_LINKED,
        title="a frame became a link",
        meaning="Frames load pages of third parties; a link to the same address stands there now.",
        mend="Nothing; check that the words of the link say what it leads to.",
    ),
    CodeEntry(
        code=STRAY_TAG,
        title="a closing tag without its opening one",
        meaning="The line closed an HTML element that was never opened, and readers would see it.",
        mend="Nothing.",
    ),
    CodeEntry(
        code=IMAGE_MISSING,
        title="an image is missing",
        meaning="The post shows an image that is not in the imported tree. "
        "Its description stands in its place, in italics.",
        mend="Find the image, put it beside the post as a bundle, and write the image again.",
    ),
    CodeEntry(
        code=FILE_MISSING,
        title="a linked file is missing",
        meaning="The post links to a file of the old site that is not in the imported tree.",
        mend="Put the file into the post's bundle and link to its name, or remove the link.",
    ),
    CodeEntry(
        code=IMAGE_REFUSED,
        title="an image that cannot be taken",
        meaning="The image is in the tree, but of a kind that posts cannot show.",
        mend="Save it as PNG, JPEG or WebP and put that into the post's bundle.",
    ),
    CodeEntry(
        code=LINK_OUTSIDE,
        title="a link to a page that was not imported",
        meaning="The link leads to an address of the old site that is neither a post, a person, "
        "a tag nor a file of the imported tree.",
        mend="Link to where the page is now, or add a page at this address.",
    ),
    CodeEntry(
        code=POST_LINK_MISSING,
        title="a link to a post that was not imported",
        meaning="The link looks like the address of a post, but no imported post had it.",
        mend="Check the address; it may be misspelt or the post may have been left out.",
    ),
    CodeEntry(
        code=FRONT_MATTER_REPAIRED,
        title="front matter was repaired",
        meaning="The front matter was not YAML as it stood, and a small change made it so.",
        mend="Look once whether the imported front matter says what was meant.",
    ),
    CodeEntry(
        code=FRONT_MATTER_UNREADABLE,
        title="front matter that cannot be read",
        meaning="The front matter is not YAML, or there is none, so the file was left out.",
        mend="Mend the file at the line named and import again.",
    ),
    CodeEntry(
        code=DATE_REPAIRED,
        title="a date was repaired",
        meaning="The date had words beside it that are no part of a date; they were dropped.",
        mend="Nothing, if the date is right.",
    ),
    CodeEntry(
        code=DATE_UNREADABLE,
        title="a date that cannot be read",
        meaning="The date in the front matter cannot be read; the one of the file name is used.",
        mend="Write the date as 2026-11-22 or 2026-11-22 09:15.",
    ),
    CodeEntry(
        code=KEY_KEPT,
        title="a key was kept under extra",
        meaning="The key means nothing here. Its value was kept as free data under `extra`.",
        mend="Nothing, or delete it.",
    ),
    CodeEntry(
        code=KEY_DROPPED,
        title="a key was dropped",
        meaning="The key could not be brought along; its value is in the report and the old file.",
        mend="Nothing, or write by hand what it was for.",
    ),
    CodeEntry(
        code=KEY_MISSPELT,
        title="a misspelt key",
        meaning="The key looks like a misspelling of one that the importer knows and was read so.",
        mend="Look whether the value is where it belongs.",
    ),
    CodeEntry(
        code=TEXT_CLEANED,
        title="marks were taken out of a text",
        meaning="Titles and summaries are plain text: HTML tags, Markdown marks and character "
        "entities were turned into the text a reader saw.",
        mend="Nothing, unless the text reads wrong now.",
    ),
    CodeEntry(
        code=UNPUBLISHED,
        title="an unpublished post became a draft",
        meaning="The old site kept the post back, so it has `draft: true` and is not queued.",
        mend="Submit it if it should be published after all, or delete it.",
    ),
    CodeEntry(
        code=AUTHOR_MISSING,
        title="an author without a file",
        meaning="The post names an author for whom the tree has no file; it will wait until "
        "there is one.",
        mend="Write authors/ID.md with a name, or correct the id in the post.",
    ),
    CodeEntry(
        code=AUTHOR_NAME_DIFFERS,
        title="an author's name key differs from the file name",
        meaning="The file's name key should repeat the id. Posts go by the file name, "
        "and so does the import.",
        mend="Nothing, unless posts meant the other id.",
    ),
    CodeEntry(
        code=AUTHOR_TWICE,
        title="one name, two authors",
        meaning="Two author files give the same full name and are perhaps one person.",
        mend="If so, keep one profile and change the other id in the posts that use it.",
    ),
    CodeEntry(
        code=NO_AUTHORS,
        title="a post without authors",
        meaning="The post names no author; it will wait until it does.",
        mend="Add authors: [ID] to the post's front matter.",
    ),
    CodeEntry(
        code=SLUG_TAKEN,
        title="two posts with one slug",
        meaning="A slug is a post's id and can be used once, so the later post's slug ends in "
        "its year. The old address still leads to it.",
        mend="Nothing, or choose a better slug before the post is approved.",
    ),
    CodeEntry(
        code=ADDRESS_TAKEN,
        title="an old address that two posts claim",
        meaning="Two posts would answer to one address; the one whose own address it was keeps it.",
        mend="Remove the redirect that is wrong, if the choice is not the right one.",
    ),
    CodeEntry(
        code=STILL_FAULTY,
        title="an imported file that is not right yet",
        meaning="The file was imported, but something in it that could not be translated keeps it "
        "waiting.",
        mend="Mend it in the imported file; `blognet check` shows the place.",
    ),
)

"""What the problem codes of this room mean: BN400 to BN419, BN840 to BN843, BN880 and BN881."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

ADDRESS_TAKEN = "BN400"
ALIAS_TAKEN = "BN401"
ALIAS_UNUSABLE = "BN402"
FILE_NOT_PUBLISHED = "BN403"
TERM_WITHOUT_LETTERS = "BN404"
ADDRESS_UNUSABLE = "BN405"
TOO_MANY_REDIRECTS = "BN840"
SEARCH_ADDRESS_TAKEN = "BN896"
VANISHED = "BN841"
LEADS_NOWHERE = "BN842"
LOCK_UNREADABLE = "BN843"
EXPERT_UNKNOWN = "BN880"
PINNED_NOT_LIVE = "BN881"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=ADDRESS_TAKEN,
        title="two pages want one address",
        meaning=(
            "Two pages of the site would be written to the same file, or to files that differ only in the case of"
            " letters, which many file systems and hosts treat as the same."
        ),
        mend="Retract one of the two, or approve it under another slug.",
    ),
    CodeEntry(
        code=ALIAS_TAKEN,
        title="old address is in use",
        meaning="A post claims an old address where another page lives. That page stays; there is no redirect.",
        mend="Remove the address from the post's aliases.",
    ),
    CodeEntry(
        code=ALIAS_UNUSABLE,
        title="not an address of this site",
        meaning="An alias is not a path from the root of the site, or holds parts that no page may have.",
        mend="Write it as the path alone, for example /2019/old-name/.",
    ),
    CodeEntry(
        code=FILE_NOT_PUBLISHED,
        title="file is not published",
        meaning=(
            "A file of a bundle is not copied to the site, because a browser would run it as part of the site, because"
            " a server would take it for its own settings, or because another page has its address."
        ),
        mend="Link to it elsewhere, or pack it into a .zip file; rename it when only its name is in the way.",
    ),
    CodeEntry(
        code=TERM_WITHOUT_LETTERS,
        title="tag without letters",
        meaning="A tag, topic, team or series has no letter or digit, so that it cannot have an address.",
        mend="Use a word.",
    ),
    CodeEntry(
        code=ADDRESS_UNUSABLE,
        title="unusable address in the record",
        meaning="The record gives a post or page an address that cannot be written inside the site's folder.",
        mend="Run `mayor verify`; the approval's file may have been edited by hand.",
    ),
    CodeEntry(
        code=TOO_MANY_REDIRECTS,
        title="more redirects than the host follows",
        meaning="Cloudflare follows the first 2000 lines of `_redirects`. At the other addresses are pages that lead on"
        " by themselves, as on any host.",
        mend="Nothing has to be done. Fewer aliases, or a rule of your own at Cloudflare, would make it go away.",
    ),
    CodeEntry(
        code=VANISHED,
        title="an address has vanished",
        meaning="`urls.lock` names an address of a list or feed that readers may have kept. The site would no longer"
        " have it: a tag, a topic or an author has no post left, or a setting has changed. The site stays as it was.",
        mend="Let it lead on, with `redirects: {/tags/old/: /tags/new/}` in blognet.yml; or let it go, with"
        " `blognet urls --forget /tags/old/`.",
    ),
    CodeEntry(
        code=LEADS_NOWHERE,
        title="a redirect leads nowhere",
        meaning="`redirects` in blognet.yml names an address of this site at which nothing is published.",
        mend="Correct the address, or take the line out.",
    ),
    CodeEntry(
        code=LOCK_UNREADABLE,
        title="a line of urls.lock is no address",
        meaning="Each line of `urls.lock` is the address of a list or feed, from the root of the site; lines that begin"
        " with # are remarks. Marks of a merge that was not finished are the usual cause.",
        mend="Keep the addresses of both sides, delete the marks, and type `blognet urls --lock`.",
    ),
    CodeEntry(
        code=EXPERT_UNKNOWN,
        title="an expert without a profile",
        meaning="`experts` of a topic in blognet.yml names somebody whose profile no mayor has approved. The"
        " topic's page leaves them out.",
        mend="Correct the id, or approve the profile.",
    ),
    CodeEntry(
        code=PINNED_NOT_LIVE,
        title="a pinned post that is not live",
        meaning="`pinned` of a topic in blognet.yml names a post that readers cannot find: it waits, was retracted, has"
        " expired or is unlisted, in every language. The topic's page leaves it out.",
        mend="Correct the id, approve the post, or take it out of `pinned`.",
    ),
    CodeEntry(
        code=SEARCH_ADDRESS_TAKEN,
        title="something is where the files of the search are",
        meaning="With `search: {engine: pagefind}`, what is below `/search/pagefind/`, and `found.json` beside each"
        " search page, belongs to the search. An alias, a redirect or a file beside a page has one of these addresses."
        " The site stays as it was.",
        mend="Give it another address.",
    ),
)

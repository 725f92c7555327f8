import { esc, names, site } from "./_includes/base.js";

export const data = {
  pagination: { data: "collections.feeds", size: 1, alias: "feed" },
  permalink: (data) => `${data.feed.url}atom.xml`,
  eleventyExcludeFromCollections: true,
};

const entry = (post) => `<entry>
<title>${esc(post.data.title)}</title>
<id>${site}${post.url}</id>
<link href="${site}${post.url}"/>
<published>${post.date.toISOString()}</published>
<updated>${post.date.toISOString()}</updated>
${post.data.authors.map((id) => `<author><name>${esc(names[id])}</name></author>`).join("")}
<summary>${esc(post.data.description)}</summary>
<content type="html">${esc(post.content)}</content>
</entry>`;

export const render = ({ feed }) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>${esc(feed.title)}</title>
<id>${site}${feed.url}</id>
<link href="${site}${feed.url}"/>
${feed.posts.map(entry).join("\n")}
</feed>
`;

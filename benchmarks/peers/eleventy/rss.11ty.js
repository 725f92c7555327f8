import { esc, names, site } from "./_includes/base.js";

export const data = {
  pagination: { data: "collections.feeds", size: 1, alias: "feed" },
  permalink: (data) => `${data.feed.url}feed.xml`,
  eleventyExcludeFromCollections: true,
};

const item = (post) => `<item>
<title>${esc(post.data.title)}</title>
<link>${site}${post.url}</link>
<guid>${site}${post.url}</guid>
<pubDate>${post.date.toUTCString()}</pubDate>
${post.data.authors.map((id) => `<dc:creator>${esc(names[id])}</dc:creator>`).join("")}
<description>${esc(post.data.description)}</description>
<content:encoded>${esc(post.content)}</content:encoded>
</item>`;

export const render = ({ feed }) => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${esc(feed.title)}</title>
<link>${site}${feed.url}</link>
<description>${esc(feed.title)}</description>
<language>en</language>
${feed.posts.map(item).join("\n")}
</channel>
</rss>
`;

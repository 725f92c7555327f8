import { names, site } from "./_includes/base.js";

export const data = {
  pagination: { data: "collections.feeds", size: 1, alias: "feed" },
  permalink: (data) => `${data.feed.url}feed.json`,
  eleventyExcludeFromCollections: true,
};

const item = (post) => ({
  id: `${site}${post.url}`,
  url: `${site}${post.url}`,
  title: post.data.title,
  content_html: post.content,
  summary: post.data.description,
  date_published: post.date.toISOString(),
  authors: post.data.authors.map((id) => ({ name: names[id], url: `${site}/authors/${id}/` })),
  tags: post.data.labels,
});

export const render = ({ feed }) =>
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: `${site}${feed.url}`,
    items: feed.posts.map(item),
  });

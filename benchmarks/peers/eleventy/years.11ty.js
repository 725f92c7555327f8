import { day, esc, page } from "./_includes/base.js";

export const data = {
  pagination: { data: "collections.years", size: 1, alias: "one" },
  permalink: (data) => `/${data.one.year}/index.html`,
  eleventyExcludeFromCollections: true,
};

export const render = ({ one }) =>
  page({
    title: one.year,
    url: `/${one.year}/`,
    main: `<h1>${one.year}</h1>
<ul>${one.posts.map((post) => `<li><time>${day(post.date)}</time> <a href="${post.url}">${esc(post.data.title)}</a></li>`).join("")}</ul>`,
  });

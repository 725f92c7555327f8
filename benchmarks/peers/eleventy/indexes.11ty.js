import { esc, page } from "./_includes/base.js";

export const data = {
  pagination: { data: "collections.indexes", size: 1, alias: "index" },
  permalink: (data) => `/${data.index.kind}/index.html`,
  eleventyExcludeFromCollections: true,
};

export const render = ({ index }) =>
  page({
    title: index.kind,
    url: `/${index.kind}/`,
    main: `<h1>${index.kind}</h1>
<ul>${index.terms.map((term) => `<li><a href="${term.url}">${esc(term.title)}</a> ${term.posts.length}</li>`).join("")}</ul>`,
  });

import { card, esc, page } from "./_includes/base.js";

export const data = {
  pagination: { data: "collections.pieces", size: 1, alias: "piece" },
  permalink: (data) => `${data.piece.url}index.html`,
  eleventyExcludeFromCollections: true,
};

const address = (piece, at) => (at === 1 ? piece.home : `${piece.home}page/${at}/`);

export const render = ({ piece }) =>
  page({
    title: piece.title,
    url: piece.url,
    main: `<h1>${esc(piece.title)}</h1>
${piece.posts.map(card).join("\n")}
<nav class="pager">${piece.at > 1 ? `<a rel="prev" href="${address(piece, piece.at - 1)}">Newer</a>` : ""} <span>${piece.at} / ${piece.count}</span> ${piece.at < piece.count ? `<a rel="next" href="${address(piece, piece.at + 1)}">Older</a>` : ""}</nav>`,
  });

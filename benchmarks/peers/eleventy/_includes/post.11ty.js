import { byline, esc, labels, names, page } from "./base.js";

export const render = (data) =>
  page({
    title: data.title,
    description: data.description,
    url: data.page.url,
    main: `<article class="entry">
<h1>${esc(data.title)}</h1>
<p class="standfirst">${esc(data.description)}</p>
${byline(data, data.page.date, data.page.rawInput ?? data.content)}
<div class="body">${data.content}</div>
${labels(data)}
${data.authors.map((id) => `<section class="about-author"><h2><a href="/authors/${id}/">${esc(names[id])}</a></h2></section>`).join("")}
</article>`,
  });

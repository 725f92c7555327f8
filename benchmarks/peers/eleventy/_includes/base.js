// The page around everything, and the words for one post in a list.
import { readFileSync } from "node:fs";

export const site = "https://blog.example.org";
export const names = JSON.parse(readFileSync("names.json", "utf-8"));
const AMP = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const esc = (text) => String(text).replace(/[&<>"]/g, (one) => AMP[one]);
const long = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });
export const day = (date) => long.format(date);
export const people = (ids) =>
  ids.map((id) => `<a rel="author" href="/authors/${id}/">${esc(names[id])}</a>`).join(" ");
const minutes = (text) => Math.max(1, Math.round(text.split(/\s+/).length / 220));

export const byline = (data, date, text) =>
  `<p class="byline">${people(data.authors)} <time datetime="${date.toISOString()}">${day(date)}</time> · ` +
  `${minutes(text)} min read</p>`;

export const labels = (data) =>
  `<ul class="tags">${data.labels.map((tag) => `<li><a rel="tag" href="/tags/${tag}/">${tag}</a></li>`).join("")}` +
  `${data.topics.map((topic) => `<li><a href="/topics/${topic}/">${topic}</a></li>`).join("")}</ul>`;

export const card = (post) =>
  `<article class="card">\n<h2><a href="${post.url}">${esc(post.data.title)}</a></h2>\n` +
  `${byline(post.data, post.date, post.rawInput)}\n<p>${esc(post.data.description)}</p>\n${labels(post.data)}\n</article>`;

export const page = ({ title, description = "", url, main }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(title)} · Bench</title>
<meta name="description" content="${esc(description)}">
<link rel="canonical" href="${site}${url}">
<link rel="alternate" type="application/rss+xml" title="Bench" href="/feed.xml">
<link rel="alternate" type="application/atom+xml" title="Bench (Atom)" href="/atom.xml">
<link rel="alternate" type="application/feed+json" title="Bench (JSON)" href="/feed.json">
<link rel="stylesheet" href="/theme/style.css">
<meta property="og:site_name" content="Bench">
<meta property="og:title" content="${esc(title)}">
<meta property="og:description" content="${esc(description)}">
<meta property="og:url" content="${site}${url}">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="masthead"><p class="brand"><a href="/" rel="home">Bench</a></p>
<nav aria-label="Main"><ul><li><a href="/topics/">Topics</a></li><li><a href="/authors/">Authors</a></li><li><a href="/about/">About</a></li></ul></nav></header>
<main id="main">
${main}
</main>
<footer class="foot"><p><a href="/tags/">Tags</a> <a href="/teams/">Teams</a></p></footer>
</body>
</html>
`;

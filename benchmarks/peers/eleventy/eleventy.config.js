// The same output set as ours. Lists are cut into pages once, here, and each page is made from one of the pieces.
import { readFileSync } from "node:fs";
import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";
import alertsModule from "markdown-it-github-alerts";
import tasks from "markdown-it-task-lists";
import Prism from "prismjs";
import load from "prismjs/components/index.js";

const PAGE = 10;
const FEED = 50;
const alerts = alertsModule.default ?? alertsModule;
load(["python", "bash", "yaml", "sql", "json"]);

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function highlight(code, language) {
  const grammar = Prism.languages[language];
  return grammar ? Prism.highlight(code, grammar, language) : escaped(code);
}

const names = JSON.parse(readFileSync("names.json", "utf-8"));
const terms = [
  ["authors", (post) => post.data.authors],
  ["tags", (post) => post.data.labels],
  ["topics", (post) => post.data.topics],
  ["teams", (post) => post.data.teams],
];

function lists(posts) {
  const found = [{ url: "/", title: "Bench", posts }];
  for (const [kind, of] of terms) {
    const groups = new Map();
    for (const post of posts)
      for (const term of of(post)) {
        if (!groups.has(term)) groups.set(term, []);
        groups.get(term).push(post);
      }
    for (const [term, members] of groups)
      found.push({ url: `/${kind}/${term}/`, title: names[term] ?? term, kind, term, posts: members });
  }
  return found;
}

export default function (config) {
  config.amendLibrary("md", (md) => {
    md.set({ html: true, linkify: true, highlight });
    md.use(anchor, { permalink: anchor.permalink.linkInsideHeader({ symbol: "" }) }).use(footnote).use(tasks);
    md.use(alerts);
  });
  config.addPassthroughCopy("posts/**/*.png");
  config.addPassthroughCopy("theme");
  const newest = (api) => api.getFilteredByTag("posts").sort((a, b) => b.date - a.date);
  config.addCollection("newest", newest);
  config.addCollection("pieces", (api) =>
    lists(newest(api)).flatMap((list) => {
      const count = Math.max(1, Math.ceil(list.posts.length / PAGE));
      return Array.from({ length: count }, (_, at) => ({
        ...list,
        at: at + 1,
        count,
        home: list.url,
        url: at ? `${list.url}page/${at + 1}/` : list.url,
        posts: list.posts.slice(at * PAGE, (at + 1) * PAGE),
      }));
    }),
  );
  config.addCollection("feeds", (api) =>
    lists(newest(api)).map((list) => ({ ...list, posts: list.posts.slice(0, FEED) })),
  );
  config.addCollection("indexes", (api) => {
    const all = lists(newest(api)).filter((list) => list.kind);
    return terms.map(([kind]) => ({ kind, terms: all.filter((list) => list.kind === kind) }));
  });
  config.addCollection("years", (api) => {
    const years = new Map();
    for (const post of newest(api)) {
      const year = post.date.getUTCFullYear();
      if (!years.has(year)) years.set(year, []);
      years.get(year).push(post);
    }
    return [...years].map(([year, posts]) => ({ year, posts }));
  });
  return { dir: { input: ".", includes: "_includes", output: "output" }, markdownTemplateEngine: false };
}

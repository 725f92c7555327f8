/* The search of the search page. It asks this site alone, and for the files alone that the words need.
   Words are cut and folded as blognet/render/search_words.py does it; where the page names Pagefind, that looks for them. */
(function () {
  "use strict";
  const form = document.getElementById("site-search");
  if (!form) return;
  if (location.protocol === "file:") return form.remove();
  const MOST = 50;
  const LONGEST = 40;
  const status = form.querySelector("[role=status]");
  const list = form.querySelector("ol");
  const kept = new Map();
  let turn = 0;

  function fetched(name) {
    if (!kept.has(name)) {
      const asked = fetch(form.dataset.index + name).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      });
      asked.catch(() => kept.delete(name));
      kept.set(name, asked);
    }
    return kept.get(name);
  }

  function wordsOf(text) {
    const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    const words = [];
    for (const found of plain.matchAll(/([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+)|((?:(?![\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])[\p{L}\p{N}])+)/gu)) {
      const signs = [...found[0]];
      if (found[1] && signs.length > 1) {
        for (let at = 1; at < signs.length; at += 1) words.push(signs[at - 1] + signs[at]);
      } else {
        words.push(signs.slice(0, LONGEST).join(""));
      }
    }
    return [...new Set(words)];
  }

  function fileOf(word, files) {
    const signs = [...word];
    return (signs[0].codePointAt(0) * 31 + (signs.length > 1 ? signs[1].codePointAt(0) : 0)) % files;
  }

  /* All there is to know of posts: who wrote them, and what is said of each, the newest first. */
  async function all() {
    const data = await fetched("posts.json");
    const years = await Promise.all(data.years.map((year) => fetched("posts-" + year + ".json")));
    return { ...data, posts: years.flat() };
  }

  /* Posts that have a word, or one that begins with it, and how much it counts there. A post is named by its number;
     each but the first by how much smaller it is than the one before. Of one letter, the longer words stand in other
     files, but for those of the newest posts: these are left out, too, so that one post is found like another. */
  async function having(word, data) {
    const files = [fileOf(word, data.files), data.newest].filter((number) => number !== null);
    const parts = await Promise.all(files.map((number) => fetched("words-" + number + ".json")));
    const found = new Map();
    for (const [each, posts] of parts.flatMap(Object.entries)) {
      if (!each.startsWith(word) || fileOf(each, data.files) !== files[0]) continue;
      for (let at = 0, number = 2 * posts[0]; at < posts.length; at += 2) {
        number -= posts[at];
        const worth = posts[at + 1] * (each === word ? 2 : 1);
        found.set(number, Math.max(worth, found.get(number) || 0));
      }
    }
    return found;
  }

  /* Asked when there are words: it is loaded for who searches. */
  let engine = null;
  function pagefind() {
    engine ||= import(new URL(form.dataset.pagefind, document.baseURI).href);
    engine.catch(() => (engine = null));
    return engine;
  }

  async function scoredByPagefind(words, data) {
    if (!words.length) return new Map(data.posts.map((_, at) => [at, 0]));
    const [asked, known] = await Promise.all([pagefind(), fetched("found.json")]);
    const answer = await asked.search(form.elements.q.value);
    const places = new Map(data.posts.map((post, at) => [post[0], at]));
    const found = answer.results.map((one) => [places.get(known[one.id]), one.score]);
    return new Map(found.filter((one) => one[0] !== undefined));
  }

  async function scored(words, data) {
    if (form.dataset.pagefind) return scoredByPagefind(words, data);
    const each = await Promise.all(words.map((word) => having(word, data)));
    const scores = new Map();
    data.posts.forEach(function (post, at) {
      const number = post[7];
      if (each.every((found) => found.has(number))) {
        scores.set(at, each.reduce((sum, found) => sum + found.get(number), 0));
      }
    });
    return scores;
  }

  function isChosen(post) {
    const { author, topic, year } = form.elements;
    return (
      (!author.value || post[5].includes(author.value)) &&
      (!topic.value || post[6].includes(topic.value)) &&
      (!year.value || String(post[4]) === year.value)
    );
  }

  function line(post) {
    const item = document.createElement("li");
    const day = document.createElement("span");
    const link = document.createElement("a");
    const summary = document.createElement("span");
    item.className = "line";
    day.className = "line-day";
    day.textContent = post[3];
    link.className = "line-title";
    link.href = form.dataset.root + post[0].slice(1).split("/").map(encodeURIComponent).join("/");
    link.textContent = post[1];
    summary.className = "line-names";
    summary.textContent = post[2];
    item.append(link, " ", day, summary);
    return item;
  }

  async function search() {
    const mine = (turn += 1);
    const words = wordsOf(form.elements.q.value);
    const isFiltered = ["author", "topic", "year"].some((name) => form.elements[name].value);
    try {
      const data = await all();
      const scores = await scored(words, data);
      if (mine !== turn) return;
      const found = words.length || isFiltered ? [...scores.keys()] : [];
      const shown = found.filter((at) => isChosen(data.posts[at]));
      shown.sort((one, other) => scores.get(other) - scores.get(one) || one - other);
      list.replaceChildren(...shown.slice(0, MOST).map((at) => line(data.posts[at])));
      status.textContent = !(words.length || isFiltered)
        ? ""
        : shown.length
          ? form.dataset.found.replace("#", shown.length.toLocaleString(document.documentElement.lang))
          : form.dataset.none;
    } catch {
      if (mine === turn) {
        list.replaceChildren();
        status.textContent = form.dataset.unreachable;
      }
    }
    const address = new URL(location.href);
    address.search = form.elements.q.value ? "?" + new URLSearchParams({ q: form.elements.q.value }) : "";
    history.replaceState(null, "", address);
    // The same words in another language are one click away.
    for (const link of document.querySelectorAll(".lang-nav a")) {
      if (/\/search\/$/.test(link.pathname)) link.search = address.search;
    }
  }

  function offered(select, pairs) {
    for (const [value, label] of pairs) select.append(new Option(label, value));
    select.hidden = pairs.length < 2;
  }

  form.hidden = false;
  form.elements.q.value = new URLSearchParams(location.search).get("q") || "";
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    search();
  });
  form.addEventListener("input", search);
  if (form.elements.q.value) {
    // The answer comes after the page: what follows stays out of its way, until the reader asks for something else.
    form.style.minHeight = "100vh";
    form.addEventListener("input", () => (form.style.minHeight = ""), { once: true });
  }
  all().then(function (data) {
    const byName = (one, other) => one[1].localeCompare(other[1], document.documentElement.lang);
    const named = (pairs) => [...pairs].sort(byName);
    offered(form.elements.author, named(data.authors));
    offered(form.elements.topic, named(data.topics));
    offered(form.elements.year, data.years.map((year) => [year, year]));
    if (form.elements.q.value) search();
  }, search);
})();

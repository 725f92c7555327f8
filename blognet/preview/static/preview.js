/* The live preview in the browser: loads the page again when it changed, its styles alone when only they did, and shows
   what is wrong. Served by `blognet serve` and `blognet preview` only; it is no part of the built site. */
"use strict";
(() => {
  const me = document.currentScript.dataset;
  const KEPT = "blognet-preview-place";
  let styles = me.styles;
  let source = null;
  let hidden = "";

  function keepPlace() {
    sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY }));
  }

  function takePlace() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    sessionStorage.removeItem(KEPT);
    if (!kept || kept.path !== location.pathname) return;
    const go = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    go();
    addEventListener("load", go, { once: true });
  }

  async function reloadIfChanged() {
    let answer;
    try {
      answer = await fetch(location.pathname + location.search, { method: "HEAD", cache: "no-store" });
    } catch {
      return; // the server is gone; its return is an event of its own
    }
    const mark = answer.headers.get("X-Blognet-Mark");
    if (mark && mark !== me.mark) {
      keepPlace();
      location.reload();
    }
  }

  function swapStyles(digest) {
    if (digest === styles) return;
    styles = digest;
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      const address = new URL(old.href);
      if (address.origin !== location.origin || address.pathname.endsWith("/preview.css")) continue;
      address.searchParams.set("styles", digest.slice(0, 12));
      const fresh = old.cloneNode();
      fresh.href = address.href;
      fresh.addEventListener("load", () => old.remove(), { once: true });
      old.after(fresh);
    }
  }

  function element(name, words, kind) {
    const made = document.createElement(name);
    if (words) made.textContent = words;
    if (kind) made.className = kind;
    return made;
  }

  function showFaults(faults) {
    document.getElementById("blognet-faults")?.remove();
    const told = JSON.stringify(faults);
    if (!faults.length || told === hidden) return;
    const box = element("section");
    box.id = "blognet-faults";
    box.setAttribute("role", "alert");
    const close = element("button", "Hide");
    close.type = "button";
    close.addEventListener("click", () => { hidden = told; box.remove(); });
    box.append(close, element("h2", faults.length === 1 ? "1 fault" : `${faults.length} faults`));
    for (const fault of faults) {
      box.append(element("p", fault.place, "place"), element("p", `${fault.code} ${fault.message}`.trim()));
      if (fault.excerpt) box.append(element("pre", fault.excerpt));
      if (fault.hint) box.append(element("p", fault.hint, "hint"));
    }
    document.body.append(box);
  }

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(me.events);
    source.addEventListener("state", (event) => {
      const state = JSON.parse(event.data);
      document.documentElement.dataset.blognetVersion = state.version;
      swapStyles(state.styles);
      showFaults(state.faults);
      reloadIfChanged();
    });
  }

  // A browser grants a host few connections: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return listen();
    source?.close();
    source = null;
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("#blognet-faults button")?.click();
  });
  takePlace();
  listen();
})();

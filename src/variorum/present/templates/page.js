"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;
  const reader = $("#reader");
  let shown = null;      // the article in the reader
  let opener = null;     // what had the focus before the reader opened
  root.classList.add("js");

  // Offsets count code points, as the edition's JSON does; the browser counts UTF-16 units.
  const unitsOf = (text, points) => {
    let units = 0;
    for (let left = points; left > 0 && units < text.length; left--) {
      units += text.codePointAt(units) > 0xffff ? 2 : 1;
    }
    return units;
  };
  const pointsIn = (text) => {
    let points = 0;
    for (const _ of text) points++;
    return points;
  };

  function unmark(css) {
    for (const mark of all(`mark.${css}`, reader)) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  // Wraps the code points [start, end) of an article in marks; returns the first of them.
  function markRange(article, start, end, css) {
    let first = null;
    for (const segment of all(".segment", article)) {
      let at = Number(segment.dataset.start);
      const walker = document.createTreeWalker(segment, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      for (const node of nodes) {
        const length = pointsIn(node.data);
        const from = Math.max(start, at) - at;
        const to = Math.min(end, at + length) - at;
        at += length;
        if (from >= to) continue;
        const range = document.createRange();
        range.setStart(node, unitsOf(node.data, from));
        range.setEnd(node, unitsOf(node.data, to));
        const mark = document.createElement("mark");
        mark.className = css;
        range.surroundContents(mark);
        first ??= mark;
      }
    }
    return first;
  }

  function open(id, range, words) {
    const article = document.getElementById(id);
    if (!article || article.parentNode !== reader) return false;
    if (shown !== article) {
      shown?.classList.remove("shown");
      article.classList.add("shown");
      shown = article;
    }
    unmark("here");
    if (!root.classList.contains("reading")) opener = document.activeElement;
    root.classList.add("reading");
    $("#words").value = words ?? "";
    const hit = search(words ?? "");
    const mark = range ? markRange(article, range[0], range[1], "here") : null;
    const goal = mark ?? hit;
    if (goal) goal.scrollIntoView({ block: "center" });
    else reader.scrollTop = 0;
    article.focus({ preventScroll: true });
    return true;
  }

  function close() {
    if (!root.classList.contains("reading")) return;
    root.classList.remove("reading");
    shown?.classList.remove("shown");
    shown = null;
    history.pushState(null, "", location.pathname + location.search);
    opener?.focus();
  }

  const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // Marks every word of the article that begins like one of the words sought.
  function search(words) {
    unmark("hit");
    const output = $("#hits");
    output.value = "";
    const sought = words.split(/\s+/).filter((word) => word.length > 1);
    if (!shown || !sought.length) return null;
    const stems = sought.map((word) => word.length > 5 ? word.slice(0, -2) : word);
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.map(escapeRegExp).join("|")})[\\p{L}\\p{N}]*`, "giu");
    let first = null;
    let count = 0;
    for (const segment of all(".segment", shown)) {
      const text = segment.textContent;
      const start = Number(segment.dataset.start);
      for (const match of text.matchAll(pattern)) {
        const from = start + pointsIn(text.slice(0, match.index));
        const mark = markRange(shown, from, from + pointsIn(match[0]), "hit");
        first ??= mark;
        count++;
      }
    }
    output.value = count ? `${count} ${count === 1 ? "place" : "places"}` : "nothing";
    return first;
  }

  function follow() {
    const match = /^#([^:]+)(?::(\d+)-(\d+))?$/.exec(decodeURIComponent(location.hash));
    if (!match) return;
    open(match[1], match[2] ? [Number(match[2]), Number(match[3])] : null, null);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const match = /^#([^:]+)(?::(\d+)-(\d+))?$/.exec(link.getAttribute("href"));
      const range = match?.[2] ? [Number(match[2]), Number(match[3])] : null;
      if (match && open(match[1], range, link.dataset.search)) {
        event.preventDefault();
        history.pushState(null, "", link.getAttribute("href"));
        return;
      }
    }
    const button = event.target.closest("button[data-ref]");
    if (button) pick(button);
  });

  // Shows where one difference lies: the words on both sides, and nothing else of that statement.
  function pick(button) {
    const statement = button.closest(".statement");
    const wasPicked = button.getAttribute("aria-pressed") === "true";
    for (const other of all("button[data-ref]", statement)) other.removeAttribute("aria-pressed");
    for (const mark of all("mark.picked", statement)) mark.classList.remove("picked");
    statement.classList.toggle("picking", !wasPicked);
    if (wasPicked) return;
    button.setAttribute("aria-pressed", "true");
    for (const mark of all("mark[data-refs]", statement)) {
      if (mark.dataset.refs.split(" ").includes(button.dataset.ref)) mark.classList.add("picked");
    }
    $("mark.picked", statement)?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  async function cite() {
    if (!shown) return;
    const picked = String(getSelection()).trim();
    const marked = all("mark.here", shown).map((mark) => mark.textContent).join("");
    const words = (picked || marked || $("h2", shown).textContent).replace(/\s+/g, " ").trim();
    const citation = `“${words}” — ${shown.dataset.cite}`;
    const button = $("#cite");
    try {
      await navigator.clipboard.writeText(citation);
    } catch {
      // A page opened from a file may not be allowed the clipboard; the old way needs no leave.
      const area = document.createElement("textarea");
      area.value = citation;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.dataset.cited = citation;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy citation"; }, 1600);
  }

  function filter(words) {
    const sought = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const statement of all(".statement")) {
      const text = statement.textContent.toLocaleLowerCase();
      const fits = sought.every((word) => text.includes(word));
      statement.hidden = !fits;
      count += fits;
      const details = statement.closest("details");
      if (fits && sought.length && details) details.open = true;
    }
    root.classList.toggle("finding", sought.length > 0);
    const found = $("#found");
    found.hidden = !sought.length;
    found.textContent = `${count} ${count === 1 ? "statement" : "statements"} with “${words.trim()}”`;
  }

  function step(by) {
    const list = all(".statement").filter((row) => row.offsetParent);
    if (!list.length) return;
    const at = list.findIndex((row) => row === document.activeElement?.closest?.(".statement"));
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { close(); return; }
    if (event.target.matches("input, textarea")) return;
    if (event.key === "/") { event.preventDefault(); $("#find").focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  $("#theme").addEventListener("click", () => {
    const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
  });
  $("#find").addEventListener("input", (event) => filter(event.target.value));
  $("#words").addEventListener("input", (event) => search(event.target.value));
  $("#search").addEventListener("submit", (event) => {
    event.preventDefault();
    $("mark.hit", shown ?? reader)?.scrollIntoView({ block: "center" });
  });
  $("#cite").addEventListener("click", cite);
  $("#close").addEventListener("click", close);
  addEventListener("popstate", () => { location.hash ? follow() : close(); });
  follow();
})();

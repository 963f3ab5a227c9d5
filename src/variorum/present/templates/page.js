"use strict";
document.documentElement.classList.add("js");
addEventListener("DOMContentLoaded", () => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const root = document.documentElement;
  const reader = $("#reader");
  const narrow = matchMedia("(max-width: 1199px)");
  let shown = null;      // the article in the reader
  let opener = null;     // what had the focus before the reader opened

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

  const parse = (hash) => {
    const match = /^#([^:]+)(?::(\d+)-(\d+))?$/.exec(hash);
    if (!match) return null;
    return { id: match[1], range: match[2] ? [Number(match[2]), Number(match[3])] : null };
  };

  // The page beside an article gets narrower; what the reader was looking at must stay in sight.
  function keepInSight(element, change) {
    const before = element?.getBoundingClientRect().top;
    change();
    if (before === undefined || !element.isConnected) return;
    scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" });
  }

  const isolate = (yes) => {
    for (const part of all(".frame, .top")) part.inert = yes && narrow.matches;
  };

  function open({ id, range }, words, from) {
    const article = document.getElementById(id);
    if (!article || article.parentNode !== reader) return false;
    if (!root.classList.contains("reader-open")) {
      opener = from ?? document.activeElement;
      keepInSight(from, () => root.classList.add("reader-open"));
    }
    if (shown !== article) {
      shown?.classList.remove("shown");
      article.classList.add("shown");
      shown = article;
    }
    unmark("here");
    $("#words").value = words ?? "";
    const hit = search(words ?? "");
    const goal = (range && markRange(article, range[0], range[1], "here")) ?? hit;
    if (goal) goal.scrollIntoView({ block: "center", behavior: "instant" });
    else reader.scrollTop = 0;
    article.focus({ preventScroll: true });
    isolate(true);
    return true;
  }

  function close({ remember = true } = {}) {
    if (!root.classList.contains("reader-open")) return;
    isolate(false);
    keepInSight(opener, () => root.classList.remove("reader-open"));
    shown?.classList.remove("shown");
    shown = null;
    if (remember) history.pushState(null, "", location.pathname + location.search);
    opener?.focus({ preventScroll: true });
  }

  const patternOf = (words) => {
    const sought = words.split(/\s+/).filter((word) => word.length > 1);
    if (!sought.length) return null;
    const stems = sought.map((word) => (word.length > 5 ? word.slice(0, -2) : word)
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.join("|")})[\\p{L}\\p{N}]*`, "giu");
  };

  // Marks every word of the article that begins like one of the words sought.
  function search(words) {
    unmark("hit");
    const output = $("#hits");
    output.value = "";
    const pattern = patternOf(words);
    if (!shown || !pattern) return null;
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

  // Lists the story's other articles, with how often the words of a statement occur in each.
  function lookElsewhere(button) {
    const list = button.nextElementSibling;
    button.setAttribute("aria-expanded", String(!list));
    if (list) { list.remove(); return; }
    const own = parse($(".reading a", button.closest(".statement")).getAttribute("href")).id;
    const hits = document.createElement("span");
    hits.className = "hits";
    for (const headline of all(".headlines a", button.closest(".story"))) {
      const href = headline.getAttribute("href");
      if (href.slice(1) === own) continue;
      const article = document.getElementById(href.slice(1));
      const found = all(".segment", article).map((segment) => segment.textContent).join("\n")
        .match(patternOf(button.dataset.search) ?? /$^/);
      const link = document.createElement("a");
      link.href = href;
      link.dataset.search = button.dataset.search;
      link.textContent = `${$("b", headline.parentNode).textContent}: ${found?.length || "nothing"}`;
      hits.append(link);
    }
    button.after(hits);
  }

  function follow() {
    const goal = parse(decodeURIComponent(location.hash));
    if (!goal || open(goal)) return;
    unfold(document.getElementById(goal.id));
  }

  // A link into something folded opens it.
  function unfold(element) {
    if (!element) return;
    if (element.tagName === "DETAILS") element.open = true;
    const outer = element.closest("details:not([open])");
    if (outer) outer.open = true;
    element.scrollIntoView();
  }

  document.addEventListener("click", (event) => {
    // Beside an article that covers the page, everything is inert: a click there closes it.
    if (narrow.matches && [root, document.body].includes(event.target)) { close(); return; }
    const link = event.target.closest("a[href^='#']");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const goal = parse(link.getAttribute("href"));
      if (goal && open(goal, link.dataset.search, link)) {
        event.preventDefault();
        history.pushState(null, "", link.getAttribute("href"));
      } else if (goal) {
        const element = document.getElementById(goal.id);
        if (element?.tagName === "DETAILS") element.open = true;
        if (link.closest(".contents") && innerWidth <= 900) $(".contents .list").open = false;
      }
      return;
    }
    const button = event.target.closest("button");
    if (button?.dataset.refs) pick(button);
    else if (button?.matches(".elsewhere")) lookElsewhere(button);
    else if (button?.matches(".cite")) citeReading($("a", button.closest(".reading")), button);
  });

  // Shows where one difference lies: the words on both sides, and nothing else of that statement.
  function pick(button) {
    const statement = button.closest(".statement");
    const wasPicked = button.getAttribute("aria-pressed") === "true";
    for (const other of all("button[data-refs]", statement)) other.setAttribute("aria-pressed", "false");
    for (const mark of all("mark.picked", statement)) mark.classList.remove("picked");
    statement.classList.toggle("picking", !wasPicked);
    if (wasPicked) return;
    button.setAttribute("aria-pressed", "true");
    const refs = button.dataset.refs.split(" ");
    for (const mark of all("mark[data-refs]", statement)) {
      if (!mark.dataset.refs.split(" ").some((ref) => refs.includes(ref))) continue;
      mark.classList.add("picked");
      const fold = mark.closest("details:not([open])");
      if (fold) fold.open = true;
    }
    $("mark.picked", statement)?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  const citationOf = (words, article) =>
    `“${words.replace(/\s+/g, " ").trim()}” — ${article.dataset.cite}`;

  function citeReading(link, button) {
    copy(citationOf(link.textContent, document.getElementById(parse(link.getAttribute("href")).id)), button);
  }

  function citeShown() {
    const picked = String(getSelection()).trim();
    const marked = all("mark.here", shown).map((mark) => mark.textContent).join("");
    copy(citationOf(picked || marked || $("h2", shown).textContent, shown), $("#cite"));
  }

  async function copy(citation, button) {
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
      button?.focus({ preventScroll: true });
    }
    if (button) button.dataset.cited = citation;
    $("#said").textContent = `Copied: ${citation}`;
    clearTimeout(copy.timer);
    copy.timer = setTimeout(() => { $("#said").textContent = ""; }, 4000);
  }

  const statements = all(".statement");
  const texts = new Map();
  const opened = new Set();   // what only the search unfolded
  const textOf = (statement) => {
    if (!texts.has(statement)) texts.set(statement, statement.textContent.toLocaleLowerCase());
    return texts.get(statement);
  };

  function filter(words) {
    const sought = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const holders = new Set();
    let count = 0;
    for (const statement of statements) {
      const fits = sought.every((word) => textOf(statement).includes(word));
      statement.hidden = !fits;
      if (!fits) continue;
      count++;
      for (const holder of [".story", ".group", ".lone", ".pair"]) holders.add(statement.closest(holder));
    }
    for (const holder of all(".story, .group, .lone, .pair:has(.statement)")) {
      holder.hidden = sought.length > 0 && !holders.has(holder);
    }
    for (const fold of all("details.lone")) {
      if (sought.length && holders.has(fold) && !fold.open) { fold.open = true; opened.add(fold); }
      if (!sought.length && opened.delete(fold)) fold.open = false;
    }
    root.classList.toggle("finding", sought.length > 0);
    const found = $("#found");
    found.hidden = !sought.length;
    found.textContent = count
      ? `${count} ${count === 1 ? "statement" : "statements"} with “${words.trim()}”`
      : `No statement has “${words.trim()}”; other words, or fewer, may find it.`;
  }

  const isSeen = (element) => !element.closest("[hidden], details:not([open])");

  function step(selector, by) {
    const list = all(selector).filter(isSeen);
    if (!list.length) return;
    const at = list.indexOf(document.activeElement?.closest?.(selector));
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start", behavior: "instant" });
  }

  function citeHere() {
    if (shown) { citeShown(); return; }
    const reading = document.activeElement?.closest?.(".reading, .statement");
    const link = reading && $(reading.matches(".reading") ? "a" : ".reading a", reading);
    if (link) citeReading(link, null);
  }

  function toggleTheme() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme ?? (dark ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
  }

  const keys = {
    "/": () => $("#find").focus(),
    j: () => step(".statement", 1),
    k: () => step(".statement", -1),
    n: () => step(".story", 1),
    p: () => step(".story", -1),
    c: citeHere,
    t: toggleTheme,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { close(); return; }
    if (event.target.matches("input, textarea") || !$("#keys").checked) return;
    if (event.key === "Enter" && event.target.matches(".statement")) $(".reading a", event.target).click();
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  // Columns keep their heads in sight: a twin of the head sticks to the top of the window.
  for (const pair of all(".pair")) {
    const wide = $(".wide", pair);
    const heads = document.createElement("div");
    const table = $("table", wide).cloneNode(false);
    heads.className = "heads";
    heads.setAttribute("aria-hidden", "true");
    table.append($("thead", wide).cloneNode(true));
    heads.append(table);
    pair.append(heads);
    wide.addEventListener("scroll", () => { heads.scrollLeft = wide.scrollLeft; }, { passive: true });
  }

  const entries = new Map(all(".contents li a").map((link) => [link.getAttribute("href").slice(1), link]));
  const watcher = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      const entry = entries.get(target.id);
      if (isIntersecting) entry?.setAttribute("aria-current", "true");
      else entry?.removeAttribute("aria-current");
    }
  }, { rootMargin: "-15% 0px -80% 0px" });
  for (const story of all(".story")) watcher.observe(story);
  if (innerWidth <= 900) for (const fold of all(".contents details")) fold.open = false;

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all(".story details:not([open])");
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of folded) fold.open = false; });
  $("#theme").addEventListener("click", toggleTheme);
  $("#find").addEventListener("input", (event) => filter(event.target.value));
  $("#words").addEventListener("input", (event) => search(event.target.value));
  $("#search").addEventListener("submit", (event) => {
    event.preventDefault();
    $("mark.hit", shown ?? reader)?.scrollIntoView({ block: "center" });
  });
  $("#cite").addEventListener("click", citeShown);
  $("#close").addEventListener("click", () => close());
  addEventListener("popstate", () => { location.hash ? follow() : close({ remember: false }); });
  follow();
});

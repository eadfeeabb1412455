"use strict";
/* Finds words in the text and in the names of figures. */
zhibiao.search = (() => {
  const { text, view, filters, panel } = zhibiao;
  const form = document.getElementById("search");
  const query = document.getElementById("query");
  const output = document.getElementById("hits");
  const folded = (words) => words.replaceAll("\u0130", "I").toLowerCase(); // İ alone would become longer
  const words = folded(text.whole);
  const most = 2000;
  const painted = Boolean(window.Highlight && CSS.highlights);
  let hits = [];
  let at = -1;
  let waiting;

  const ranges = (found) => found.map((start) => text.rangeOf(start, start + query.value.length));

  function paint() {
    if (!painted) return;
    CSS.highlights.set("found", new Highlight(...ranges(hits.slice(0, 500))));
    CSS.highlights.set("found-here", new Highlight(...ranges(at < 0 ? [] : [hits[at]])));
  }

  function look() {
    const wanted = folded(query.value);
    hits = [];
    at = -1;
    for (let found = wanted ? words.indexOf(wanted) : -1; found >= 0 && hits.length < most; found = words.indexOf(wanted, found + wanted.length)) hits.push(found);
    filters.search(query.value.trim());
    paint();
    tell();
  }

  function tell() {
    if (!query.value) { output.textContent = ""; return; }
    const place = at < 0 ? "" : `${at + 1}/`;
    output.textContent = `正文 ${place}${hits.length} 处，数值 ${filters.matching().length} 个`;
  }

  function go(step) {
    clearTimeout(waiting);
    if (query.dataset.looked !== query.value) { look(); query.dataset.looked = query.value; }
    if (!hits.length) { if (filters.matching().length) panel.show("list"); return; }
    at = (at + step + hits.length) % hits.length;
    const [range] = ranges([hits[at]]);
    view.bring(range);
    paint();
    tell();
  }

  function clear() {
    query.value = "";
    query.dataset.looked = "";
    look();
    query.blur();
  }

  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { look(); query.dataset.looked = query.value; }, 120);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); go(event.shiftKey ? -1 : 1); }
    if (event.key === "Escape") { event.preventDefault(); clear(); }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  return { focus() { query.focus(); query.select(); }, clear };
})();

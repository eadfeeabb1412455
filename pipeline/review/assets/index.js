"use strict";
/* The page: its state stands in the address, what is seen follows from the state. */
(() => {
  const { element } = zhibiao;
  const { data, views, levels, names, byKey, chains } = shelf;
  const SIZE = 100, empty = { view: "reports", q: "", region: "", domain: "", year: "", severity: "", check: "", sort: "", page: "" };
  const find = (id) => document.getElementById(id);
  const form = find("filters");
  let state = { ...empty };

  const read = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    const found = Object.fromEntries(Object.keys(empty).map((key) => [key, said.get(key) || empty[key]]));
    if (!Object.hasOwn(views, found.view)) found.view = "reports";
    return found;
  };
  const written = (of) => {
    const said = Object.entries(of).filter(([key, value]) => value && value !== empty[key]);
    return said.length ? `#${new URLSearchParams(said)}` : "#";
  };
  /* What is typed replaces the address, every other choice can be gone back from. */
  const go = (change, replace = false) => {
    state = { ...state, page: "", ...change };
    history[replace ? "replaceState" : "pushState"](null, "", written(state));
    draw();
  };

  const option = (value, name, counted) =>
    element("option", { value, text: counted === null ? name : `${name}（${shown.number.format(counted)}）` });
  const fill = (select, all, choices, value) => {
    select.replaceChildren(option("", all, null), ...choices.map((one) => option(...one)));
    if (value && !choices.some(([known]) => known === value)) select.append(option(value, value, 0));
    select.value = value;
  };
  const counted = (values, counts) =>
    values.map(([key, value, name]) => [value, name, counts.get(key) || 0]).filter(([value, , count]) => count || Object.values(state).includes(value));

  const drawRegions = (counts) => {
    const chain = state.region && byKey.has(state.region) ? chains[byKey.get(state.region)] : [];
    const selects = [-1, ...chain].map((above, depth) => {
      const below = data.regions.map(([key, name, over], at) => [at, key, name, over]).filter(([, , , over]) => over === above);
      if (!below.length) return null;
      const value = chain[depth] === undefined ? "" : data.regions[chain[depth]][0];
      const select = element("select", { name: `region-${depth}`, onchange: () => go({ region: select.value || (depth ? data.regions[above][0] : "") }) });
      fill(select, "全部", counted(below.sort(byPlace), counts), value);
      return element("label", {}, depth ? "其中" : "地区", select);
    });
    redraw(find("regions"), selects.filter(Boolean));
  };
  const byPlace = (a, b) => (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : 0);
  const placeOf = ([, key, name]) => (key[0] === "=" || key[0] === "?" ? `~${key[0]}${name}` : key);
  /* Elements made anew keep the focus of those they replace. */
  const redraw = (parent, children) => {
    const focused = parent.contains(document.activeElement) ? document.activeElement : null;
    parent.replaceChildren(...children);
    if (focused) [...parent.querySelectorAll("[name], [data-sort]")].find((one) => one.name ? one.name === focused.name : one.dataset.sort === focused.dataset.sort)?.focus();
  };

  const drawFilters = (counts) => {
    const of = (name) => counts[name] || new Map();
    const years = [...of("year").keys()].filter((year) => year !== "0").sort().reverse();
    const found = { region: of("region"), domain: of("domain") };
    drawRegions(found.region);
    const domains = data.domains.map((name, at) => [at, name, name]).sort((a, b) => (found.domain.get(b[0]) || 0) - (found.domain.get(a[0]) || 0));
    fill(form.elements.domain, "全部", counted(domains, found.domain), state.domain);
    fill(form.elements.year, "全部", counted([...years.map((year) => [year, year, `${year}年`]), ["0", "0", "年份不明"]], of("year")), state.year);
    const severities = [...levels.map((level) => [level, level, state.view === "reports" ? `有${names[level]}` : names[level]]), ["none", "none", "没有疑点"]];
    fill(form.elements.severity, "全部", counted(severities, of("severity")), state.severity);
    fill(form.elements.check, "全部", counted(data.checks.map(([id, name], at) => [at, id, `${id} ${name}`]), of("check")), state.check);
    form.querySelector(".of-findings").hidden = state.view !== "findings";
    for (const label of form.querySelectorAll("label:not(.wide):not(.of-findings)")) label.hidden = state.view === "rejects";
    if (find("q") !== document.activeElement || !state.q) find("q").value = state.q;
    find("clear").disabled = written({ ...state, sort: "", page: "" }) === written({ ...empty, view: state.view });
  };

  const drawViews = () => redraw(find("views"), Object.entries(views).map(([key, view]) => {
    const target = written({ ...state, view: key, page: "", sort: "", check: "" });
    const count = key === "findings" ? data.all_findings : view.size;
    return element("a", { href: target, "aria-current": key === state.view ? "page" : null, text: `${view.name} ${shown.number.format(count)}` });
  }));
  const part = (count, unit) => [element("b", { text: shown.number.format(count) }), ` ${unit}`];
  const drawSummary = (rows) => {
    const unit = { reports: "份报告", findings: "个疑点", rejects: "个未能读取的文件" }[state.view];
    const parts = part(rows.length, unit);
    if (state.view === "reports") {
      const totals = sieve.totals(rows);
      parts.push("，", ...part(totals.figures, "个数值"));
      for (const level of levels) parts.push("，", ...part(totals[level], `个${names[level]}`));
    }
    find("summary").replaceChildren(...parts);
    drawNote();
  };

  const drawNote = () => {
    const notes = [];
    if (state.view === "findings" && data.all_findings > views.findings.size) notes.push(`只列出最严重的 ${shown.number.format(views.findings.size)} 个疑点，共 ${shown.number.format(data.all_findings)} 个；每份报告的个数是全的。`);
    if (state.view !== "rejects" && data.without.length) notes.push(`${shown.number.format(data.without.length)} 份报告没有生成审阅页，所以没有链接；运行 zhibiao review 可全部生成。`);
    find("note").hidden = !notes.length;
    find("note").textContent = notes.join("");
  };

  const pageOf = (rows) => Math.min(Math.max(1, Math.trunc(Number(state.page)) || 1), Math.max(1, Math.ceil(rows.length / SIZE)));
  const drawRows = (rows) => {
    const page = pageOf(rows), first = (page - 1) * SIZE;
    find("caption").textContent = views[state.view].name;
    const table = find("rows");
    redraw(table.tHead, [shown.head(state, sort)]);
    table.tBodies[0].replaceChildren(...shown.body(state.view, rows.slice(first, first + SIZE)));
    drawPages(page, Math.ceil(rows.length / SIZE), first, rows.length);
  };
  const drawPages = (page, last, first, size) => {
    const turn = (id, label, to) => element("button", { type: "button", name: id, disabled: to < 1 || to > last, text: label, onclick: () => turned(to) });
    const where = element("span", { text: `第 ${shown.number.format(first + 1)}—${shown.number.format(Math.min(size, first + SIZE))} 行，共 ${shown.number.format(last)} 页` });
    redraw(find("pages"), last > 1 ? [turn("first", "首页", page > 1 ? 1 : 0), turn("before", "上一页", page - 1), where, turn("next", "下一页", page + 1), turn("last", "末页", page < last ? last : 0)] : []);
  };
  const turned = (page) => {
    go({ page: String(page) });
    find("views").scrollIntoView({ block: "start" });
  };
  /* Numbers and dates begin with the greatest; a third click gives the order of the paths back. */
  const sort = (name) => {
    const first = ["figures", "weight", "published"].includes(name) ? `-${name}` : name;
    const second = first === name ? `-${name}` : name;
    go({ sort: state.sort === first ? second : state.sort === second ? "" : first });
  };

  const draw = () => {
    const { rows, counts } = sieve.sift(state);
    drawFilters(counts);
    drawViews();
    drawSummary(rows);
    drawRows(rows);
  };

  const move = (step) => {
    const links = [...find("rows").querySelectorAll("tbody tr td a:first-child")].filter((one, at, all) => !at || one.closest("tr") !== all[at - 1].closest("tr"));
    const at = links.findIndex((one) => one.closest("tr") === document.activeElement.closest("tr"));
    links[at < 0 ? 0 : Math.min(Math.max(0, at + step), links.length - 1)]?.focus();
  };
  const press = (name) => find("pages").querySelector(`[name=${name}]`)?.click();
  const keys = { "/": () => { find("q").focus(); find("q").select(); }, ArrowDown: () => move(1), ArrowUp: () => move(-1), "[": () => press("before"), "]": () => press("next") };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    if (event.target.closest?.("input, select, textarea")) return;
    event.preventDefault();
    keys[event.key]();
  });
  let waiting = 0;
  find("q").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => go({ q: find("q").value.trim() }, true), 120);
  });
  find("q").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !find("q").value) return;
    event.preventDefault();
    find("q").value = "";
    go({ q: "" }, true);
  });
  for (const name of ["domain", "year", "severity", "check"]) form.elements[name].addEventListener("change", (event) => go({ [name]: event.target.value }));
  form.addEventListener("submit", (event) => event.preventDefault());
  find("clear").addEventListener("click", () => go({ ...empty, view: state.view }));
  const follow = () => { state = read(); draw(); };
  addEventListener("hashchange", follow);
  follow();
})();

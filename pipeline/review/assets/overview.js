"use strict";
/* Draws the charts with Vega's interpreter, which compiles no code; draws them anew in the other look. */
(() => {
  const { element } = zhibiao;
  const looks = zhibiao.data("looks");
  const MOST_ROWS = 2000;
  const theme = () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light");
  const number = new Intl.NumberFormat("zh-CN", { maximumSignificantDigits: 8 });

  const rowsOf = (panel) => {
    const wanted = panel.chosen.choice;
    return wanted === undefined ? panel.rows : panel.rows.filter((row) => row.choice === wanted);
  };

  const draw = async (panel) => {
    const spec = structuredClone({ ...panel.spec, data: { name: "rows" }, datasets: { rows: panel.rows } });
    for (const one of spec.params || []) if (panel.chosen[one.name] !== undefined) one.value = panel.chosen[one.name];
    const options = { ast: true, actions: false, renderer: "svg", config: looks[theme()], tooltip: { theme: "custom", disableDefaultStyle: false } };
    const drawn = await vegaEmbed(panel.place.querySelector(".chart"), spec, options);
    panel.view?.finalize();
    panel.view = drawn.view;
    panel.view.addEventListener("click", (_, item) => item?.datum?.address && location.assign(item.datum.address));
    await fit(panel);
    panel.place.dataset.drawn = theme();
  };
  /* A chart whose rows depend on what is chosen is as high as they need. */
  const fit = async (panel) => {
    const row = panel.spec.usermeta?.row;
    if (row) await panel.view.height(row * rowsOf(panel).length).runAsync();
  };

  /* Drawings follow each other, so that a quick change of mind does not leave the older one on top. */
  const redraw = (panel) => { panel.turn = (panel.turn || Promise.resolve()).then(() => draw(panel)); };

  const choose = async (panel, parameter, value) => {
    panel.chosen[parameter] = value;
    await panel.view.signal(parameter, value).runAsync();
    if (parameter === "choice") {
      drawRegions(panel);
      await fit(panel);
    }
    if (panel.place.querySelector("details").open) drawTable(panel);
  };

  const option = ([value, text]) => element("option", { value, text });
  const drawChoices = (panel) => {
    for (const { parameter, label, options } of panel.choices) {
      const select = element("select", { name: parameter, onchange: () => choose(panel, parameter, select.value) }, ...options.map(option));
      panel.chosen[parameter] = options[0][0];
      panel.place.querySelector(".choices").append(element("label", {}, element("span", { text: label }), select));
    }
  };
  /* Only regions that have a line now can be marked. */
  const drawRegions = (panel) => {
    const select = panel.place.querySelector("select[name=region]");
    if (!select) return;
    const there = new Set(rowsOf(panel).map((row) => row.region));
    const known = panel.choices.find((one) => one.parameter === "region").options;
    const kept = there.has(select.value) ? select.value : "";
    select.replaceChildren(...known.filter(([value]) => !value || there.has(value)).map(option));
    select.value = kept;
    if (panel.chosen.region !== kept) choose(panel, "region", kept);
  };

  const cell = (value, name) => (typeof value !== "number" ? value ?? "" : name === "share" ? `${number.format(Math.round(value * 1000) / 10)}%` : number.format(value));
  const drawTable = (panel) => {
    const rows = rowsOf(panel), first = rows[0] || {};
    const kind = (name) => (typeof first[name] === "number" ? "number" : null);
    const head = panel.columns.map(([name, label]) => element("th", { scope: "col", class: kind(name), text: label }));
    const content = (row, name, at) => [!at && row.address ? element("a", { href: row.address, text: cell(row[name], name) }) : cell(row[name], name)];
    const body = rows.slice(0, MOST_ROWS).map((row) => element("tr", {}, ...panel.columns.map(([name], at) => element("td", { class: kind(name) }, ...content(row, name, at)))));
    const rest = rows.length > MOST_ROWS ? [element("p", { text: `只列出前 ${number.format(MOST_ROWS)} 行，共 ${number.format(rows.length)} 行。` })] : [];
    panel.place.querySelector(".table").replaceChildren(element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)), ...rest);
  };

  const save = async (panel) => {
    const address = await panel.view.toImageURL("png", 2);
    element("a", { href: address, download: `${panel.id}.png` }).click();
  };

  const begin = (panel) => {
    panel.place = document.getElementById(panel.id);
    panel.chosen = {};
    if (!panel.rows.length) return;
    drawChoices(panel);
    drawRegions(panel);
    redraw(panel);
    panel.place.querySelector("details").addEventListener("toggle", (event) => event.target.open && drawTable(panel));
    panel.place.querySelector(".save").addEventListener("click", () => save(panel));
  };
  const panels = zhibiao.data("panels");
  panels.forEach(begin);
  zhibiao.theme.onchange(() => panels.filter((panel) => panel.rows.length).forEach(redraw));
})();

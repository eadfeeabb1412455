"use strict";
/* Which figures count at present: by kind, by finding, by confidence, by rule, by decision; and the list of them. */
zhibiao.filters = (() => {
  const { model, text, ranges, corrections, marks, element: make } = zhibiao;
  const pane = document.getElementById("pane-list");
  const low = 0.8;
  const wanted = { kinds: new Set(["level", "change", "target"]), found: false, unsure: false, open: false, rule: "", words: "" };
  const list = make("ol", { class: "list", "aria-label": "数值列表" });
  const tally = make("p", { class: "soft", role: "status" });
  let matching = corrections.all();

  function matches(one) {
    const now = corrections.current(one.mention_id);
    const id = one.mention_id;
    return wanted.kinds.has(model.kind(now))
      && (!wanted.found || model.findingsOf(id).length > 0)
      && (!wanted.unsure || one.confidence < low)
      && (!wanted.open || !(corrections.entry(id) || ranges.covers(corrections.reviewed(), one.char_start, one.char_end)))
      && (!wanted.rule || one.rule === wanted.rule)
      && (!wanted.words || named(now).includes(wanted.words));
  }

  /** Everything a figure can be found by: its name, the entry's names, whose it is, the words themselves. */
  function named(one) {
    const entry = model.report.indicators[one.indicator_id];
    const words = [one.indicator, entry?.name, ...(entry?.aliases || []), one.entity, text.slice(one.char_start, one.char_end)];
    return words.filter(Boolean).join("\n").toLowerCase();
  }

  const all = () => wanted.kinds.size === 3 && !wanted.found && !wanted.unsure && !wanted.open && !wanted.rule;

  function item(one) {
    const now = corrections.current(one.mention_id);
    const entry = corrections.entry(one.mention_id);
    const said = [now.period, now.status === "target" && model.named("statuses", now.status), model.named("measures", now.measure)];
    return make("li", {}, make("a", { href: `#mention-${one.mention_id}`, class: entry ? entry.kind : "" },
      make("span", { class: `m ${model.kind(now)}`, text: model.shown(text.slice(one.char_start, one.char_end)) }),
      " ", make("span", { text: model.shown(now.indicator || "（无名）") }),
      " ", make("span", { class: "soft", text: said.filter(Boolean).join("，") })));
  }

  function draw() {
    tally.textContent = `${matching.length} / ${corrections.all().length} 个数值`;
    list.replaceChildren(...matching.map(item));
  }

  function apply() {
    matching = corrections.all().filter(matches);
    const kept = all() ? null : new Set(matching.map((one) => one.mention_id));
    for (const one of corrections.all()) {
      marks.element(one.mention_id)?.classList.toggle("off", kept !== null && !kept.has(one.mention_id));
    }
    if (!pane.hidden) draw();
  }

  function box(words, checked, change) {
    const input = make("input", { type: "checkbox", checked });
    input.addEventListener("change", () => { change(input.checked); apply(); });
    return make("label", {}, input, ` ${words}`);
  }

  function controls() {
    const kinds = model.choices("kinds").map(([kind, name]) => box(name, true, (on) => {
      if (on) wanted.kinds.add(kind); else wanted.kinds.delete(kind);
    }));
    const rules = [...new Set(model.mentions.map((one) => one.rule))].sort();
    const select = make("select", { "aria-label": "规则" }, make("option", { value: "", text: "所有规则" }),
      ...rules.map((rule) => make("option", { value: rule, text: `${model.named("rules", rule)}（${rule}）` })));
    select.addEventListener("change", () => { wanted.rule = select.value; apply(); });
    return make("div", { class: "filters", role: "group", "aria-label": "筛选" }, ...kinds,
      box("有疑点", false, (on) => { wanted.found = on; }), box(`可信度低于 ${low * 100}%`, false, (on) => { wanted.unsure = on; }),
      box("未审阅", false, (on) => { wanted.open = on; }), select);
  }

  pane.append(controls(), tally, list);
  model.on("tab", (name) => { if (name === "list") draw(); });
  model.on("corrected", apply);

  return {
    apply,
    search(words) { wanted.words = words.toLowerCase(); apply(); },
    matching: () => matching,
    /** The figure before or behind one (or the first), among those that match. */
    beside(id, step) {
      const open = matching.filter((one) => marks.element(one.mention_id)?.isConnected);
      const at = open.findIndex((one) => one.mention_id === id);
      if (at >= 0) return open[at + step]?.mention_id;
      return (step > 0 ? nextInView(open) : open.at(-1))?.mention_id;
    },
  };

  /** Where nothing is looked at yet, the first figure that can be seen. */
  function nextInView(open) {
    return open.find((one) => marks.element(one.mention_id).getBoundingClientRect().top > 0) || open[0];
  }
})();

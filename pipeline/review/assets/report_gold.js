"use strict";
/* What a person decided as a gold file, which `zhibiao evaluate` reads: a line for the report, a line a figure. */
zhibiao.gold = (() => {
  const { model, text, ranges, corrections, sections, panel, marks, element: make } = zhibiao;
  const pane = document.getElementById("pane-corrections");
  const count = document.getElementById("correction-count");
  const state = document.getElementById("state");
  const about = model.report.document;
  const words = { right: "正确", wrong: "不是指标数值", changed: "已修改", added: "补充" };

  function line(one) {
    const plain = {
      start: one.char_start,
      end: one.char_end,
      text: text.slice(one.char_start, one.char_end),
      value: one.value,
      unit: one.unit || "",
      comparator: one.comparator,
      indicator_core: one.core || (one.indicator ? [one.indicator] : []),
      indicator_full: one.indicator || "",
      entity: one.entity || "",
      period: one.period || "",
      status: one.status,
      measure: one.measure,
    };
    if (one.value_max !== null && one.value_max !== undefined) plain.value_max = one.value_max;
    if (one.optional) plain.optional = true;
    return plain;
  }

  function head(annotated) {
    const { source_path: document, title, issuer, region, published: date, period } = about;
    return { document, title, issuer, region, date, period, annotated, text: text.whole };
  }

  /** The gold file: only what a person vouches for, and what she vouches for wholly. */
  function lines() {
    const vouched = sections.vouched();
    const kept = corrections.all()
      .filter((one) => corrections.entry(one.mention_id)?.kind !== "wrong")
      .map((one) => corrections.current(one.mention_id))
      .filter((one) => ranges.covers(vouched, one.char_start, one.char_end));
    return `${[head(vouched), ...kept.map(line)].map((one) => JSON.stringify(one)).join("\n")}\n`;
  }

  /** A name that every system takes, and that no other report has. */
  function name() {
    const stem = about.source_path.split("/").at(-1).replace(/\.[^.]*$/, "");
    const plain = model.shown(stem).replace(/[\\/:*?"<>|'`&$#%\s\ufffd]+/g, "_");
    return `${[...plain].slice(0, 60).join("")}.${about.doc_id.slice(0, 8)}.jsonl`;
  }

  function save() {
    if (!sections.vouched().length) return panel.say("还没有改正，也没有标记已审阅的部分。");
    const address = URL.createObjectURL(new Blob([lines()], { type: "application/x-ndjson" }));
    make("a", { href: address, download: name() }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    corrections.saved();
    return panel.say(`已存为 ${name()}`);
  }

  function undo() {
    const step = corrections.undo();
    if (!step) return panel.say("没有可以撤销的。");
    panel.say("已撤销上一步");
    if (step.id && marks.element(step.id)) panel.select(step.id);
    return step;
  }

  function clear() {
    if (!clear.asked) {
      clear.asked = setTimeout(() => { clear.asked = 0; }, 6000);
      return panel.say("再按一次“全部清除”，就丢弃本报告的所有改正。");
    }
    clearTimeout(clear.asked);
    clear.asked = 0;
    return corrections.clear();
  }

  function item([id, entry]) {
    const one = corrections.current(id);
    return make("li", {}, make("span", { class: `chip ${entry.kind}`, text: words[entry.kind] }), " ",
      make("a", { href: `#mention-${id}`, text: model.shown(`${one.indicator || "（无名）"} ${text.slice(one.char_start, one.char_end)}`) }));
  }

  function explained() {
    const reviewed = corrections.reviewed();
    if (ranges.covers(reviewed, 0, text.length())) return "全文已审阅：评测按全文计分。";
    const parts = reviewed.length ? `已审阅的 ${reviewed.length} 段和` : "";
    return `评测只计${parts}逐个处理过的数值。在“目录”里勾选审阅完的部分，其中没有改动的数值就算正确，漏掉的也会计入。`;
  }

  function draw() {
    const entries = corrections.entries();
    const button = (text_, act, main) => make("button", { type: "button", class: main ? "main" : "", onclick: act, text: text_ });
    const undoing = button("撤销 (u)", undo);
    undoing.disabled = !corrections.canUndo();
    const warnings = [
      corrections.isStored() ? "" : "浏览器没有保存空间：离开此页前请另存金标文件。",
      corrections.dropped() ? `报告或程序的结果变了，${corrections.dropped()} 处旧的改正找不到位置，已略去；请重新审阅。` : "",
    ].filter(Boolean);
    pane.replaceChildren(
      make("p", { class: "actions" }, button("另存金标文件", save, true), undoing, entries.length ? button("全部清除", clear) : ""),
      make("p", { class: "soft", text: explained() }),
      ...warnings.map((warning) => make("p", { class: "warned", text: warning })),
      entries.length ? make("ol", { class: "list" }, ...entries.map(item)) : make("p", { class: "empty", text: "还没有改正。选中一个数值后按 y（正确）、x（不是指标数值）、e（修改）；选中漏掉的文字后按 a 补充。" }),
    );
  }

  const plainTitle = document.title;
  function refresh() {
    const unsaved = corrections.unsaved();
    const number = corrections.entries().length;
    count.textContent = number;
    state.hidden = !unsaved && !number && !corrections.reviewed().length;
    state.textContent = unsaved ? "有改正未另存" : "改正已另存";
    state.classList.toggle("unsaved", unsaved);
    document.title = unsaved ? `● ${plainTitle}` : plainTitle;
    draw();
  }

  state.addEventListener("click", () => panel.show("corrections"));
  model.on("corrected", refresh);
  return { refresh, save, undo, lines };
})();

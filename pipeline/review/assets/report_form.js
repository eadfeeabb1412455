"use strict";
/* Deciding on a figure: right, no figure, or other fields; errors stand at their field. */
zhibiao.form = (() => {
  const { model, text, numbers, edtf, corrections, panel, marks, element: make } = zhibiao;
  const pane = document.getElementById("pane-mention");
  const about = model.report.document;
  const units = new Set(model.report.units);
  const states = { right: "已确认正确", wrong: "已标为不是指标数值", changed: "已修改", added: "补充的数值" };
  document.getElementById("unit-names").append(...model.report.units.map((name) => make("option", { value: name })));

  const number = (name, text_, given) => ({ name, text: text_, value: given === null || given === undefined ? "" : String(given) });
  const fields = (one) => [
    number("value", "数值", one.value),
    number("value_max", "上限（范围）", one.value_max),
    { name: "unit", text: "单位", value: one.unit || "", list: "unit-names", note: "规范单位；没有单位就空着" },
    { name: "comparator", text: "比较", value: one.comparator, choices: model.choices("comparators") },
    { name: "indicator", text: "指标全名", value: one.indicator || "", note: "像表格的行名；不含主体、时期、数字" },
    { name: "core", text: "必含词", value: (one.core || [one.indicator || ""]).join("+"), note: "名称中不可缺的词，按先后用 + 连接" },
    { name: "entity", text: "主体", value: one.entity || "" },
    { name: "period", text: "时期", value: one.period || "", note: "2024、2024-01/2024-06、../2024-06" },
    { name: "status", text: "实际或目标", value: one.status, choices: model.choices("statuses") },
    { name: "measure", text: "水平或变动", value: one.measure, choices: model.choices("measures") },
  ];

  const checks = {
    value: (given) => (numbers.parse(given) === null ? "请写数字，如 547900 或 54.79万" : ""),
    value_max: (given, all) => {
      if (!given) return "";
      const upper = numbers.parse(given);
      if (upper === null) return "请写数字，或空着";
      return upper < numbers.parse(all.value) ? "上限小于数值" : "";
    },
    indicator: (given) => (given ? "" : "请写指标名"),
    core: (given, all) => {
      let rest = all.indicator;
      for (const piece of given.split("+").map((one) => one.trim()).filter(Boolean)) {
        const at = rest.indexOf(piece);
        if (at < 0) return `全名中没有“${piece}”，或先后不对`;
        rest = rest.slice(at + piece.length);
      }
      return "";
    },
    entity: (given) => (given ? "" : "请写地区或机构的全名"),
    period: (given) => edtf.wrong(given),
  };

  function line(field, one) {
    const id = `field-${field.name}`;
    const describes = `${id}-error ${id}-note`;
    const input = field.choices
      ? make("select", { id, name: field.name }, ...field.choices.map(([code, name]) => make("option", { value: code, selected: code === field.value, text: name })))
      : make("input", { id, name: field.name, value: field.value, list: field.list, autocomplete: "off", spellcheck: "false" });
    input.setAttribute("aria-describedby", describes);
    return make("div", { class: "line" }, make("label", { for: id, text: field.text }), input,
      make("span", { id: `${id}-note`, class: "soft note", text: field.note || "" }),
      make("span", { id: `${id}-error`, class: "wrong-field", role: "alert" }));
  }

  const given = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));

  function check(form) {
    const all = given(form);
    let first = null;
    for (const [name, wrong] of Object.entries(checks)) {
      const message = wrong(all[name], all);
      form.elements[name].setAttribute("aria-invalid", Boolean(message));
      form.querySelector(`#field-${name}-error`).textContent = message;
      if (message) first ||= form.elements[name];
    }
    const strange = all.unit && !units.has(all.unit);
    form.querySelector("#field-unit-note").textContent = strange ? "词典里没有这个单位，请确认写法" : "规范单位；没有单位就空着";
    first?.focus();
    return first ? null : all;
  }

  function cleaned(all) {
    const { core, optional, ...plain } = all;
    return {
      ...plain,
      value: numbers.parse(all.value),
      value_max: all.value_max ? numbers.parse(all.value_max) : null,
      core: core.split("+").map((one) => one.trim()).filter(Boolean),
      optional: Boolean(optional),
    };
  }

  /** The form for a figure; ``keep`` gets the fields when all are right. */
  function open(one, title, keep) {
    const form = make("form", { class: "edit", novalidate: true, "aria-label": title });
    const optional = make("input", { type: "checkbox", name: "optional", checked: Boolean(one.optional) });
    form.append(
      make("h2", { text: title }),
      make("p", { class: "figure", text: model.shown(text.slice(one.char_start, one.char_end)) }),
      ...fields(one).map((field) => line(field, one)),
      make("label", { class: "line" }, optional, " 可有可无（找到与否都不计分）"),
      make("p", { class: "actions" }, make("button", { type: "submit", class: "main", text: "保存" }),
        make("button", { type: "button", text: "取消", onclick: () => zhibiao.details.show(panel.look.mention) })),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const all = check(form);
      if (!all) return;
      form.remove();
      keep(cleaned(all));
    });
    panel.show("mention");
    pane.replaceChildren(form);
    form.querySelector("input").focus();
  }

  function change(id) {
    const one = corrections.current(id);
    const entry = corrections.entry(id);
    open(one, one.added ? "修改补充的数值" : "修改数值", (fieldsOf) => {
      corrections.set(id, one.added ? { ...entry, fields: fieldsOf } : { kind: "changed", fields: fieldsOf });
      panel.select(id);
    });
  }

  /** Begin to add the figure that is selected in the text. */
  function add() {
    const chosen = text.selected();
    if (!chosen) return panel.say("请先在正文中选中漏掉的数字和单位。");
    if (chosen.error) return panel.say(chosen.error);
    const one = { char_start: chosen.start, char_end: chosen.end };
    const taken = corrections.all().filter((other) => other.char_start < one.char_end && other.char_end > one.char_start);
    if (taken.some((other) => corrections.entry(other.mention_id)?.kind !== "wrong")) {
      return panel.say("所选文字里已有数值；如果它的范围不对，请先把它标为“不是指标数值”。");
    }
    const words = text.slice(chosen.start, chosen.end);
    const guess = { comparator: "=", status: "actual", measure: "level", entity: about.region, period: about.period, ...numbers.guess(words) };
    const id = `added-${chosen.start}-${chosen.end}`;
    return open({ ...one, ...guess }, "补充漏掉的数值", (fieldsOf) => {
      corrections.set(id, { kind: "added", start: chosen.start, end: chosen.end, text: words, fields: fieldsOf });
      getSelection().removeAllRanges();
      panel.select(id);
    });
  }

  /** Say that a figure is right or no figure; said twice, it is taken back. */
  function judge(id, kind) {
    if (corrections.entry(id)?.kind === "added") return kind === "wrong" ? restore(id) : null;
    if (kind === "right" && !corrections.current(id).indicator) return panel.say("这个数值没有指标名，请先修改。");
    if (corrections.entry(id)?.kind === kind) return restore(id);
    return corrections.set(id, { kind });
  }

  function restore(id) {
    const added = corrections.entry(id)?.kind === "added";
    const hidden = corrections.all().some((one) => one.added && one.mention_id !== id && marks.overlapped(one).some((other) => other.mention_id === id));
    if (hidden) return panel.say("这里补充了另一个数值，请先撤销它。");
    if (added) panel.close();
    return corrections.set(id, null);
  }

  function actions(one) {
    const id = one.mention_id;
    const entry = corrections.entry(id);
    const button = (words, key, act, pressed) => make("button", {
      type: "button", title: `快捷键 ${key}`, onclick: act, "aria-pressed": pressed === undefined ? null : String(pressed), text: words,
    });
    const both = one.added ? [] : [
      button("正确", "y", () => judge(id, "right"), entry?.kind === "right"),
      button("不是指标数值", "x", () => judge(id, "wrong"), entry?.kind === "wrong"),
    ];
    return make("div", { class: "actions" }, ...both, button("修改", "e", () => change(id)),
      ...(entry ? [button(one.added ? "删除" : "恢复", "r", () => restore(id)), make("span", { class: "state", text: states[entry.kind] })] : []));
  }

  /** Whether fields are being written: nothing else may take their place unasked. */
  const isOpen = () => Boolean(pane.querySelector("form"));

  return { actions, change, add, judge, restore, isOpen };
})();

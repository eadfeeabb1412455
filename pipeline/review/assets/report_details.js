"use strict";
/* All that is known of the figure looked at, and where each part of it comes from. */
zhibiao.details = (() => {
  const { model, text, numbers, corrections, marks, panel, element: make } = zhibiao;
  const pane = document.getElementById("pane-mention");
  const { shown, named } = model;

  const soft = (words) => make("span", { class: "soft", text: shown(words) });
  const link = (id, words) => make("a", { href: `#mention-${id}`, text: shown(words) });
  /** A note of where a field comes from, or that a person wrote it. */
  function source(one, names, note) {
    const found = model.mention(one.mention_id);
    const own = !found || names.some((name) => (found[name] ?? "") !== (one[name] ?? ""));
    return own ? soft("人工填写") : note;
  }

  const label = (one) => `${one.indicator || "（无名）"} ${text.slice(one.char_start, one.char_end)}`;

  function row(name, value, ...notes) {
    const kept = notes.filter(Boolean);
    if ((value === null || value === undefined || value === "") && !kept.length) return [];
    const words = value instanceof Node ? value : value && make("span", { class: "value", text: shown(value) });
    return [make("div", {}, make("dt", { text: name }), make("dd", {}, ...[words, ...kept].filter(Boolean).flatMap((one) => [one, " "])))];
  }

  function said(one, words) {
    const before = words ? text.whole.lastIndexOf(words, text.units(one.char_end)) : -1;
    if (before < 0) return null;
    return make("button", { type: "button", class: "plain", text: "看出处", onclick: () => marks.flash(before, before + words.length) });
  }

  function quantity(one) {
    const written = one.scale > 1 ? `原文 ${one.value_text} × ${numbers.scale(one.scale)}` : "";
    const upper = one.value_max === null || one.value_max === undefined ? "" : ` 至 ${numbers.shown(one.value_max)}`;
    const unit = one.unit ? ` ${one.unit}` : "";
    const note = source(one, ["value", "value_max", "unit"], written && soft(written));
    return row("数值", numbers.shown(one.value) + upper + unit, note, one.dimension && soft(named("dimensions", one.dimension)));
  }

  function entry(one) {
    const found = model.report.indicators[one.indicator_id];
    if (!found) return row("词典", "", soft("没有对应条目"));
    const bounds = [found.plausible_min, found.plausible_max];
    const outside = (bounds[0] !== undefined && one.value < bounds[0]) || (bounds[1] !== undefined && one.value > bounds[1]);
    const range = bounds.some((bound) => bound !== undefined) && one.measure === "level"
      ? `合理范围 ${bounds.map((bound) => bound ?? "…").join(" 至 ")}${outside ? "，超出" : ""}` : "";
    const either = (names) => (names || "…").replaceAll("|", " 或 ");
    const ratio = found.numerator ? `${either(found.numerator)} ÷ ${either(found.denominator)}${found.multiplier ? ` × ${found.multiplier}` : ""}` : "";
    return [
      ...row("词典", found.name, soft([one.indicator_id !== found.name && one.indicator_id, found.unit && `单位 ${found.unit}`, named("directions", found.direction)].filter(Boolean).join("，"))),
      ...row("定义", ratio || found.definition, ratio && found.definition && soft(found.definition)),
      ...row("", "", range && soft(range), found.aliases && soft(`又称 ${found.aliases.join("、")}`)),
    ];
  }

  function entity(one) {
    const known = model.report.entities[one.entity_id];
    const kind = [named("entity_kinds", one.entity_kind), one.entity_id].filter(Boolean).join(" ");
    const from = source(one, ["entity"], null);
    if (from) return row("主体", one.entity, from);
    const place = named("entity_from", one.entity_from);
    return row("主体", one.entity || "（无）", kind && soft(kind), place && soft(place), one.entity_from === "before" && said(one, known?.name || one.entity));
  }

  function period(one) {
    const own = source(one, ["period"], null);
    if (own) return row("时期", one.period, own);
    const words = one.period_text && `“${one.period_text}”`;
    const from = [named("period_from", one.period_from), words].filter(Boolean).join("：");
    return row("时期", one.period || "（无）", from && soft(from), said(one, one.period_text));
  }

  function nature(one) {
    const basis = one.measure === "change" ? named("bases", one.basis) : "";
    return [
      ...row("比较", named("comparators", one.comparator)),
      ...row("性质", `${named("statuses", one.status)}，${named("measures", one.measure)}`, basis && soft(basis)),
    ];
  }

  function origin(one) {
    if (!one.rule) return row("位置", one.place);
    const sure = one.confidence === undefined ? "" : `可信度 ${(one.confidence * 100).toFixed(0)}%`;
    return [...row("规则", named("rules", one.rule), soft([one.rule, sure].filter(Boolean).join("，"))), ...row("位置", one.place)];
  }

  function family(one) {
    const whole = one.part_of && corrections.current(one.part_of);
    const parts = model.partsOf(one.mention_id);
    return [
      ...(whole ? row("总数", link(one.part_of, label(whole))) : []),
      ...(parts.length ? row("分项", make("ul", {}, ...parts.map((part) => make("li", {}, link(part.mention_id, label(part)))))) : []),
    ];
  }

  function operand([id, role]) {
    const here = corrections.current(id);
    const there = model.report.elsewhere[id];
    const words = soft(named("roles", role));
    if (here) return make("li", {}, link(id, label(here)), " ", words);
    if (!there) return make("li", {}, soft("（早先的报告）"), " ", words);
    const source = soft(`《${there.title || there.source_path}》`);
    return make("li", {}, make(there.address ? "a" : "span", { href: there.address || null, text: shown(`${there.indicator || ""} ${there.text}`) }), " ", words, " ", source);
  }

  function relation([check, verdict, formula, operands]) {
    const name = make("span", { class: `verdict ${verdict}`, text: named("verdicts", verdict) });
    const head = make("p", {}, name, " ", shown(model.report.checks[check] || check), " ", soft(check));
    return make("article", { class: "relation" }, head, make("code", { text: shown(formula) }), make("ul", { class: "operands" }, ...operands.map(operand)));
  }

  function relations(id) {
    const order = ["inconsistent", "suspicious", "truncated", "consistent", "undecided"];
    const found = [...model.relationsOf(id)].sort((one, other) => order.indexOf(one[1]) - order.indexOf(other[1]));
    return found.length ? [make("h3", { text: `关系（${found.length}）` }), ...found.map(relation)] : [];
  }

  function findings(id) {
    return model.findingsOf(id).map((one) => make("a", {
      class: `chip ${one.severity}`,
      href: one.address || null,
      text: `疑点 ${one.number}`,
    }));
  }

  function heading(one) {
    const kind = make("span", { class: `m ${model.kind(one)}`, text: named("kinds", model.kind(one)) });
    const words = shown(text.slice(one.char_start, one.char_end));
    return [
      make("p", { class: "chips" }, kind, " ", ...findings(one.mention_id)),
      make("h2", { tabindex: -1, text: shown(one.indicator || "（无名）") }),
      make("p", { class: "figure", text: words }),
      ...(one.qualifier ? [make("p", { class: "soft", text: `限于 ${shown(one.qualifier)}` })] : []),
    ];
  }

  /** Show a figure; when a button of its was pressed, the focus stays on that button. */
  function show(id) {
    const pressed = pane.contains(document.activeElement) ? document.activeElement.title : "";
    draw(id);
    if (pressed) pane.querySelector(`[title="${pressed}"]`)?.focus();
  }

  function draw(id) {
    const one = id && corrections.current(id);
    if (!one) {
      pane.replaceChildren(make("p", { class: "empty", text: "点击正文中的数值，这里显示它的各项内容和来历。按 ? 看键盘操作。" }));
      return;
    }
    const list = make("dl", { class: "fields" }, ...quantity(one), ...nature(one), ...entity(one), ...period(one), ...entry(one), ...origin(one), ...family(one));
    pane.replaceChildren(...heading(one), zhibiao.form.actions(one), list, ...relations(id));
    pane.scrollTop = 0;
  }

  model.on("selected", show);
  model.on("closed", () => show(null));
  model.on("corrected", () => { if (!zhibiao.form.isOpen()) show(panel.look.mention); });
  return { show, focus: () => pane.querySelector("h2")?.focus() };
})();

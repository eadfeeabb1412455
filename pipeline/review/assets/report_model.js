"use strict";
/* What the page knows of the report: its figures, what they stand for, which findings and relations name them. */
zhibiao.model = (() => {
  const report = zhibiao.data("report");
  const labels = zhibiao.data("labels");
  const { columns, rows } = report.mentions;
  const mentions = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
  const byId = new Map(mentions.map((one) => [one.mention_id, one]));
  const listeners = {};
  const acting = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

  const gathered = (items, ids) => {
    const found = new Map();
    for (const item of items) {
      for (const id of new Set(ids(item))) {
        if (!found.has(id)) found.set(id, []);
        found.get(id).push(item);
      }
    }
    return found;
  };
  report.findings.forEach((one, at) => { one.number = at + 1; });
  const findings = gathered(report.findings, (one) => one.mention_ids);
  const relations = gathered(report.relations, ([, , , operands]) => operands.map(([id]) => id));
  const parts = gathered(mentions.filter((one) => one.part_of), (one) => [one.part_of]);

  return {
    report,
    mentions,
    mention: (id) => byId.get(id),
    findingsOf: (id) => findings.get(id) || [],
    relationsOf: (id) => relations.get(id) || [],
    partsOf: (id) => parts.get(id) || [],
    named: (group, code) => labels[group]?.[code] ?? code ?? "",
    choices: (group) => Object.entries(labels[group]),
    kind: (one) => (one.status === "target" ? "target" : one.measure),
    /** A text without characters that turn or hide what is around them, as long as it was. */
    shown: (text) => String(text ?? "").replace(acting, "\ufffd"),
    on(event, listener) { (listeners[event] ||= []).push(listener); },
    tell(event, ...values) { (listeners[event] || []).forEach((listener) => listener(...values)); },
  };
})();

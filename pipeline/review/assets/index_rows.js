"use strict";
/* Rows as elements: which columns each view has, and what stands in them. */
const shown = (() => {
  const { element } = zhibiao;
  const { data, documents, levels, names, checkOf, reason, views } = shelf;
  const number = new Intl.NumberFormat("zh-CN");
  const text = (of) => (at) => [of(at)];
  const address = (at) => `reports/${documents.id[at]}.html`;
  const badge = (level, label) => element("span", { class: `level ${level}`, text: label });
  const named = (at) => documents.title[at] || documents.path[at];
  const regionOf = (at) => data.regions[documents.region[at]][1];
  const periodOf = (at) => data.periods[documents.period[at]][0];
  const without = new Set(data.without);
  /* A report that was not chosen when the pages were written has none to lead to. */
  const link = (at, target, label) => (without.has(documents.id[at])
    ? element("span", { class: "without", title: "没有生成审阅页", text: label })
    : element("a", { href: address(at) + target, text: label }));

  const report = (at) => [
    link(at, "", named(at)),
    ...(documents.copy[at] ? [element("span", { class: "mark", text: "重复" })] : []),
    element("span", { class: "path", text: documents.path[at] }),
  ];
  const badges = (at) => levels.filter((level) => documents[level][at])
    .map((level) => badge(level, `${names[level]} ${documents[level][at]}`));
  const reportOf = (at) => {
    const document = data.findings.document[at];
    return [link(document, "", named(document)), element("span", { class: "path", text: documents.path[document] })];
  };
  const message = (at) => [link(data.findings.document[at], `#finding-${data.findings.id[at]}`, data.findings.message[at])];

  const columns = {
    reports: [
      { sort: "title", name: "报告", class: "main", cell: report },
      { sort: "issuer", name: "发文单位", cell: text((at) => data.issuers[documents.issuer[at]]) },
      { sort: "region", name: "地区", class: "name", cell: text(regionOf) },
      { sort: "domain", name: "领域", class: "name", cell: text((at) => data.domains[documents.domain[at]]) },
      { sort: "period", name: "时期", class: "short", cell: text(periodOf) },
      { sort: "published", name: "发布", class: "short", cell: text((at) => data.dates[documents.published[at]]), label: true },
      { sort: "figures", name: "数值", class: "number", cell: text((at) => number.format(documents.figures[at])), label: true },
      { sort: "weight", name: "疑点", class: "levels", cell: badges },
      { sort: "reader", name: "读取", class: "short", cell: text((at) => data.readers[documents.reader[at]]), label: true },
    ],
    findings: [
      { sort: "severity", name: "级别", class: "short", cell: (at) => [badge(levels[data.findings.severity[at]], names[levels[data.findings.severity[at]]])] },
      { sort: "check", name: "核对规则", class: "name", cell: text((at) => checkOf(at).join(" ")) },
      { name: "疑点", class: "main", cell: message },
      { sort: "title", name: "报告", class: "main report", cell: reportOf },
      { sort: "region", name: "地区", class: "name", cell: text((at) => regionOf(data.findings.document[at])) },
      { sort: "period", name: "时期", class: "short", cell: text((at) => periodOf(data.findings.document[at])) },
    ],
    rejects: [
      { sort: "path", name: "文件", class: "main", cell: text((at) => data.rejects.path[at]) },
      { sort: "reason", name: "原因", class: "short", cell: text(reason) },
      { name: "说明", class: "main", cell: text((at) => data.rejects.message[at]) },
    ],
  };

  const head = (state, onsort) => element("tr", {}, ...columns[state.view].map((column) => {
    const down = state.sort === `-${column.sort}`, up = column.sort && state.sort === column.sort;
    const inner = column.sort
      ? element("button", { type: "button", "data-sort": column.sort, text: column.name, onclick: () => onsort(column.sort) })
      : element("span", { text: column.name });
    return element("th", { scope: "col", class: column.class, "aria-sort": up ? "ascending" : down ? "descending" : null }, inner);
  }));
  const row = (view) => (at) => element("tr", {}, ...columns[view].map((column) =>
    element("td", { class: column.class, "data-name": column.label ? column.name : null }, ...column.cell(at))));
  const body = (view, rows) => {
    if (rows.length) return rows.map(row(view));
    const why = views[view].size ? "没有符合筛选条件的内容" : { reports: "没有报告", findings: "没有发现疑点", rejects: "所有文件都已读取" }[view];
    return [element("tr", {}, element("td", { class: "empty main", colspan: columns[view].length, text: why }))];
  };
  return { head, body, number };
})();

"use strict";
/* The columns written into the page, and what follows from them: words to search in, places to sort by. */
const shelf = (() => {
  const data = zhibiao.data("index");
  const levels = ["error", "warning", "info"];
  const names = { error: "错误", warning: "警告", info: "提示" };
  const documents = data.documents;
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const chains = data.regions.map((_, at) => {
    const found = [];
    for (let one = at; one >= 0; one = data.regions[one][2]) found.unshift(one);
    return found;
  });
  const byKey = new Map(data.regions.map(([key], at) => [key, at]));

  /* A function of rows that is asked once for each of them. */
  const kept = (make) => {
    const found = [];
    return (at) => (found[at] ??= make(at));
  };
  const said = kept((at) => folded([
    documents.title[at], documents.path[at], data.issuers[documents.issuer[at]],
    chains[documents.region[at]].map((one) => data.regions[one][1]).join(" "),
  ].join("\n")));
  const checkOf = (at) => data.checks[data.findings.check[at]];

  const views = {
    reports: {
      name: "报告", size: documents.id.length, document: (at) => at, said,
      severities: (at) => levels.filter((level) => documents[level][at]),
    },
    findings: {
      name: "疑点", size: data.findings.id.length, document: (at) => data.findings.document[at],
      said: kept((at) => `${folded(`${data.findings.message[at]}\n${checkOf(at).join(" ")}`)}\n${said(data.findings.document[at])}`),
      severities: (at) => [levels[data.findings.severity[at]]],
    },
    rejects: {
      name: "未读", size: data.rejects.path.length, document: () => -1,
      said: kept((at) => folded(`${data.rejects.path[at]}\n${data.rejects.message[at]}\n${reason(at)}`)),
      severities: () => [],
    },
  };
  const reason = (at) => data.reasons[data.rejects.reason[at]] || data.rejects.reason[at];

  const collator = new Intl.Collator("zh-CN", { numeric: true });
  /* The place of each value in the order of people, so that rows are compared by numbers. */
  const ranks = (values) => {
    const order = values.map((_, at) => at).sort((a, b) => collator.compare(values[a], values[b]));
    const found = new Int32Array(values.length);
    order.forEach((value, rank) => { found[value] = rank; });
    return found;
  };
  const lazily = (make) => {
    let found = null;
    return (at) => (found ??= make())[at];
  };
  const ranked = (numbers, values) => lazily(() => {
    const rank = ranks(values);
    return numbers.map((number) => rank[number]);
  });
  const weight = (at) => documents.error[at] * 1e10 + documents.warning[at] * 1e5 + documents.info[at];
  const region = ranked(documents.region, data.regions.map(([key, name]) => (key.startsWith("=") ? `~${name}` : key)));
  const title = lazily(() => ranks(documents.title));
  const period = ranked(documents.period, data.periods.map(([label, , last]) => `${last} ${label}`));
  const orders = {
    reports: {
      title, region, period, weight,
      issuer: ranked(documents.issuer, data.issuers),
      domain: ranked(documents.domain, data.domains),
      published: ranked(documents.published, data.dates),
      figures: (at) => documents.figures[at],
      reader: ranked(documents.reader, data.readers),
    },
    findings: {
      severity: (at) => data.findings.severity[at],
      check: ranked(data.findings.check, data.checks.map(([id]) => id)),
      title: (at) => title(data.findings.document[at]),
      region: (at) => region(data.findings.document[at]),
      period: (at) => period(data.findings.document[at]),
    },
    rejects: {
      path: lazily(() => ranks(data.rejects.path)),
      reason: lazily(() => ranks(data.rejects.reason)),
    },
  };
  return { data, documents, levels, names, folded, chains, byKey, views, orders, checkOf, reason };
})();

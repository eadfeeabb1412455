"use strict";
/* Which rows are wanted: one pass gives the rows, and for every filter how many each of its choices would give. */
const sieve = (() => {
  const { data, documents, chains, byKey, views, orders, folded, levels } = shelf;

  const years = data.periods.map(([, first, last]) =>
    last ? Array.from({ length: Math.min(last - first, 60) + 1 }, (_, step) => String(last - step)) : ["0"]);

  /* A filter: whether a row passes, and which choices it counts for. */
  const filters = (state, view) => {
    const severity = (at) => {
      const found = view.severities(at);
      return found.length ? found : ["none"];
    };
    return {
      region: chosen(state.region, (at) => chains[documents.region[view.document(at)]], (key) => byKey.get(key)),
      domain: chosen(state.domain, (at) => [documents.domain[view.document(at)]], (name) => data.domains.indexOf(name)),
      year: chosen(state.year, (at) => years[documents.period[view.document(at)]], String),
      severity: chosen(state.severity, severity, String),
      ...(view === views.findings && {
        check: chosen(state.check, (at) => [data.findings.check[at]], (id) => data.checks.findIndex(([one]) => one === id)),
      }),
    };
  };
  const chosen = (wanted, of, number) => {
    const value = wanted ? number(wanted) : null;
    return { of, passes: wanted ? (choices) => choices.includes(value) : () => true, counts: new Map() };
  };

  const searched = (state, view) => {
    const words = folded(state.q).split(/\s+/).filter(Boolean);
    return (at) => !words.length || words.every((word) => view.said(at).includes(word));
  };

  /* A row that only one filter refuses counts for the choices of that filter, which would let it in. */
  const sift = (state) => {
    const view = views[state.view], wanted = searched(state, view), rows = [];
    const of = Object.values(state.view === "rejects" ? {} : filters(state, view));
    for (let at = 0; at < view.size; at++) {
      if (!wanted(at)) continue;
      const choices = of.map((filter) => filter.of(at));
      const refused = of.filter((filter, one) => !filter.passes(choices[one]));
      if (!refused.length) rows.push(at);
      if (refused.length > 1) continue;
      of.forEach((filter, one) => (!refused.length || refused[0] === filter) && count(filter.counts, choices[one]));
    }
    return { rows: sorted(rows, state), counts: names(state, of) };
  };
  const count = (counts, choices) => {
    for (const choice of choices) counts.set(choice, (counts.get(choice) || 0) + 1);
  };
  const names = (state, of) => {
    const found = ["region", "domain", "year", "severity", "check"];
    return Object.fromEntries(of.map((filter, at) => [found[at], filter.counts]));
  };

  const sorted = (rows, state) => {
    const down = state.sort.startsWith("-"), name = down ? state.sort.slice(1) : state.sort;
    if (!Object.hasOwn(orders[state.view], name)) return rows;
    const order = orders[state.view][name], sign = down ? -1 : 1;
    return rows.sort((a, b) => sign * (order(a) - order(b)) || a - b);
  };
  const totals = (rows) => {
    const found = { figures: 0 };
    for (const level of levels) found[level] = 0;
    for (const at of rows) for (const name of Object.keys(found)) found[name] += documents[name][at];
    return found;
  };
  return { sift, totals };
})();

"use strict";
/* Periods as EDTF: a day, month or year, a span of two, open at the start or the end; X for digits not known, a mark of doubt behind. */
zhibiao.edtf = (() => {
  const date = /^([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?[?~%]?$/;
  const sample = "如 2024、2024-06、2024-01/2024-06、../2024-06";

  /** A side that is not said. */
  const open = (side) => side === "" || side === "..";

  function wrongDate(text) {
    const found = date.exec(text);
    if (!found) return `“${text}”不是日期，${sample}`;
    const [, year, month, day] = found;
    if (year === "0000") return "没有 0000 年";
    if (month && !month.includes("X") && (month < "01" || month > "12")) return `没有 ${month} 月`;
    if (day && !/X/.test(year + month + day) && !exists(Number(year), Number(month), Number(day))) {
      return `${year} 年 ${month} 月没有 ${day} 日`;
    }
    return "";
  }

  function exists(year, month, day) {
    const made = new Date(Date.UTC(2000, month - 1, day));
    made.setUTCFullYear(year, month - 1, day);
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  }

  /** Whether a span ends before it begins, as far as both sides say. */
  function backwards(start, end) {
    const [from, to] = [start, end].map((side) => side.replace(/[?~%]$/, ""));
    const size = Math.min(from.length, to.length);
    const [one, other] = [from.slice(0, size), to.slice(0, size)];
    return !/X/.test(one + other) && one > other;
  }

  /** What is wrong with a period, empty when nothing is. */
  function wrong(period) {
    const sides = period.split("/");
    if (sides.length > 2) return `只能有一个“/”，${sample}`;
    if (sides.length === 1) return open(period) ? `请写明时期，${sample}` : wrongDate(period);
    const [start, end] = sides;
    if (open(start) && open(end)) return "起止不能都不定";
    const first = open(start) ? "" : wrongDate(start);
    const second = open(end) ? "" : wrongDate(end);
    if (first || second) return first || second;
    return !open(start) && !open(end) && backwards(start, end) ? "止期早于起期" : "";
  }

  return { wrong };
})();

"use strict";
/* Numbers as people write and read them: 54.79万 is 547900, exactly. */
zhibiao.numbers = (() => {
  const scales = { 百: 2, 千: 3, 万: 4, 亿: 8, 万亿: 12 };
  const written = /^([-+−]?)(\d+(?:\.\d+)?|\.\d+)(?:e([-+]?\d+))?(万亿|[百千万亿]?)$/;
  const leading = /^[^\d.]*([\d,，]*\.?\d+)\s*(万亿|[百千万亿]?)\s*(?:余|多)?\s*(.*)$/s;
  const exact = new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 12 });

  /** The number of a text, null when it is none; the point is moved in the digits, so that nothing is rounded twice. What
      JavaScript itself writes (1e-7) is one too. */
  function parse(text) {
    const found = written.exec(text.replace(/[\s,，]/g, "").normalize("NFKC"));
    if (!found) return null;
    const [, sign, digits, power, scale] = found;
    const value = Number(`${sign && sign !== "+" ? "-" : ""}${digits}e${Number(power || 0) + (scales[scale] || 0)}`);
    return Number.isFinite(value) ? value : null;
  }

  /** A first guess of number and unit of words such as 54.79万份. */
  function guess(words) {
    const found = leading.exec(words.normalize("NFKC"));
    return found ? { value: parse(found[1] + found[2]), unit: found[3].trim() } : { value: null, unit: "" };
  }

  /** A number with its thousands apart, and in 万 or 亿 where it is large. */
  function shown(value) {
    if (value === null || value === undefined) return "";
    const [factor, scale] = Math.abs(value) >= 1e8 ? [1e8, "亿"] : Math.abs(value) >= 1e5 ? [1e4, "万"] : [1, ""];
    const short = scale ? `（${exact.format(Number((value / factor).toPrecision(8)))}${scale}）` : "";
    return exact.format(value) + short;
  }

  /** The word of a factor: 1e8 is 亿. */
  function scale(factor) {
    return Object.keys(scales).find((word) => 10 ** scales[word] === factor) || exact.format(factor);
  }

  return { parse, guess, shown, scale };
})();

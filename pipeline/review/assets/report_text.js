"use strict";
/* The text in the page: offsets in code points (as the tables count), in UTF-16 (as JavaScript counts), places. */
zhibiao.text = (() => {
  const whole = zhibiao.model.report.text;
  const starts = /[\ud800-\udbff]/.test(whole) ? unitsOfPoints() : null;
  const blocks = [...document.querySelectorAll("#text [data-at]")].map((element) => ({
    element, at: units(Number(element.dataset.at)),
  }));

  function unitsOfPoints() {
    const found = [];
    for (let at = 0; at < whole.length; at += whole.codePointAt(at) > 0xffff ? 2 : 1) found.push(at);
    return Uint32Array.from([...found, whole.length]);
  }

  /** The offset in UTF-16 of a code point. */
  function units(point) { return starts ? starts[point] : point; }

  /** The code point at an offset in UTF-16; inside a pair, the one the pair stands for. */
  function points(unit) {
    if (!starts) return unit;
    let low = 0, high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= unit) low = middle; else high = middle - 1;
    }
    return low;
  }

  const length = () => points(whole.length);
  const slice = (start, end) => whole.slice(units(start), units(end));

  function blockAt(unit) {
    let low = 0, high = blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (blocks[middle].at <= unit) low = middle; else high = middle - 1;
    }
    return blocks[low];
  }

  function* nodesOf(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".flag")) yield walker.currentNode;
  }

  /** The place of a stretch given in UTF-16, inside the block it begins in. */
  function rangeOf(start, end) {
    const block = blockAt(start);
    const range = document.createRange();
    let at = block.at, begun = false;
    range.selectNodeContents(block.element);
    for (const node of nodesOf(block.element)) {
      const behind = at + node.length;
      if (!begun && start < behind) { range.setStart(node, start - at); begun = true; }
      if (begun && end <= behind) { range.setEnd(node, Math.max(end, at) - at); break; }
      at = behind;
    }
    return range;
  }

  function unitsTo(block, node, offset) {
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, offset);
    const copy = range.cloneContents();
    copy.querySelectorAll(".flag").forEach((flag) => flag.remove());
    return copy.textContent.length;
  }

  const blockOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("#text [data-at]");

  /** What is selected, in code points and without blanks around; an error when it is more than one line or cell. */
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const [first, last] = [blockOf(range.startContainer), blockOf(range.endContainer)];
    if (!first) return null;
    const base = units(Number(first.dataset.at));
    const begin = base + unitsTo(first, range.startContainer, range.startOffset);
    const over = last !== first && (!last || unitsTo(last, range.endContainer, range.endOffset) > 0);
    if (over) return { error: "请只选同一行（表格中同一单元格）内的文字。" };
    const end = last === first ? base + unitsTo(first, range.endContainer, range.endOffset) : base + ends(first);
    const words = whole.slice(begin, end);
    const start = begin + words.length - words.trimStart().length;
    return words.trim() ? { start: points(start), end: points(start + words.trim().length) } : null;
  }

  function ends(block) {
    return [...nodesOf(block)].reduce((sum, node) => sum + node.length, 0);
  }

  return { whole, units, points, length, slice, rangeOf, blockAt, selected };
})();

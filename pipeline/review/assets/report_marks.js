"use strict";
/* The marks in the text: those written into the page, those added, and how they look after corrections. */
zhibiao.marks = (() => {
  const { model, text, view, corrections } = zhibiao;
  const looks = ["wrong", "right", "changed"];
  const elements = new Map([...document.querySelectorAll("#text .m")].map((one) => [one.id.slice("mention-".length), one]));
  const added = new Map();
  let decided = new Set();
  let roving = elements.values().next().value || null;

  /** Lay an element around a stretch of one block. */
  function enclose(one, element) {
    const range = text.rangeOf(text.units(one.char_start), text.units(one.char_end));
    element.textContent = "";
    element.append(range.extractContents());
    range.insertNode(element);
    element.after(...element.querySelectorAll(".flag"));
    for (const inner of element.querySelectorAll(".m")) inner.replaceWith(...inner.childNodes);
    element.parentElement.querySelectorAll(".m:empty").forEach((left) => left.remove());
  }

  function free(element) {
    const around = element.parentElement;
    element.replaceWith(...element.childNodes);
    around.normalize();
  }

  const overlapped = (one) => model.mentions.filter((other) =>
    other.char_start < one.char_end && other.char_end > one.char_start);

  function add(one) {
    const element = zhibiao.element("a", {
      class: "m added", id: `mention-${one.mention_id}`, href: `#mention-${one.mention_id}`, tabindex: -1,
    });
    overlapped(one).forEach((other) => free(elements.get(other.mention_id)));
    enclose(one, element);
    elements.set(one.mention_id, element);
    added.set(one.mention_id, one);
  }

  function remove(id) {
    const one = added.get(id);
    free(elements.get(id));
    elements.delete(id);
    added.delete(id);
    overlapped(one).forEach((other) => enclose(other, elements.get(other.mention_id)));
  }

  function dress(id) {
    const element = elements.get(id);
    const kind = corrections.entry(id)?.kind;
    const one = corrections.current(id);
    looks.forEach((look) => element.classList.toggle(look, kind === look));
    ["level", "change", "target"].forEach((name) => element.classList.toggle(name, model.kind(one) === name));
    if (added.has(id)) element.setAttribute("aria-label", `${element.textContent}，${one.indicator}，补充的数值`);
  }

  function refresh() {
    const entries = new Map(corrections.entries());
    [...added.keys()].filter((id) => !entries.has(id)).forEach(remove);
    for (const [id, entry] of entries) if (entry.kind === "added" && !added.has(id)) add(corrections.current(id));
    const now = new Set(entries.keys());
    [...new Set([...decided, ...now])].filter((id) => elements.has(id)).forEach(dress);
    decided = now;
  }

  /** The one figure that the tab key stops at. */
  function rove(element) {
    if (roving) roving.tabIndex = -1;
    roving = element;
    roving.tabIndex = 0;
  }

  function bring(id) {
    document.querySelectorAll("#text .m.here").forEach((one) => one.classList.remove("here"));
    const element = elements.get(id);
    element.classList.add("here");
    rove(element);
    view.bring(element);
    return element;
  }

  /** Show for a moment where something was said. */
  function flash(start, end) {
    const range = text.rangeOf(start, end);
    view.bring(range);
    if (!window.Highlight) return;
    CSS.highlights.set("said", new Highlight(range));
    setTimeout(() => CSS.highlights.delete("said"), 2500);
  }

  model.on("corrected", refresh);
  return { refresh, bring, flash, overlapped, element: (id) => elements.get(id) };
})();

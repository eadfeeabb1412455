"use strict";
/* The outline: where the sections are, how much is in them, and which of them a person has gone through. */
zhibiao.sections = (() => {
  const { model, text, view, ranges, corrections, panel } = zhibiao;
  const pane = document.getElementById("pane-sections");
  const whole = document.getElementById("reviewed-all");
  const share = document.getElementById("reviewed-share");
  const sections = model.report.sections.map(([start, end, level, title]) => ({ start, end, level, title }));
  const boxes = [...pane.querySelectorAll("[data-section]")];

  const inside = (section, items) => items.filter((one) => section.start <= one.char_start && one.char_end <= section.end);
  const isReviewed = (start, end) => ranges.covers(corrections.reviewed(), start, end);

  /** What a person vouches for: the sections she has gone through, and every figure she decided on. */
  function vouched() {
    const decided = corrections.entries().map(([id]) => corrections.current(id)).filter(Boolean);
    return ranges.merged([...corrections.reviewed(), ...decided.map((one) => [one.char_start, one.char_end])]);
  }

  function refresh() {
    boxes.forEach((box) => {
      const section = sections[Number(box.dataset.section)];
      box.checked = isReviewed(section.start, section.end);
    });
    whole.checked = isReviewed(0, text.length());
    const all = corrections.all();
    const done = all.filter((one) => isReviewed(one.char_start, one.char_end) || corrections.entry(one.mention_id));
    share.textContent = `已审阅 ${done.length} / ${all.length} 个数值`;
  }

  function tallies() {
    boxes.forEach((box) => {
      const section = sections[Number(box.dataset.section)];
      const figures = inside(section, model.mentions);
      const doubts = figures.filter((one) => model.findingsOf(one.mention_id).length).length;
      box.parentElement.querySelector(".tally").textContent = `${figures.length}${doubts ? `，疑点 ${doubts}` : ""}`;
    });
  }

  function go(start) {
    if (matchMedia("(max-width: 60rem)").matches) panel.close();
    view.bring(text.blockAt(text.units(start)).element, "start");
  }

  /** The smallest section a figure stands in. */
  function sectionOf(id) {
    const one = corrections.current(id);
    return sections.filter((section) => inside(section, [one]).length).at(-1);
  }

  /** Say of the section of a figure that it has been gone through, or take that back. */
  function toggle(id) {
    const section = sectionOf(id);
    if (!section) return;
    const done = !isReviewed(section.start, section.end);
    corrections.review(section.start, section.end, done);
    panel.say(`${section.title}：${done ? "已审阅" : "不再算已审阅"}`);
  }

  boxes.forEach((box) => box.addEventListener("change", () => {
    const section = sections[Number(box.dataset.section)];
    corrections.review(section.start, section.end, box.checked);
  }));
  pane.querySelectorAll("[data-to]").forEach((button) => button.addEventListener("click", () => go(Number(button.dataset.to))));
  whole.addEventListener("change", () => corrections.review(0, text.length(), whole.checked));
  model.on("corrected", refresh);
  let counted = false;
  model.on("tab", (name) => { if (name === "sections" && !counted) { counted = true; tallies(); } });
  return { refresh, vouched, toggle };
})();

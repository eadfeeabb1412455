"use strict";
/* Clicks and addresses: a figure or a finding is looked at; and the page as it begins. */
zhibiao.start = (() => {
  const { model, marks, panel, details, filters, sections, gold, text, form } = zhibiao;
  const bar = document.getElementById("selection");

  /** Look at what an address names; whether this page has it. */
  function go(hash, focus) {
    const [, kind, id] = /^#(mention|finding)-(.+)$/.exec(hash) || [];
    if (kind === "mention" && marks.element(id)) { panel.select(id, { focus }); return true; }
    if (kind === "finding" && document.getElementById(`finding-${id}`)) { panel.open(id, { focus }); return true; }
    return false;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && go(link.getAttribute("href"), true)) event.preventDefault();
  });
  addEventListener("hashchange", () => go(location.hash, true));

  /** Where a figure can be added, the button for it comes near the selection. */
  document.addEventListener("selectionchange", () => {
    const chosen = text.selected();
    bar.hidden = !chosen || Boolean(chosen.error);
    if (bar.hidden) return;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    bar.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 160))}px`;
    bar.style.top = `${Math.min(box.bottom + 8, innerHeight - 48)}px`;
  });
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  document.getElementById("add").addEventListener("click", form.add);
  addEventListener("scroll", () => { bar.hidden = true; }, { passive: true });

  marks.refresh();
  details.show(null);
  filters.apply();
  sections.refresh();
  gold.refresh();
  if (!go(location.hash, false) && !matchMedia("(max-width: 60rem)").matches) {
    panel.show(model.report.findings.some((one) => !one.outside) ? "findings" : "mention");
  }

  return {
    inPanel: () => Boolean(document.activeElement?.closest("#panel")) && Boolean(panel.look.mention),
    backToText() {
      details.show(panel.look.mention);
      marks.element(panel.look.mention)?.focus({ preventScroll: true });
    },
  };
})();

"use strict";
/* The panel beside the text: its tabs, which figure or finding is looked at, and what is said in a line below. */
zhibiao.panel = (() => {
  const { model, marks, view } = zhibiao;
  const tabs = [...document.querySelectorAll("#panel [role=tab]")];
  const notice = document.getElementById("notice");
  const look = { mention: null, finding: null, from: null };
  let fading;

  const paneOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  const nameOf = (tab) => tab.id.slice("tab-".length);

  function show(name) {
    for (const tab of tabs) {
      const chosen = nameOf(tab) === name;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
      paneOf(tab).hidden = !chosen;
    }
    document.body.classList.add("panel-open");
    model.tell("tab", name);
  }

  function turn(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length];
    show(nameOf(next));
    next.focus();
    event.preventDefault();
  }

  function address(part) {
    history.replaceState(null, "", part ? `#${part}` : location.pathname + location.search);
  }

  /** Look at a figure: marked in the text, its fields in the panel. */
  function select(id, { focus = true } = {}) {
    if (!marks.element(id)) return;
    look.mention = id;
    look.finding = null;
    show("mention");
    const element = marks.bring(id);
    address(`mention-${id}`);
    model.tell("selected", id);
    if (focus) element.focus({ preventScroll: true });
  }

  /** Look at a finding: its card in the panel, its place in the text. */
  function open(id, { focus = true } = {}) {
    const card = document.getElementById(`finding-${id}`);
    if (!card) return;
    look.finding = id;
    show("findings");
    document.querySelectorAll(".finding.here").forEach((one) => one.classList.remove("here"));
    card.classList.add("here");
    const found = model.report.findings.find((one) => one.id === id);
    const flag = document.querySelector(`#text .flag[href="#finding-${CSS.escape(id)}"]`);
    const place = flag || marks.element(found.mention_ids[0]);
    card.scrollIntoView({ block: "nearest" });
    if (focus) card.focus({ preventScroll: true });
    address(`finding-${id}`);
    if (place) view.bring(place);
  }

  function close() {
    document.body.classList.remove("panel-open");
    document.querySelectorAll(".here").forEach((one) => one.classList.remove("here"));
    const element = look.mention && marks.element(look.mention);
    look.mention = look.finding = null;
    address("");
    model.tell("closed");
    element?.focus({ preventScroll: true });
  }

  function say(words) {
    notice.textContent = words;
    clearTimeout(fading);
    fading = setTimeout(() => { notice.textContent = ""; }, 6000);
  }

  tabs.forEach((tab) => {
    tab.addEventListener("click", () => show(nameOf(tab)));
    tab.addEventListener("keydown", turn);
  });
  document.getElementById("panel-close").addEventListener("click", close);
  return { show, select, open, close, say, look };
})();

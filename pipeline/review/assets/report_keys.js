"use strict";
/* The keyboard, and the help that says what it does. */
zhibiao.keys = (() => {
  const { model, panel, filters, search, form, sections, gold, details, element: make } = zhibiao;
  const help = document.getElementById("help");

  const onMention = (act) => () => {
    if (panel.look.mention) act(panel.look.mention); else panel.say("请先选中一个数值（j、k 或点击）。");
  };

  function mention(step) {
    const next = filters.beside(panel.look.mention, step);
    if (next) panel.select(next); else panel.say(step > 0 ? "后面没有数值了。" : "前面没有数值了。");
  }

  function finding(step) {
    const own = model.report.findings.filter((one) => !one.outside);
    const at = own.findIndex((one) => one.id === panel.look.finding);
    const next = at < 0 ? own.at(step > 0 ? 0 : -1) : own[at + step];
    if (next) panel.open(next.id); else panel.say(own.length ? "没有更多疑点了。" : "本报告没有疑点。");
  }

  const actions = {
    j: ["下一个数值", () => mention(1)],
    k: ["上一个数值", () => mention(-1)],
    n: ["下一个疑点", () => finding(1)],
    p: ["上一个疑点", () => finding(-1)],
    "/": ["查找（Enter 下一处，Shift+Enter 上一处）", search.focus],
    y: ["标为正确", onMention((id) => form.judge(id, "right"))],
    x: ["标为不是指标数值", onMention((id) => form.judge(id, "wrong"))],
    e: ["修改数值", onMention(form.change)],
    r: ["恢复为程序的结果", onMention(form.restore)],
    a: ["把选中的文字补充为数值", form.add],
    d: ["所在的节已审阅", onMention(sections.toggle)],
    u: ["撤销", gold.undo],
    s: ["另存金标文件", gold.save],
    "?": ["本帮助", open],
  };
  const others = [["Enter", "进入面板看选中的数值"], ["Esc", "返回、关闭"], ["Shift+D", "深色或浅色"]];

  function open() {
    const line = ([key, words]) => make("div", {}, make("dt", {}, make("kbd", { text: key })), make("dd", { text: words }));
    const lines = [...Object.entries(actions).map(([key, [words]]) => [key, words]), ...others];
    help.replaceChildren(make("h2", { id: "help-title", text: "键盘" }), make("dl", { class: "keys" }, ...lines.map(line)),
      make("button", { type: "button", class: "main", text: "关闭", onclick: () => help.close() }));
    help.showModal();
  }

  function escape() {
    if (zhibiao.start.inPanel()) zhibiao.start.backToText(); else panel.close();
  }

  const writes = (event) => event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    if (event.key === "Escape" && !event.defaultPrevented) { escape(); return; }
    if (writes(event)) return;
    if (event.key === "Enter" && event.target.matches("#text .m")) {
      event.preventDefault();
      panel.select(event.target.id.slice("mention-".length));
      details.focus();
      return;
    }
    const action = Object.hasOwn(actions, event.key) && actions[event.key];
    if (action) { event.preventDefault(); action[1](); }
  });
  document.getElementById("help-open").addEventListener("click", open);
  return { open };
})();

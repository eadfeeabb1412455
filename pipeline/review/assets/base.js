"use strict";
/* Shared by all pages: the data written into the page, elements made without HTML strings, the dark and light look. */
const zhibiao = {
  data(name) {
    return JSON.parse(document.getElementById(name).textContent);
  },
  element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") made.textContent = value;
      else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  },
  remembered(key) {
    try { return localStorage.getItem(key); } catch { return null; }
  },
  remember(key, value) {
    try { localStorage.setItem(key, value); } catch { /* a page opened from a file may have no storage */ }
  },
};
zhibiao.theme = (() => {
  const root = document.documentElement;
  const preferred = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const listeners = [];
  const set = (name) => {
    root.dataset.theme = name;
    listeners.forEach((listener) => listener(name));
  };
  const toggle = () => {
    set(root.dataset.theme === "dark" ? "light" : "dark");
    zhibiao.remember("zhibiao.theme", root.dataset.theme);
  };
  set(zhibiao.remembered("zhibiao.theme") || preferred);
  document.getElementById("theme").addEventListener("click", toggle);
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "D" && event.shiftKey && !writes && !event.ctrlKey && !event.metaKey) toggle();
  });
  return { toggle, onchange: (listener) => listeners.push(listener) };
})();

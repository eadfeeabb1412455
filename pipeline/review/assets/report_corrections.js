"use strict";
/* What a person decided, kept in the browser: by figure whether it is right, wrong, changed or added; what she has
   gone through; and the way back. */
zhibiao.corrections = (() => {
  const { model, text } = zhibiao;
  const { document: about } = model.report;
  const key = `zhibiao.review.${about.doc_id}`;
  const fingerprint = printOf(text.whole);
  const longest = 500;
  const nothing = "[{},[]]";
  let dropped = 0;
  let stored = true;
  let state = loaded();

  function printOf(words) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < words.length; at += 1) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193) >>> 0;
    return `${words.length}-${hash.toString(16)}`;
  }

  function fresh() {
    return { fingerprint, entries: {}, reviewed: [], history: [], saved: nothing };
  }

  function loaded() {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch { kept = null; }
    if (!kept?.entries || typeof kept.entries !== "object") return fresh();
    const entries = found(kept.entries);
    if (kept.fingerprint !== fingerprint) return { ...fresh(), entries };
    const history = kept.history.filter((step) => !step.id || !step.before || model.mention(step.id) || step.before.kind === "added");
    return { ...fresh(), ...kept, entries, history };
  }

  /** The entries whose figure is still there: the text or the program may have changed since. One that was added and
      has since been found by the program becomes a change of what was found. */
  function found(entries) {
    const still = {};
    for (const [id, entry] of Object.entries(entries)) {
      if (entry.kind !== "added") {
        if (model.mention(id)) still[id] = entry;
      } else if (text.slice(entry.start, entry.end) === entry.text) {
        const own = model.mentions.find((one) => one.char_start < entry.end && one.char_end > entry.start && !entries[one.mention_id]);
        if (own) still[own.mention_id] = { kind: "changed", fields: entry.fields }; else still[id] = entry;
      }
    }
    dropped = Object.keys(entries).length - Object.keys(still).length;
    return still;
  }

  function keep() {
    try { localStorage.setItem(key, JSON.stringify(state)); stored = true; } catch { stored = false; }
    model.tell("corrected");
  }

  const content = () => JSON.stringify([state.entries, state.reviewed]);
  const unsaved = () => state.saved !== content();

  function remember(step) {
    state.history = [...state.history, step].slice(-longest);
  }

  function put(id, entry) {
    const { [id]: _, ...others } = state.entries;
    state.entries = entry ? { ...others, [id]: entry } : others;
  }

  /** Decide on a figure: an entry, or null to let it be as the program found it. */
  function set(id, entry) {
    remember({ id, before: state.entries[id] || null });
    put(id, entry);
    keep();
  }

  function undo() {
    const step = state.history.at(-1);
    if (!step) return null;
    state.history = state.history.slice(0, -1);
    if (step.id) put(step.id, step.before); else state.reviewed = step.reviewed;
    keep();
    return step;
  }

  /** Say of a stretch that it has been gone through, or take that back. */
  function review(start, end, done) {
    remember({ reviewed: state.reviewed });
    const others = state.reviewed.flatMap(([low, high]) => [[low, Math.min(high, start)], [Math.max(low, end), high]]);
    state.reviewed = zhibiao.ranges.merged([...others, ...(done ? [[start, end]] : [])]);
    keep();
  }

  /** A figure as it is after corrections; added ones are made of what was written down. */
  function current(id) {
    const entry = state.entries[id];
    const found = model.mention(id) || (entry?.kind === "added" && made(id, entry));
    return found ? { ...found, ...entry?.fields } : null;
  }

  function made(id, entry) {
    return { mention_id: id, char_start: entry.start, char_end: entry.end, added: true, value_text: "", rule: "" };
  }

  /** All figures in the order of the text, those added among them; wrong ones too. */
  function all() {
    const added = Object.entries(state.entries).filter(([, one]) => one.kind === "added").map(([id, one]) => made(id, one));
    return [...model.mentions, ...added].sort((one, other) => one.char_start - other.char_start);
  }

  addEventListener("storage", (event) => {
    if (event.key === key) { state = loaded(); model.tell("corrected"); }
  });
  addEventListener("beforeunload", (event) => {
    if (!stored && unsaved()) event.preventDefault();
  });

  return {
    set, undo, review, current, all,
    entry: (id) => state.entries[id] || null,
    entries: () => Object.entries(state.entries),
    reviewed: () => state.reviewed,
    canUndo: () => state.history.length > 0,
    unsaved,
    saved() { state.saved = content(); keep(); },
    clear() { state = fresh(); keep(); },
    isStored: () => stored,
    dropped: () => dropped,
  };
})();

"use strict";
/* Brings a place of the text into view, and keeps it there while the parts above it are laid out for the first time. */
zhibiao.view = (() => {
  const calmEnough = 10;
  const longest = 120;
  let turn = 0;

  /* The head of the page takes two lines where there is little room. */
  const header = document.querySelector(".top");
  new ResizeObserver(() => document.documentElement.style.setProperty("--top", `${header.offsetHeight}px`)).observe(header);

  const boxOf = (place) => place.getClientRects()[0] || place.getBoundingClientRect();

  function isSeen(place) {
    const box = boxOf(place);
    const style = getComputedStyle(document.documentElement);
    const [above, below] = [style.scrollPaddingTop, style.scrollPaddingBottom].map((given) => parseFloat(given) || 0);
    return box.top >= above - 1 && Math.min(box.bottom, box.top + 24) <= innerHeight - below + 1;
  }

  /** An element, or a stretch of a paragraph that may itself be longer than the window. */
  function scroll(place, block) {
    if (place instanceof Element) { place.scrollIntoView({ block, inline: "nearest" }); return; }
    place.startContainer.parentElement.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (!isSeen(place)) scrollBy(0, boxOf(place).top - innerHeight / 3);
  }

  /** Layout is put off where nobody looks, so a place moves while the text around it is drawn; a browser also goes to
      the address by itself until the page is loaded. So it is looked after for some frames, unless a person scrolls. */
  function bring(place, block = "center") {
    turn += 1;
    const mine = turn;
    let calm = 0, left = longest;
    const look = () => {
      left -= 1;
      if (mine !== turn || left < 0) return;
      if (!isSeen(place)) { scroll(place, block); calm = 0; } else if (document.readyState === "complete") calm += 1;
      if (calm < calmEnough) requestAnimationFrame(look);
    };
    scroll(place, block);
    requestAnimationFrame(look);
  }

  for (const name of ["wheel", "touchmove", "pointerdown"]) addEventListener(name, () => { turn += 1; }, { passive: true });
  return { bring };
})();

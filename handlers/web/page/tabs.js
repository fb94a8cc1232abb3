// Tabs by the ARIA pattern: one is in the tab order, arrow keys go round, and what is chosen is shown at once.

import { by } from "./dom.js";

const tabs = [...document.querySelectorAll("[role=tab]")];
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** Start; `onShown` is called with the name of each tab that comes into view. */
export function startTabs(onShown) {
  for (const tab of tabs) {
    tab.addEventListener("click", () => open(nameOf(tab), onShown));
    tab.addEventListener("keydown", (event) => {
      const next = wanted(event.key, tabs.indexOf(tab));
      if (next === null) return;
      event.preventDefault();
      open(nameOf(next), onShown);
      next.focus();
    });
  }
  addEventListener("hashchange", () => open(location.hash.slice(1), onShown));
  open(location.hash.slice(1) || nameOf(tabs[0]), onShown);
}

export function openTab(name) {
  by(`tab-${name}`).click();
}

const nameOf = (tab) => tab.getAttribute("aria-controls");

function wanted(key, place) {
  if (key === "Home") return tabs[0];
  if (key === "End") return tabs.at(-1);
  return key in STEPS ? tabs.at((place + STEPS[key]) % tabs.length) : null;
}

function open(name, onShown) {
  if (!tabs.some((tab) => nameOf(tab) === name)) return;
  for (const tab of tabs) {
    const isChosen = nameOf(tab) === name;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    by(nameOf(tab)).hidden = !isChosen;
  }
  history.replaceState(null, "", `#${name}`);
  onShown(name);
}

// The page's own words in the written standard that was chosen.

import { ask } from "./asking.js";
import { keep, kept, make } from "./dom.js";

let every = {};
const listeners = [];

export let standard = "nb";

export async function loadWords() {
  every = await ask("/api/words");
  const wanted = kept("standard") ?? (navigator.language.startsWith("nn") ? "nn" : "nb");
  standard = wanted in every ? wanted : "nb";
}

/** The word of that name ("status.done"), with {…} filled in. */
export function word(name, values = {}) {
  const found = name.split(".").reduce((words, part) => words?.[part], every[standard]);
  if (typeof found !== "string") return found ?? name;
  return found.replace(/\{(\w+)\}/g, (_, slot) => values[slot] ?? "");
}

/** Call whenever the words must be put in anew. */
export const onWords = (listener) => listeners.push(listener);

export function choose(wanted) {
  standard = wanted;
  keep("standard", wanted);
  show();
}

export function show() {
  document.documentElement.lang = standard;
  for (const place of document.querySelectorAll("[data-words]")) place.textContent = word(place.dataset.words);
  for (const place of document.querySelectorAll("[data-label]")) {
    place.setAttribute("aria-label", word(place.dataset.label));
    if (place.matches("button")) place.title = word(place.dataset.label);
  }
  for (const place of document.querySelectorAll("[data-placeholder]")) {
    place.placeholder = word(place.dataset.placeholder);
  }
  for (const input of document.querySelectorAll("input[name=standard]")) input.checked = input.value === standard;
  for (const listener of listeners) listener();
}

/** A word that follows the choice of standard even after it has been put in. */
export const worded = (tag, name, attributes = {}) => make(tag, { ...attributes, "data-words": name }, word(name));

// An answer's lines and buttons as elements: headings, rows, text, and a button at the row that it is about.

import { make } from "./dom.js";

/** `press` is called with what a button says. */
export function answerElements(answer, press) {
  const items = answer.items ?? answer.sections.flatMap((section) => section.items);
  const known = new Map(items.map((item) => [item.key, item]));
  const rows = new Map();
  const examples = new Map();
  const blocks = [];
  for (const part of answer.parts) {
    if (part.kind !== "row") {
      blocks.push(make(part.kind === "heading" ? "h3" : "p", {}, part.text));
      continue;
    }
    if (blocks.at(-1)?.tagName !== "UL") blocks.push(make("ul", { class: "rows" }));
    const row = make("li", {}, make("span", {}, ...words(part.text, known.get(part.item))));
    if (part.item) rows.set(part.item, row);
    else examples.set(part.text, row);
    blocks.at(-1).append(row);
  }
  const below = make("div", { class: "buttons" });
  for (const button of answer.buttons) {
    const key = button.says.split(/\s+/).find((part) => rows.has(part));
    const made = pressable(button, key && known.get(key), press);
    // A row that is what a button says becomes that button, rather than stand there twice.
    if (examples.has(button.says)) examples.get(button.says).replaceChildren(made);
    else (key ? rows.get(key) : below).append(made);
  }
  if (below.childElementCount) blocks.push(below);
  return blocks;
}

/** A row's text, whole, with the item's title set off from its time, and where it stands from the rest. */
function words(text, item) {
  const at = item ? text.indexOf(item.title) : -1;
  if (at < 0) return [text];
  const title = at + item.title.length;
  const found = Math.max(text.indexOf(` (${item.key}`, title), text.indexOf(` [${item.key}`, title));
  const source = found < 0 ? text.length : found + 1;
  const end = text.slice(source).search(/[)\]]/) + source + 1;
  return [
    text.slice(0, at),
    make("strong", {}, item.title),
    text.slice(title, source),
    make("small", {}, text.slice(source, end)),
    text.slice(end),
  ];
}

/** A button: at the row of its item the title need not be seen once more, but is still heard. */
function pressable(button, item, press) {
  const seen = item ? button.label.replace(`: ${item.title}`, "") : button.label;
  const more = button.describes ? `${button.label}: ${button.describes}` : button.label;
  const name = more === seen ? null : more;
  return make("button", { type: "button", class: "press", "aria-label": name, click: () => press(button.says) }, seen);
}

// A long answer: the first rows, and the others when they are asked for.

import { make } from "./dom.js";
import { word } from "./words.js";

const FIRST = 10;
const FEW = 3; // so few more are shown at once

/** The blocks of an answer; where there are many rows, those behind the first ten are hidden until a press. */
export function folded(blocks) {
  const rows = blocks.filter((block) => block.tagName === "UL").flatMap((list) => [...list.children]);
  if (rows.length <= FIRST + FEW) return blocks;
  const rest = rows.slice(FIRST);
  for (const row of rest) row.hidden = true;
  const lists = blocks.filter((block) => block.tagName === "UL");
  const empty = (list) => list?.tagName === "UL" && [...list.children].every((row) => row.hidden);
  const away = blocks.filter((block, at) => empty(block) || (block.tagName === "H3" && empty(blocks[at + 1])));
  for (const block of away) block.hidden = true;
  const show = () => {
    for (const element of [...rest, ...away]) element.hidden = false;
    more.remove();
    rest[0].tabIndex = -1;
    rest[0].focus();
  };
  const more = make("button", { type: "button", class: "press more", click: show }, word("more", { count: rest.length }));
  const last = lists.findLast((list) => !list.hidden);
  return blocks.flatMap((block) => (block === last ? [block, more] : [block]));
}

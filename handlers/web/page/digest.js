// The weekly digest of any week, as it is posted.

import { answerElements } from "./answer.js";
import { ask } from "./asking.js";
import { send } from "./chat.js";
import { later, week } from "./days.js";
import { by, make } from "./dom.js";
import { openTab } from "./tabs.js";
import { onWords, standard, word } from "./words.js";

let monday = null;
let isStarted = false;

export function startDigest() {
  by("previous-week").addEventListener("click", () => go(later(monday, -7)));
  by("next-week").addEventListener("click", () => go(later(monday, 7)));
  by("this-week").addEventListener("click", () => go(null));
  onWords(() => isStarted && go(monday));
}

/** Show this week when the tab is first opened, and the same week as before after that, with what is new. */
export function showDigest() {
  isStarted = true;
  return go(monday);
}

async function go(day) {
  try {
    const digest = await ask("/api/digest", { language: standard, ...(day ? { at: day } : {}) });
    monday = digest.span.start;
    by("week").textContent = word("week", { week: week(monday) });
    by("post").lang = standard;
    by("post").replaceChildren(poster(), ...answerElements(digest, press));
  } catch (trouble) {
    by("post").replaceChildren(make("p", { class: "trouble" }, word(trouble.number ? "went_wrong" : "unreachable", trouble)));
  }
}

function poster() {
  return make(
    "p",
    { class: "poster" },
    make("img", { class: "face", src: "/logo.svg", alt: "", width: 36, height: 36 }),
    make("strong", {}, "Planvakt"),
    make("span", { class: "app" }, word("app")),
  );
}

function press(says) {
  openTab("chat");
  by("log").focus();
  send(says);
}

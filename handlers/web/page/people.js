// Who one is: a choice among the demo's people, since the page has no sign-in.

import { ask } from "./asking.js";
import { by, keep, kept, make } from "./dom.js";
import { onWords, word } from "./words.js";

let everyone = [];

export let person = { id: "administrator", kind: "administrator", name: null, roles: [] };

export const nameOf = (who) => who.name ?? word("administrator");

/** Fetch the people anew: an answer may have given somebody a role. */
export async function loadPeople() {
  everyone = await ask("/api/people");
  const wanted = kept("person") ?? everyone.find((who) => who.roles.length)?.id;
  person = everyone.find((who) => who.id === wanted) ?? everyone[0];
  show();
}

onWords(show);

function show() {
  const chosen = document.activeElement?.name === "person";
  by("people-list").replaceChildren(...everyone.map(choice));
  if (chosen) by("people-list").querySelector(":checked")?.focus();
  by("who-face").replaceWith(face(person, "who-face"));
  by("who-name").textContent = nameOf(person);
}

function choice(who) {
  const input = make("input", { type: "radio", name: "person", value: who.id, change: () => become(who) });
  input.checked = who.id === person.id;
  return make(
    "label",
    { class: "choice" },
    input,
    face(who),
    make("span", { class: "words" }, make("strong", {}, nameOf(who)), make("small", {}, rolesOf(who))),
  );
}

function become(who) {
  person = who;
  keep("person", who.id);
  show();
}

function rolesOf(who) {
  if (who.kind === "administrator") return word("administrator_may");
  if (who.kind === "stranger") return word("stranger_is");
  return who.roles.join(", ") || word("no_roles");
}

/** The initials of a name, as a face; the name itself stands beside it. */
export function face(who, id = null) {
  const initials = nameOf(who).split(/\s+/).map((part) => part[0]);
  const shown = [...new Set([initials[0], initials.at(-1)])].slice(0, initials.length).join("");
  return make("span", { class: `face ${who.kind}`, id, "aria-hidden": "true" }, shown.toUpperCase());
}

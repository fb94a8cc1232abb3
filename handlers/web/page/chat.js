// The conversation: what is written or pressed goes out as a message, and the answer is put below it.

import { answerElements } from "./answer.js";
import { folded } from "./folding.js";
import { Trouble, handOver, say } from "./asking.js";
import { by, make } from "./dom.js";
import { face, loadPeople, nameOf, person } from "./people.js";
import { onWords, standard, word, worded } from "./words.js";

const BEFORE_PROGRESS = 2000;

const conversation = crypto.randomUUID();
const log = by("log");
const field = by("message");
let queue = Promise.resolve();
let last = "";
const listeners = [];

export function startChat() {
  log.append(welcome());
  by("say").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("input", showChips);
  onWords(showChips);
  showChips();
}

/** Call after each answer to a command, which may have changed what plans there are. */
export const onCommand = (listener) => listeners.push(listener);

/** Send a message as whoever is chosen; messages are answered in the order they were sent. */
export function send(text) {
  last = text;
  return inTurn(text, say);
}

/** Share a file as whoever is chosen; `refusal` is asked why it cannot be handed over, and says null where it can. */
export function share(file, refusal) {
  const { name } = file;
  const asking = async (said) => {
    const words = await refusal(file);
    if (words) throw new Trouble(null, words);
    return handOver(file, said);
  };
  return inTurn(word("sharing", { name }), asking, () => word("reading", { name }));
}

function inTurn(text, asking, progress = null) {
  const said = { text, person: person.id, conversation };
  put(mine(text));
  queue = queue.then(() => answered(said, asking, progress));
  return queue;
}

function submit() {
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  showChips();
  send(text);
  field.focus();
}

function onKey(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  } else if (event.key === "ArrowUp" && !field.value) {
    event.preventDefault();
    field.value = last;
    showChips();
  }
}

async function answered(said, asking, progress) {
  const waiting = put(theirs([worded("p", "thinking", { class: "unseen" }), dots()], null));
  const slow = progress && setTimeout(() => tellProgress(waiting, progress()), BEFORE_PROGRESS);
  log.setAttribute("aria-busy", "true");
  try {
    const answer = await asking(said);
    waiting.remove();
    put(theirs(folded(answerElements(answer, send)), answer.language));
    if (answer.changes.length) await loadPeople();
    if (said.text.startsWith("/")) await Promise.all(listeners.map((listener) => listener()));
  } catch (trouble) {
    waiting.remove();
    put(theirs([troubleOf(trouble)], standard));
  } finally {
    clearTimeout(slow);
    log.removeAttribute("aria-busy");
  }
}

/** Say in sight what takes long; a busy log would keep it from those who listen. */
function tellProgress(waiting, words) {
  log.removeAttribute("aria-busy");
  waiting.querySelector("p").replaceWith(make("p", { role: "status" }, words));
}

function troubleOf(trouble) {
  const number = trouble.number ?? null;
  const words = trouble.words ?? (number ? word("went_wrong", { number }) : word("unreachable"));
  return make("p", { class: "trouble" }, words);
}

/** Put a message last and in sight: an answer that is too long for that, from the question on. */
function put(message) {
  log.append(message);
  const isLong = message.offsetHeight > log.clientHeight * 0.7;
  const question = [...log.querySelectorAll(".mine")].at(-1) ?? message;
  if (isLong) question.scrollIntoView({ block: "start" });
  else message.scrollIntoView({ block: "nearest" });
  return message;
}

const clock = () => new Date().toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit" });

function mine(text) {
  const said = { name: nameOf(person), time: clock() };
  return make(
    "article",
    { class: "message mine" },
    make("h2", { class: "byline" }, make("span", { class: "unseen" }, word("from_you", said)), seen(`${said.name} · ${said.time}`)),
    make("div", { class: "bubble" }, make("p", {}, text)),
    face(person),
  );
}

function theirs(children, language) {
  const time = clock();
  return make(
    "article",
    { class: "message theirs" },
    make("h2", { class: "byline" }, make("span", { class: "unseen" }, word("from_bot", { time })), seen(`Planvakt · ${time}`)),
    make("div", { class: "bubble", lang: language }, ...children),
    make("img", { class: "face", src: "/logo.svg", alt: "", width: 36, height: 36 }),
  );
}

const seen = (text) => make("span", { "aria-hidden": "true" }, text);
const dots = () => make("div", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));

function welcome() {
  return theirs([worded("h3", "welcome"), worded("p", "welcome_file"), worded("p", "welcome_more")], null);
}

/** Suggestions: all of them in an empty field, else those that what is written may become. */
function showChips() {
  const written = field.value.trim().toLocaleLowerCase();
  const offered = written.startsWith("/") ? word("commands") : word("suggested");
  const fitting = offered.filter((text) => text.trim().toLocaleLowerCase() !== written && text.toLocaleLowerCase().includes(written));
  by("chips").replaceChildren(...fitting.map(chip));
  field.rows = Math.min(6, field.value.split("\n").length);
}

function chip(text) {
  return make("button", { type: "button", class: "chip", click: () => take(text) }, text.trim());
}

/** A suggestion that ends with a space wants more words; any other is sent. */
function take(text) {
  if (!text.endsWith(" ")) {
    field.value = "";
    send(text);
  } else {
    field.value = text;
  }
  showChips();
  field.focus();
}

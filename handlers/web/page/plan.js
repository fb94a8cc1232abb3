// The plans' own lists: what stands in them, as it is written, with status and doubts.

import { ask } from "./asking.js";
import { onCommand, send } from "./chat.js";
import { dayInWords, monthInWords, monthOf, parts } from "./days.js";
import { by, make } from "./dom.js";
import { openTab } from "./tabs.js";
import { onWords, word } from "./words.js";

let plans = [];
let items = [];
let isNew = true;

export async function startPlan() {
  onCommand(loadPlans);
  by("filters").addEventListener("submit", (event) => event.preventDefault());
  by("which-plan").addEventListener("change", showMonths);
  for (const id of ["which-plan", "which-month", "search"]) by(id).addEventListener("input", showItems);
  onWords(showAll);
  await loadPlans();
}

async function loadPlans() {
  plans = await ask("/api/plans");
  showAll();
}

/** Fetch the items anew, since an answer may have changed them. */
export async function showPlan() {
  items = await ask("/api/items");
  showMonths();
  showItems();
  if (isNew) by("items").querySelector(`[data-month="${thisMonth()}"]`)?.scrollIntoView();
  isNew = false;
}

const thisMonth = () => monthInWords(new Date().toLocaleDateString("sv").slice(0, 7));

function showAll() {
  by("loaded").replaceChildren(...plans.map(loaded));
  choices(by("which-plan"), [["", word("every_plan")], ...plans.map((plan) => [plan.short, `${plan.short} – ${rest(plan)}`])]);
  showMonths();
  showItems();
}

/** A plan's title, without the short name where it begins with that. */
const rest = (plan) => (plan.title.startsWith(`${plan.short} – `) ? plan.title.slice(plan.short.length + 3) : plan.title);

const loaded = (plan) => make("li", { lang: plan.language }, make("strong", {}, plan.short), ` ${rest(plan)}`);

const inPlan = () => items.filter((item) => ["", item.plan_short].includes(by("which-plan").value));

function showMonths() {
  const months = [...new Set(inPlan().flatMap((item) => (item.start ? [monthOf(item.start)] : [])))].sort();
  choices(by("which-month"), [["", word("every_month")], ...months.map((month) => [month, monthInWords(month)])]);
}

/** Put choices into a select, and keep what was chosen where it is still there. */
function choices(select, pairs) {
  const before = select.value;
  select.replaceChildren(...pairs.map(([value, text]) => make("option", { value }, text)));
  select.value = pairs.some(([value]) => value === before) ? before : "";
}

function showItems() {
  const month = by("which-month").value;
  const wanted = by("search").value.trim().toLocaleLowerCase();
  const shown = inPlan().filter((item) => isIn(item, month) && (!wanted || textOf(item).includes(wanted)));
  by("count").textContent = shown.length
    ? word(shown.length === 1 ? "count_one" : "count_many", { count: shown.length })
    : word("nothing");
  by("items").replaceChildren(...grouped(shown));
}

/** Whether an item lies in a month, wholly or in part. */
function isIn(item, month) {
  if (!month) return true;
  const [first, last] = [item.start ?? item.end, item.end ?? item.start];
  return first !== null && monthOf(first) <= month && month <= monthOf(last);
}

const textOf = (item) =>
  [item.key, item.title, item.date_text, item.comment, item.location, item.goal, ...item.responsible, ...item.audience]
    .join(" ")
    .toLocaleLowerCase();

function grouped(shown) {
  const groups = new Map();
  for (const item of shown.toSorted(order)) {
    const name = groupOf(item);
    groups.set(name, [...(groups.get(name) ?? []), row(item)]);
  }
  return [...groups].map(([name, rows]) => make("section", { "data-month": name }, make("h2", {}, name), make("ul", {}, ...rows)));
}

const groupOf = (item) => (item.start ? monthInWords(monthOf(item.start)) : word("undated"));

/** By first day; a whole month before its days, and what has no date last. */
function order(one, other) {
  const place = (item) => [item.start ?? "9999", item.precision === "day" ? "1" : "0", item.time_start ?? ""].join(" ");
  return place(one).localeCompare(place(other)) || one.id - other.id;
}

function row(item) {
  return make(
    "li",
    { class: `item ${item.status}`, lang: plans.find((plan) => plan.short === item.plan_short)?.language },
    leaf(item),
    make(
      "div",
      { class: "what" },
      make("strong", {}, item.title),
      ...details(item).map((text) => make("span", { class: "detail" }, text)),
      doubts(item),
    ),
    make("div", { class: "state" }, keyButton(item), state(item)),
  );
}

const isExact = (item) => item.start !== null && ["day", "range"].includes(item.precision);

/** The day as on a calendar's leaf; a vague time as it is written. */
function leaf(item) {
  if (!isExact(item)) {
    return make("div", { class: "leaf vague" }, item.date_text ?? word("undated"));
  }
  const { weekday, number } = parts(item.start);
  const end = item.end && item.end !== item.start ? word("until", { day: dayInWords(item.end) }) : null;
  return make(
    "div",
    { class: "leaf" },
    make("span", { class: "unseen" }, [dayInWords(item.start), end].filter(Boolean).join(" ")),
    make("span", { "aria-hidden": "true" }, weekday),
    make("b", { "aria-hidden": "true" }, number),
    end && make("span", { "aria-hidden": "true" }, end),
  );
}

function details(item) {
  const clock = [item.time_start, item.time_end].filter(Boolean).join("–").replaceAll(":", ".");
  const who = [
    item.responsible.length && word("responsible", { names: item.responsible.join(", ") }),
    item.audience.length && word("audience", { names: item.audience.join(", ") }),
  ];
  const isLeaf = isExact(item) && item.date_text;
  return [
    [clock, item.location, ...who].filter(Boolean).join(" · "),
    item.comment,
    isLeaf && word("as_written", { text: item.date_text }),
  ].filter(Boolean);
}

function doubts(item) {
  const found = item.issues.map((issue) => word(`doubts.${issue}`));
  return found.length ? make("span", { class: "doubt" }, word("doubt", { doubts: found.join(", ") })) : null;
}

function state(item) {
  if (item.cancelled) return make("span", { class: "pill dropped" }, word("cancelled"));
  const isMarkable = !["goal", "focus_area", "responsibility"].includes(item.kind);
  return isMarkable
    ? make("span", { class: `pill ${item.status}` }, word(`status.${item.status}`))
    : make("span", { class: "pill kind" }, word(`kind.${item.kind}`));
}

function keyButton(item) {
  const name = word("ask_about", { key: item.key });
  return make("button", { type: "button", class: "key", "aria-label": name, title: name, click: () => show(item) }, item.key);
}

function show(item) {
  openTab("chat");
  by("log").focus();
  send(`/tiltak vis ${item.key}`);
}

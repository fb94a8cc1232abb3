// Days without clocks: "2026-08-31" to weeks, months and words.

import { word } from "./words.js";

const DAY = 24 * 60 * 60 * 1000;

const moment = (day) => Date.parse(`${day}T00:00:00Z`);
const written = (at) => new Date(at).toISOString().slice(0, 10);

export const later = (day, days) => written(moment(day) + days * DAY);
export const monthOf = (day) => day.slice(0, 7);

/** The number of the ISO week that a day lies in. */
export function week(day) {
  const at = new Date(moment(day));
  const thursday = new Date(at.getTime() + (3 - ((at.getUTCDay() + 6) % 7)) * DAY);
  return 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / DAY / 7);
}

export function parts(day) {
  const at = new Date(moment(day));
  return {
    weekday: word("days")[(at.getUTCDay() + 6) % 7],
    number: `${at.getUTCDate()}.`,
    month: word("months")[at.getUTCMonth()],
    year: String(at.getUTCFullYear()),
  };
}

/** "man. 31. august" */
export function dayInWords(day) {
  const { weekday, number, month } = parts(day);
  return `${weekday} ${number} ${month}`;
}

/** "august 2026" of "2026-08" */
export function monthInWords(month) {
  const { month: name, year } = parts(`${month}-01`);
  return `${name} ${year}`;
}

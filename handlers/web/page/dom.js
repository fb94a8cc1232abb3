// Elements from plain values. What a plan or a person wrote goes in as text, never as markup.

export const by = (id) => document.getElementById(id);

/** Make an element; an attribute that is null or false is left out, a child that is null too. */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Keep a choice for the next visit; where the browser keeps nothing, it is chosen anew. */
export function keep(name, value) {
  try {
    localStorage.setItem(`planvakt.${name}`, value);
  } catch {
    return;
  }
}

export function kept(name) {
  try {
    return localStorage.getItem(`planvakt.${name}`);
  } catch {
    return null;
  }
}

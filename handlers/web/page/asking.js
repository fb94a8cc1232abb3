// What the page asks of the server: values come back, and trouble as an error that has words.

export class Trouble extends Error {
  /** `number` is what the server logged the trouble under; null where it was not reached. `words` say it outright. */
  constructor(number, words = null) {
    super(words ?? number ?? "unreachable");
    this.number = number;
    this.words = words;
  }
}

export const ask = (path, asked = {}) => fetched(`${path}?${new URLSearchParams(asked)}`);

export const say = (message) =>
  fetched("/api/say", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(message),
  });

/** Hand over a file as it is; `said` is who shares it, with which words. */
export const handOver = (file, said) =>
  fetched(`/api/file?${new URLSearchParams({ ...said, name: file.name })}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: file,
  });

async function fetched(path, how = {}) {
  let answer;
  try {
    answer = await fetch(path, how);
  } catch {
    throw new Trouble(null);
  }
  if (answer.ok) return answer.json();
  const told = answer.status === 500 ? await answer.json().catch(() => ({})) : {};
  throw new Trouble(told.error ?? String(answer.status));
}

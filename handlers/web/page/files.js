// Files, dropped anywhere on the page or chosen with the button: each is handed to the conversation.

import { share } from "./chat.js";
import { by } from "./dom.js";
import { openTab } from "./tabs.js";
import { word } from "./words.js";

const LARGEST = 50 * 1024 * 1024;

const place = by("drop");
const input = by("file");

export function startFiles() {
  by("attach").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    input.value = ""; // so that the same file can be chosen once more
    take(chosen);
  });
  addEventListener("dragenter", over);
  addEventListener("dragover", over);
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) place.hidden = true;
  });
  addEventListener("drop", dropped);
}

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

/** Without this the browser would leave the page and show the file. */
function over(event) {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  place.hidden = false;
}

function dropped(event) {
  place.hidden = true;
  if (!holdsFiles(event)) return;
  event.preventDefault();
  take([...event.dataTransfer.files]);
}

function take(files) {
  if (!files.length) return;
  openTab("chat");
  for (const file of files) share(file, refusalOf);
}

/** Why a file is not handed over, in words; null where it can be. */
async function refusalOf(file) {
  const { name } = file;
  if (file.size > LARGEST) return word("file_too_large", { name });
  try {
    await file.slice(0, 1).arrayBuffer();
    return null;
  } catch {
    return word("file_unreadable", { name }); // a folder, or moved since it was chosen
  }
}

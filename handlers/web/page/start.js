// Puts the page together.

import { startChat } from "./chat.js";
import { showDigest, startDigest } from "./digest.js";
import { by } from "./dom.js";
import { startFiles } from "./files.js";
import { loadPeople } from "./people.js";
import { showPlan, startPlan } from "./plan.js";
import { startTabs } from "./tabs.js";
import { choose, loadWords, show } from "./words.js";

const SHOWN = { chat: () => by("log").scrollTo(0, by("log").scrollHeight), digest: showDigest, plan: showPlan };

await loadWords();
show();
for (const input of document.querySelectorAll("input[name=standard]")) {
  input.addEventListener("change", () => choose(input.value));
}
await loadPeople();
startChat();
startFiles();
startDigest();
await startPlan();
startTabs((name) => SHOWN[name]());
document.documentElement.dataset.ready = "";

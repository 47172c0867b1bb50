// The conversation: example questions, copying an answer with its citations, downloads, and following an answer as it grows.
// Runs once, with Gradio's `element` and `trigger` of the conversation.
const FOLLOW_PX = 80;
const scroller = element.closest("#conversation");
let following = true;

scroller.addEventListener(
  "scroll",
  () => {
    following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < FOLLOW_PX;
  },
  { passive: true },
);
let turns = 0;
new MutationObserver(() => {
  const now = element.querySelectorAll(".turn").length;
  if (now > turns) following = true;
  turns = now;
  if (following) scroller.scrollTop = scroller.scrollHeight;
}).observe(element, { childList: true, subtree: true, characterData: true });

function sourcesOf(answer) {
  const sources = new Map();
  for (const chip of answer.querySelectorAll("a.cite")) {
    const { report, label, source } = chip.dataset;
    const heading = chip.title === source ? "" : ` › ${chip.title}`;
    sources.set(`${report} ${label}`, { shown: chip.textContent, words: `${source}${heading}`, address: chip.href });
  }
  return [...sources.values()];
}

function plainText(answer, heading) {
  const copy = answer.cloneNode(true);
  copy.querySelectorAll("a.cite").forEach((chip) => chip.replaceWith(`[${chip.dataset.cited}]`));
  copy.querySelectorAll("br").forEach((line) => line.replaceWith("\n"));
  const blocks = [...copy.querySelectorAll("p, li, h1, h2, h3, h4, h5, h6, tr")].filter((b) => !b.querySelector("p"));
  const lines = blocks.map((block) => (block.closest("blockquote") ? `> ${block.textContent}` : block.textContent).trim());
  const sources = sourcesOf(answer).map((s) => `[${s.shown}] ${s.words}\n${s.address}`);
  return [...lines, sources.length ? `${heading}\n${sources.join("\n")}` : ""].filter(Boolean).join("\n\n");
}

function richText(answer, heading) {
  const copy = answer.cloneNode(true);
  copy.querySelectorAll("a.cite").forEach((chip) => {
    const link = Object.assign(document.createElement("a"), { href: chip.href, textContent: `[${chip.dataset.cited}]` });
    chip.replaceWith(link);
  });
  const list = document.createElement("ul");
  for (const source of sourcesOf(answer)) {
    list.append(Object.assign(document.createElement("li"), { textContent: `[${source.shown}] ${source.words}` }));
  }
  const title = Object.assign(document.createElement("p"), { textContent: heading });
  return copy.innerHTML + title.outerHTML + list.outerHTML;
}

async function copy(button) {
  const answer = button.closest(".turn").querySelector(".answer");
  const words = button.textContent;
  try {
    const parts = { "text/plain": plainText(answer, button.dataset.sources), "text/html": richText(answer, button.dataset.sources) };
    const item = Object.fromEntries(Object.entries(parts).map(([type, text]) => [type, new Blob([text], { type })]));
    await navigator.clipboard.write([new ClipboardItem(item)]);
    button.textContent = button.dataset.done;
  } catch {
    button.textContent = button.dataset.failed;
  }
  setTimeout(() => (button.textContent = words), 1800);
}

element.addEventListener("click", (event) => {
  const example = event.target.closest("button.example");
  if (example) trigger("select", { question: example.textContent });
  const button = event.target.closest("button.copy");
  if (button) copy(button);
  const format = event.target.closest("button[data-export]");
  if (format) {
    const turns = [...element.querySelectorAll(".turn")];
    const turn = turns.indexOf(format.closest(".turn"));
    trigger("export", { format: format.dataset.export, turn: turn < 0 ? null : turn });
  }
});
// A menu that opens at the lower edge is moved into view.
element.addEventListener(
  "toggle",
  (event) => {
    if (event.target.open) event.target.querySelector(".formats")?.scrollIntoView({ block: "nearest" });
  },
  true,
);

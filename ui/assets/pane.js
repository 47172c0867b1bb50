// The report pane: loads a report, turns to a paragraph and marks the words that are cited. Runs once, with Gradio's
// `element`, `props`, `server` and `watch` of the pane. No answer ever redraws it.
const pane = element.querySelector(".pane");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const asked = new URLSearchParams(location.search);
let language = (asked.get("lang") || "").toLowerCase().startsWith("en") ? "en" : "zh";
let current = "";

// One thing at a time: a place asked for while a report loads is turned to once it is there.
let last = Promise.resolve();
function queued(step) {
  last = last.then(step, step);
  return last;
}

async function load(report) {
  pane.setAttribute("aria-busy", "true");
  const view = await server.report_view({ report, language });
  pane.innerHTML = view.html;
  pane.removeAttribute("aria-busy");
  current = view.id;
  say(view.message);
  return !view.message;
}

function say(message) {
  const line = pane.querySelector(".pane-message");
  if (!line) return;
  line.textContent = message || "";
  line.hidden = !message;
}

const find = (label) => pane.querySelector(`.sheet [data-label="${CSS.escape(label)}"]:not(a)`);

function unmark() {
  pane.querySelectorAll("mark").forEach((mark) => {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  });
  pane.querySelectorAll(".target").forEach((target) => target.classList.remove("target"));
}

// Wraps the words of `quote` in <mark>, across the elements they run through. Returns the first, or null if they are not there.
function mark(target, quote) {
  const words = target.querySelector(".words") || target;
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, start: text.length });
    text += walker.currentNode.data;
  }
  const start = quote ? text.indexOf(quote) : -1;
  if (start < 0) return null;
  const end = start + quote.length;
  let first = null;
  for (const { node, start: at } of nodes) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, node.length);
    if (from >= to) continue;
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const wrapper = document.createElement("mark");
    range.surroundContents(wrapper);
    first ||= wrapper;
  }
  return first;
}

function turnTo(target, words) {
  const body = pane.querySelector(".pane-body");
  const place = (words || target).getBoundingClientRect();
  const top = place.top - body.getBoundingClientRect().top + body.scrollTop - body.clientHeight * 0.28;
  body.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
}

// Opens a paragraph, in another report if need be. `label` may be empty: then only the report is opened.
async function open({ report = current, label, quote, focus }) {
  document.dispatchEvent(new CustomEvent("pincite:open"));
  if (report && report !== current && !(await load(report))) return;
  unmark();
  say("");
  keepAddress(label);
  if (!label) return;
  const target = find(label);
  if (!target) {
    say((pane.querySelector(".pane-message")?.dataset.missing || "{label}").replace("{label}", label));
    return;
  }
  target.classList.add("target");
  turnTo(target, mark(target, quote));
  if (focus) target.focus({ preventScroll: true });
}

function keepAddress(label) {
  const address = new URL(location.href);
  address.searchParams.set("report", current);
  if (label) address.searchParams.set("p", label);
  else address.searchParams.delete("p");
  history.replaceState(null, "", address);
}

// What a reader may type for 12(c): 第12（c）段, para. 12 (c), １２(c).
function labelTyped(text) {
  const plain = text.normalize("NFKC").replace(/\s+/g, "");
  const number = plain.replace(/^(第|paragraphs?|paras?\.?)/i, "").replace(/段$/, "");
  return [text.trim(), plain, number].find((label) => label && find(label)) || number;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.cite, a.note-mark, a.number, a.reference, a.newest, a.open[data-report]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  document.querySelectorAll("a.cite.opened").forEach((chip) => chip.classList.remove("opened"));
  if (link.matches(".cite")) link.classList.add("opened");
  const here = link.matches(".newest") ? pane.querySelector(".sheet .target") : link.closest("[data-label]:not(a)");
  const own = here?.dataset.label || "";
  const { report, label = own, quote = "" } = link.dataset;
  queued(() => open({ report, label, quote, focus: event.detail === 0 }));
});
pane.addEventListener("change", (event) => {
  const report = event.target.value;
  if (event.target.matches(".chooser")) queued(() => open({ report }));
});
pane.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = event.target.elements.p.value;
  if (typed.trim()) queued(() => open({ label: labelTyped(typed) }));
});

// The same report again, with other words around it or without what was removed: the reader stays where they are.
async function reload() {
  const top = pane.querySelector(".pane-body")?.scrollTop || 0;
  const target = pane.querySelector(".target")?.dataset.label;
  const report = current;
  await load(current);
  if (report !== current) return;
  if (target) find(target)?.classList.add("target");
  pane.querySelector(".pane-body")?.scrollTo({ top });
}

watch("value", () => {
  const { language: now, open: added } = props.value;
  language = now;
  queued(async () => (added ? (await load(added)) && keepAddress("") : reload()));
});

queued(async () => {
  const there = await load(asked.get("report") || "");
  if (there && asked.get("p")) await open({ label: asked.get("p") });
});

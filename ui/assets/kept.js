// The drawer of kept conversations: opened from the bar, searched as one types, renamed in place; deleting takes two clicks.
// Runs once, with Gradio's `element`, `trigger` and `watch` of the list.
const SURE_MS = 4000;
const TYPING_MS = 200;
const FRAMES = 20;
const drawer = () => document.getElementById("kept");
const opener = () => document.querySelector(".open-kept");
const box = () => drawer().querySelector(".kept-search");
const isOpen = () => document.body.classList.contains("kept-drawer");
let typing = 0;

function act(what, more = {}) {
  trigger("act", { do: what, search: box()?.value || "", ...more });
}

function show(open) {
  document.body.classList.toggle("kept-drawer", open);
  drawer().inert = !open;
  opener()?.setAttribute("aria-expanded", String(open));
  if (!open) return;
  act("list");
  focusBox(FRAMES);
}

// What was hidden a moment ago takes no focus until its style has changed.
function focusBox(frames) {
  box()?.focus();
  if (frames && isOpen() && document.activeElement !== box()) requestAnimationFrame(() => focusBox(frames - 1));
}

function close() {
  const inside = drawer().contains(document.activeElement);
  show(false);
  if (inside) opener()?.focus();
}

// The first click on a button that deletes asks, the second does it.
function sure(button) {
  if (button.classList.contains("sure")) {
    button.disabled = true;
    return true;
  }
  const words = button.textContent;
  button.classList.add("sure");
  button.textContent = button.dataset.sure;
  setTimeout(() => {
    button.classList.remove("sure");
    button.textContent = words;
  }, SURE_MS);
  return false;
}

function rename(row, label) {
  const name = row.querySelector(".kept-show");
  const words = name.textContent;
  const input = Object.assign(document.createElement("input"), { className: "kept-name", value: words, maxLength: 100 });
  input.setAttribute("aria-label", label);
  let over = false;
  const end = (keep) => {
    if (over) return;
    over = true;
    const typed = input.value.trim();
    input.replaceWith(name);
    if (!keep || !typed || typed === words) return;
    name.textContent = typed;
    act("rename", { id: row.dataset.id, name: typed });
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") end(true);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    end(false);
  });
  input.addEventListener("blur", () => end(true));
  name.replaceWith(input);
  input.focus();
  input.select();
}

document.addEventListener("click", (event) => {
  const target = event.target;
  if (!target.closest) return;
  if (target.closest(".open-kept")) return isOpen() ? close() : show(true);
  if (!target.closest("#kept")) {
    if (isOpen() && target.isConnected) show(false);
    return;
  }
  const row = target.closest("li[data-id]");
  const button = target.closest("button");
  if (!button) return;
  if (button.matches(".close-kept")) close();
  if (button.matches(".kept-new")) {
    document.querySelector("#clear")?.click();
    show(false);
    document.querySelector("#question textarea")?.focus();
  }
  if (button.matches(".kept-show")) {
    act("open", { id: row.dataset.id });
    show(false);
    document.querySelector("#question textarea")?.focus();
  }
  if (button.matches(".kept-rename")) rename(row, button.dataset.label);
  if (button.matches(".kept-delete") && sure(button)) act("delete", { id: row.dataset.id });
  if (button.matches(".kept-all") && sure(button)) act("delete-all");
});
document.addEventListener("input", (event) => {
  if (!event.target.matches?.(".kept-search")) return;
  clearTimeout(typing);
  typing = setTimeout(() => act("list"), TYPING_MS);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isOpen()) close();
});

function labelled() {
  const column = drawer();
  if (!column) return;
  column.inert = !isOpen();
  column.setAttribute("role", "dialog");
  column.setAttribute("aria-label", column.querySelector("h2")?.textContent || "");
}
watch("value", labelled);
requestAnimationFrame(() => (drawer() ? labelled() : setTimeout(labelled, 200)));

// The bar and the drawer: which pane shows on a narrow screen, the library, the language. Runs once, with Gradio's
// `element`, `trigger` and `watch` of the bar.
const PATIENCE_MS = 3000;
const root = document.documentElement;
const asked = (new URLSearchParams(location.search).get("lang") || "").toLowerCase().startsWith("en") ? "en" : "zh";
const library = () => document.getElementById("library");
const language = () => element.querySelector(".bar")?.dataset.language || "zh";

function showView(view) {
  document.body.dataset.view = view;
  element.querySelectorAll("[data-view]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.view === view)));
}

function showLibrary(open) {
  const drawer = library();
  if (!drawer) return;
  document.body.classList.toggle("library-open", open);
  drawer.inert = !open;
  drawer.setAttribute("role", "dialog");
  drawer.setAttribute("aria-label", drawer.querySelector("h2")?.textContent || "");
  element.querySelector(".open-library")?.setAttribute("aria-expanded", String(open));
  if (open) drawer.querySelector(".close-library")?.focus();
}

function labelled() {
  root.lang = language() === "en" ? "en" : "zh-CN";
  if (language() === asked) root.classList.remove("pincite-waits");
  showView(document.body.dataset.view || "chat");
  showLibrary(document.body.classList.contains("library-open"));
}

element.addEventListener("click", (event) => {
  const view = event.target.closest("[data-view]");
  if (view) showView(view.dataset.view);
  if (event.target.closest(".open-library")) showLibrary(!document.body.classList.contains("library-open"));
  if (event.target.closest(".language")) {
    const address = new URL(location.href);
    address.searchParams.set("lang", language() === "en" ? "zh" : "en");
    history.replaceState(null, "", address);
    trigger("language");
  }
});
document.addEventListener("click", (event) => {
  const inDrawer = event.target.closest?.("#library, .open-library");
  if (event.target.closest?.(".close-library")) {
    showLibrary(false);
    element.querySelector(".open-library")?.focus();
  } else if (!inDrawer && event.target.isConnected && document.body.classList.contains("library-open")) {
    showLibrary(false);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("library-open")) {
    showLibrary(false);
    element.querySelector(".open-library")?.focus();
  }
});
document.addEventListener("pincite:open", () => showView("report"));

// A page asked for in English waits for its texts instead of showing the Chinese ones first.
if (asked !== language()) {
  root.classList.add("pincite-waits");
  setTimeout(() => root.classList.remove("pincite-waits"), PATIENCE_MS);
}
watch("value", labelled);
requestAnimationFrame(() => (library() ? labelled() : setTimeout(labelled, 200)));

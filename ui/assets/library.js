// The list of reports: removing one takes two clicks on its button; files can be dropped on the drawer. Runs once, with
// Gradio's `element`, `trigger` and `watch` of the list.
const SURE_MS = 4000;

element.addEventListener("click", (event) => {
  const button = event.target.closest("button.remove");
  if (!button) return;
  if (button.classList.contains("sure")) {
    button.disabled = true;
    trigger("discard", { report: button.dataset.report });
    return;
  }
  const words = button.textContent;
  button.classList.add("sure");
  button.textContent = button.dataset.sure;
  setTimeout(() => {
    button.classList.remove("sure");
    button.textContent = words;
  }, SURE_MS);
});

const input = () => document.querySelector("#library input[type=file]");
const suggestFormats = () => input()?.setAttribute("accept", element.querySelector("[data-accept]")?.dataset.accept || "");
watch("value", suggestFormats);
requestAnimationFrame(suggestFormats);

document.addEventListener("dragover", (event) => {
  if (!event.target.closest?.("#library")) return;
  event.preventDefault();
  document.getElementById("library").classList.add("dropping");
});
document.addEventListener("dragleave", () => document.getElementById("library")?.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  if (!event.target.closest?.("#library")) return;
  event.preventDefault();
  document.getElementById("library").classList.remove("dropping");
  const files = input();
  if (!files || !event.dataTransfer.files.length) return;
  files.files = event.dataTransfer.files;
  files.dispatchEvent(new Event("change", { bubbles: true }));
});

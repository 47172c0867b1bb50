// The choices beside the question: what is ticked or typed is sent at once, and said in the line above. Runs once, with
// Gradio's `element`, `trigger` and `watch` of the choices.
const TYPING_MS = 150;
const KINDS = ["collections", "reports", "years", "languages"];
const details = () => element.querySelector("details.scope");
const boxes = (kind) => [...element.querySelectorAll(`input[name="${kind}"]:checked`)];
const section = () => element.querySelector('input[name="section"]');
let typing = 0;

// A question takes along what is chosen as it is asked, so that it never overtakes the choice.
const chosen = () => ({
  ...Object.fromEntries(KINDS.map((kind) => [kind, boxes(kind).map((box) => box.value)])),
  section: section().value.trim(),
});
window.pinciteChosen = chosen;

function send() {
  clearTimeout(typing);
  const words = KINDS.flatMap((kind) => boxes(kind).map((box) => box.nextElementSibling.textContent));
  const typed = section().value.trim();
  const shown = [...words, ...(typed ? [typed] : [])];
  const separator = document.documentElement.lang === "en" ? ", " : "、";
  element.querySelector(".scope-chosen").textContent = shown.join(separator) || details().dataset.all;
  trigger("keep", chosen());
}

element.addEventListener("change", send);
element.addEventListener("input", (event) => {
  if (event.target !== section()) return;
  clearTimeout(typing);
  typing = setTimeout(send, TYPING_MS);
});
element.addEventListener("click", (event) => {
  if (!event.target.closest(".scope-clear")) return;
  element.querySelectorAll("input:checked").forEach((box) => (box.checked = false));
  section().value = "";
  send();
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === section()) details().open = false;
  if (event.key !== "Escape" || !details().open) return;
  details().open = false;
  details().querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (details()?.open && event.target.isConnected && !element.contains(event.target)) details().open = false;
});

// What is open stays open when the choices are drawn anew: in another language, or for another library.
let open = false;
element.addEventListener("toggle", () => (open = details().open), true);
watch("value", () => {
  if (open && details()) details().open = true;
});

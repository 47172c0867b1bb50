// A file that the server hands over, saved by the browser. Runs once, with Gradio's `props` and `watch` of the hidden element.
const KEPT_MS = 10000;
watch("value", () => {
  const { name, type, data } = props.value || {};
  if (!data) return;
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
});

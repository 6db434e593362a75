// The agent's keys, also those pressed inside the headset's frame.
(() => {
  const { choose, send, leaveFields } = raccroche.desk;
  const commands = {
    KeyR: "[data-post='/desk/hangup']",
    KeyM: "[data-post='/desk/message']",
    KeyP: "[data-post='/desk/pass']",
    KeyJ: "[data-presence-to]",
    KeyZ: "[data-open-last]",
  };
  const written = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])";

  const press = (selector) => {
    const button = document.querySelector(selector);
    button?.click();
    return button !== null;
  };
  /** The name of an outcome's key, whatever the keyboard writes with it: no Shift is needed for a digit. */
  const nameOf = ({ key, code = "" }) => (key.length > 1
    ? undefined
    : code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1] ?? key.toUpperCase());

  const onPlainKey = (event) => {
    const typing = event.target?.matches?.(written) ?? false;
    if (event.key === "Escape") return typing && leaveFields(event.target);
    return !typing && choose(nameOf(event));
  };
  /** Whether the key meant something here; what a browser does with its own keys stays the browser's. */
  const onKey = (event) => {
    const { key, code, ctrlKey, altKey, metaKey, repeat } = event;
    if (repeat || metaKey || document.querySelector("dialog[open]")) return false;
    if (!ctrlKey && !altKey) return onPlainKey(event);
    if (ctrlKey && altKey) return false;
    const name = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : code;
    if (ctrlKey && key === "Enter" && document.getElementById("outcome")) {
      send("READY");
      return true;
    }
    return altKey && name in commands ? press(commands[name]) : false;
  };
  document.addEventListener("keydown", (event) => { if (onKey(event)) event.preventDefault(); });

  raccroche.desk.onKey = onKey;
})();

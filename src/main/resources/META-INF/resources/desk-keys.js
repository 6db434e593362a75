// The agent's keys, also those pressed inside the headset's frame.
(() => {
  const { choose, send } = raccroche.desk;
  const buttons = { KeyR: "/desk/hangup", KeyM: "/desk/message", KeyP: "/desk/pass" };

  const press = (selector) => {
    const button = document.querySelector(selector);
    button?.click();
    return button !== null;
  };

  /** Whether the key meant something here. */
  const onKey = ({ key, code, ctrlKey, altKey, repeat }) => {
    if (repeat) return false;
    if (choose(key)) return true;
    if (key === "Enter" && ctrlKey && document.getElementById("outcome")) {
      send("READY");
      return true;
    }
    return altKey && code in buttons ? press(`[data-post='${buttons[code]}']`) : false;
  };
  document.addEventListener("keydown", (event) => { if (onKey(event)) event.preventDefault(); });

  raccroche.desk.onKey = onKey;
})();

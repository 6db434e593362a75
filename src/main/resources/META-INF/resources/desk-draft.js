// What is typed about a call is kept: at the server as one goes, in the other tabs, and here while the page is read again.
(() => {
  const { post } = raccroche.desk;
  const form = () => document.getElementById("outcome");
  const hidden = ["actionId", "attemptId"];
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("raccroche-draft") : undefined;
  let timer;
  let unsaved = 0;
  let held = false;

  const say = (text) => {
    const state = document.getElementById("draft-state");
    if (state) state.textContent = text;
  };

  const typed = () => {
    const fields = [...new FormData(form())].filter(([name]) => !hidden.includes(name));
    return JSON.stringify(Object.fromEntries(fields));
  };
  const save = (options) => post("/desk/draft", { attemptId: form().dataset.attempt, draft: typed() }, options);
  const fateOf = (response) => {
    if (response?.ok) return "Brouillon gardé";
    return response ? "Brouillon gardé dans cet onglet seulement" : "Brouillon pas encore gardé, nouvel essai…";
  };

  /** Keeps what is typed, once nothing was typed for a moment; other tabs show it at once. */
  const keep = (delay = 600) => {
    clearTimeout(timer);
    unsaved++;
    tabs?.postMessage({ attempt: form().dataset.attempt, draft: typed() });
    timer = setTimeout(async () => {
      if (!form() || held) return;
      const saved = unsaved;
      const response = await save();
      if (held) return;
      say(fateOf(response));
      if (!response) keep(2000);
      else if (response.ok && unsaved === saved) unsaved = 0;
    }, delay);
  };
  /** Nothing is kept while the answer itself is on its way. */
  const hold = () => {
    held = true;
    clearTimeout(timer);
  };
  const release = () => { held = false; };
  /** The answer is recorded: its draft is not needed any more. */
  const forget = () => { unsaved = 0; };

  /* a page that is read again at once must find what the server may not have yet */
  const lastWords = () => `draft-${form().dataset.attempt}`;
  window.addEventListener("pagehide", () => {
    if (!unsaved || !form()) return;
    sessionStorage.setItem(lastWords(), typed());
    save({ keepalive: true });
  });

  const fill = (field, value) => {
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
    else field.value = value ?? "";
  };
  /** Shows a draft: what it does not name is empty. */
  const show = (draft) => {
    const values = JSON.parse(draft);
    for (const field of form().querySelectorAll("[name]:not([type=hidden], button)")) fill(field, values[field.name]);
  };
  const restore = () => {
    if (!form()) return;
    const draft = sessionStorage.getItem(lastWords()) ?? form().dataset.draft;
    sessionStorage.removeItem(lastWords());
    if (draft) show(draft);
  };
  tabs?.addEventListener("message", ({ data }) => {
    if (form()?.dataset.attempt !== data.attempt || held) return;
    show(data.draft);
    raccroche.desk.showDetails();
    say("Saisi dans un autre onglet");
  });

  raccroche.desk.draft = { say, keep, hold, release, forget, restore };
})();

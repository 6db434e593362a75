// The agent's desk: follows the server's hints, keeps what is typed, works by keyboard.
(() => {
  const desk = document.getElementById("desk");
  const form = () => document.getElementById("outcome");
  const post = async (path, fields = {}) => {
    try {
      const response = await fetch(path, { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" } });
      if (response.status === 401) location.assign("/login");
      return response;
    } catch {
      raccroche.notify("Le serveur ne répond pas. Rien n'est perdu : réessayez dans un instant.");
      return null;
    }
  };
  const act = async (path, fields) => {
    const response = await post(path, fields);
    if (response && !response.ok) raccroche.notify(await raccroche.problemOf(response));
    refresh();
  };

  /* what is shown */
  let reading = false, again = false;
  const refresh = async () => {
    if (reading) { again = true; return; }
    reading = true;
    try {
      const response = await fetch("/desk/status", { headers: { "HX-Request": "true" } });
      if (response.status === 401) { location.assign("/login"); return; }
      if (!response.ok) return;
      document.getElementById("status").outerHTML = await response.text();
      tick();
      const key = document.getElementById("status").dataset.key;
      if (key !== desk.dataset.key) await show(key);
    } catch {
      /* away for a moment: the next hint or the next look reads again */
    } finally {
      reading = false;
      if (again) { again = false; refresh(); }
    }
  };
  const show = async (key) => {
    const response = await fetch("/desk/work", { headers: { "HX-Request": "true" } });
    if (!response.ok) return;
    document.getElementById("work").outerHTML = await response.text();
    desk.dataset.key = document.getElementById("work").dataset.key;
    prepare();
    if (desk.dataset.key !== key) again = true;
  };
  const hints = () => {
    const source = new EventSource("/desk/events");
    source.onmessage = refresh;
    source.onopen = refresh;
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(hints, 2000); };
  };

  /* the outcome form */
  const details = () => {
    const chosen = form()?.elements.outcome.value;
    for (const detail of document.querySelectorAll(".desk-detail")) detail.hidden = detail.dataset.for !== chosen;
  };
  const choose = (value) => {
    const choice = form()?.querySelector(`input[name=outcome][value=${value}]`);
    if (!choice) return false;
    choice.checked = true;
    details();
    keep();
    const field = document.querySelector(`.desk-detail[data-for=${value}]`)?.querySelector("select, input");
    (field ?? form().elements.note).focus();
    return true;
  };
  const fields = () => Object.fromEntries([...new FormData(form())].filter(([name]) => name !== "actionId" && name !== "attemptId"));
  let timer;
  const keep = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (!form()) return;
      const response = await post("/desk/draft", { attemptId: form().dataset.attempt, draft: JSON.stringify(fields()) });
      const state = document.getElementById("draft-state");
      if (state) state.textContent = response?.ok ? "Brouillon gardé" : "Brouillon pas encore gardé";
    }, 600);
  };
  const restore = () => {
    const draft = form()?.dataset.draft;
    if (!draft) return;
    for (const [name, value] of Object.entries(JSON.parse(draft))) {
      const field = form().elements[name];
      if (field) field.value = value;
    }
    details();
  };
  const prepare = () => {
    restore();
    details();
    const phase = document.getElementById("work").dataset.phase;
    if (phase === "talk") form().querySelector("input[name=outcome]").focus({ preventScroll: true });
    if (phase === "preview") document.querySelector("[data-post='/desk/call']").focus();
  };
  const send = async (next) => {
    clearTimeout(timer);
    const buttons = form().querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    const response = await post("/desk/outcome", { ...Object.fromEntries(new FormData(form())), next });
    buttons.forEach((button) => { button.disabled = false; });
    if (response && !response.ok) {
      const error = document.getElementById("outcome-error");
      error.textContent = await raccroche.problemOf(response);
      error.hidden = false;
    }
    refresh();
  };

  desk.addEventListener("input", (event) => { if (event.target.form?.id === "outcome") { details(); keep(); } });
  desk.addEventListener("submit", (event) => {
    if (event.target.id !== "outcome") return;
    event.preventDefault();
    send(event.submitter?.value ?? "READY");
  });
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.post) act(button.dataset.post);
    if (button.dataset.presenceTo) {
      const campaign = document.getElementById("campaign")?.value;
      act("/desk/presence", { state: button.dataset.presenceTo, ...(campaign ? { campaign } : {}) });
    }
  });
  const keys = { F1: "IN_SOLUTION", F2: "REFERRAL", F3: "NO_REFERRAL", F4: "CALLBACK", F5: "WRONG_NUMBER", F6: "THIRD_PARTY", F7: "REFUSED", F8: "OBJECTED", F9: "VOICEMAIL", F10: "INTERRUPTED" };
  document.addEventListener("keydown", (event) => {
    if (keys[event.key] && choose(keys[event.key])) event.preventDefault();
    if (event.key === "Enter" && event.ctrlKey && form()) { event.preventDefault(); send("READY"); }
    if (event.altKey && event.code === "KeyR") {
      const hangUp = document.querySelector("[data-post='/desk/hangup']");
      if (hangUp) { event.preventDefault(); hangUp.click(); }
    }
  });

  /* how long, in business time: the demo's clock is not the machine's */
  let offset = 0;
  const tick = () => {
    const time = document.querySelector(".desk-timer");
    if (!time) return;
    if (time.dataset.now) { offset = Date.parse(time.dataset.now) - Date.now(); delete time.dataset.now; }
    const seconds = Math.max(0, Math.floor((Date.now() + offset - Date.parse(time.dataset.since)) / 1000));
    time.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  };
  setInterval(tick, 1000);
  setInterval(refresh, 20000);

  /* the headset: a frame that stands in for it, or the browser's own phone */
  const frame = document.getElementById("softphone");
  const handToken = async () => {
    const response = await fetch("/desk/voice-token");
    if (!response.ok) return;
    const { token } = await response.json();
    frame.contentWindow.postMessage({ type: "raccroche-token", token }, new URL(frame.src).origin);
  };
  if (frame) {
    frame.addEventListener("load", handToken);
    window.addEventListener("message", (event) => {
      if (event.origin === new URL(frame.src).origin && event.data?.type === "raccroche-audio") refresh();
      if (event.origin === new URL(frame.src).origin && event.data?.type === "raccroche-ready") handToken();
    });
    handToken();
  }

  prepare();
  tick();
  hints();
})();

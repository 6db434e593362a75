// The agent's desk: follows the server's hints, keeps what is typed, works by keyboard.
(() => {
  const desk = document.getElementById("desk");
  const form = () => document.getElementById("outcome");
  const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

  /** The server's answer, or null while it is away: not reached, or a proxy speaks for it. */
  const post = async (path, fields = {}, options = {}) => {
    try {
      const response = await fetch(path, { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" }, ...options });
      if (response.status === 401) location.assign("/login");
      return [502, 503, 504].includes(response.status) ? null : response;
    } catch {
      return null;
    }
  };
  const act = async (path, fields) => {
    const response = await post(path, fields);
    if (!response) raccroche.notify("Le serveur ne répond pas. Rien n'est perdu : réessayez dans un instant.");
    else if (!response.ok) raccroche.notify(await raccroche.problemOf(response));
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
      renew(await response.text());
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
  /** The status is read again at any moment: a choice half made, and the focus, stay. */
  const renew = (html) => {
    const held = document.activeElement.closest("#status") ? document.activeElement : null;
    const chosen = document.getElementById("campaign")?.value;
    document.getElementById("status").outerHTML = html;
    const campaign = document.getElementById("campaign");
    if ([...campaign?.options ?? []].some((option) => option.value === chosen)) campaign.value = chosen;
    if (held) document.querySelector(held.id ? `#${held.id}` : `#status button[data-post="${held.dataset.post}"], #status button[data-presence-to="${held.dataset.presenceTo}"]`)?.focus();
  };
  const show = async (key) => {
    const response = await fetch("/desk/work", { headers: { "HX-Request": "true" } });
    if (!response.ok) return;
    document.getElementById("work").outerHTML = await response.text();
    desk.dataset.key = document.getElementById("work").dataset.key;
    prepare();
    if (desk.dataset.key !== key) again = true;
  };
  let away, awayNotice;
  const back = () => {
    clearTimeout(away);
    away = undefined;
    awayNotice?.remove();
    awayNotice = undefined;
  };
  const hints = () => {
    const source = new EventSource("/desk/events");
    source.onmessage = refresh;
    source.onopen = () => { back(); refresh(); };
    source.onerror = () => {
      away ??= setTimeout(() => { awayNotice = raccroche.notify("Connexion au serveur perdue. Ce que vous tapez est gardé ici ; la page reprend toute seule."); }, 1500);
      if (source.readyState === EventSource.CLOSED) setTimeout(hints, 2000);
    };
  };

  /* the outcome form */
  /** How full each half hour is; read once for a call, when a callback is first thought of. */
  const slots = async () => {
    const place = document.getElementById("slots");
    if (!place || place.dataset.read) { pressed(); return; }
    place.dataset.read = "yes";
    try {
      const response = await fetch("/desk/slots", { headers: { "HX-Request": "true" } });
      if (response.ok) place.innerHTML = await response.text();
      else delete place.dataset.read;
    } catch {
      delete place.dataset.read; /* the moment can still be typed */
    }
    pressed();
  };
  const pressed = () => {
    const at = form()?.elements.callbackAt?.value;
    for (const slot of document.querySelectorAll("[data-slot]")) slot.setAttribute("aria-pressed", String(slot.dataset.slot === at));
  };
  const details = () => {
    const chosen = form()?.elements.outcome.value;
    for (const detail of document.querySelectorAll(".desk-detail")) detail.hidden = detail.dataset.for !== chosen;
    if (chosen === "CALLBACK") slots();
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
  const say = (text) => {
    const state = document.getElementById("draft-state");
    if (state) state.textContent = text;
  };
  let timer, unsaved = 0;
  const typed = () => JSON.stringify(fields());
  const saveDraft = (options) => post("/desk/draft", { attemptId: form().dataset.attempt, draft: typed() }, options);
  const keep = (delay = 600) => {
    clearTimeout(timer);
    unsaved++;
    timer = setTimeout(async () => {
      if (!form() || sending) return;
      const saved = unsaved;
      const response = await saveDraft();
      if (sending) return;
      say(response?.ok ? "Brouillon gardé" : "Brouillon pas encore gardé, nouvel essai…");
      if (!response) keep(2000);
      else if (unsaved === saved) unsaved = 0;
    }, delay);
  };
  /* a page that is read again at once must find what the server may not have yet */
  const lastWords = () => `draft-${form().dataset.attempt}`;
  window.addEventListener("pagehide", () => {
    if (!unsaved || !form()) return;
    sessionStorage.setItem(lastWords(), typed());
    saveDraft({ keepalive: true });
  });
  const restore = () => {
    if (!form()) return;
    const draft = sessionStorage.getItem(lastWords()) ?? form().dataset.draft;
    sessionStorage.removeItem(lastWords());
    if (!draft) return;
    for (const [name, value] of Object.entries(JSON.parse(draft))) {
      for (const field of form().querySelectorAll(`[name="${name}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
        else field.value = value;
      }
    }
    details();
  };
  const prepare = () => {
    restore();
    details();
    const phase = document.getElementById("work").dataset.phase;
    if (phase === "talk") (form().querySelector("input[name=outcome]:checked") ?? form().querySelector("input[name=outcome]")).focus({ preventScroll: true });
    if (phase === "caller") document.getElementById("caller").focus({ preventScroll: true });
    if (phase === "preview") document.querySelector("[data-post='/desk/call']").focus();
  };
  let sending = false, recorded;
  /** Once per call: a second click or key changes nothing, and a server that is away is asked again. */
  const send = async (next) => {
    const sent = form();
    if (sending || !sent || sent.dataset.attempt === recorded) return;
    sending = true;
    clearTimeout(timer);
    const buttons = sent.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    const error = document.getElementById("outcome-error");
    error.hidden = true;
    const answers = { ...Object.fromEntries(new FormData(sent)), next };
    let response = null;
    for (let again = 0; !response && again < 20; again++) {
      if (again > 0) {
        say("Le serveur ne répond pas. Rien n'est perdu, nouvel essai…");
        await pause(1500);
      }
      response = await post("/desk/outcome", answers);
    }
    say("");
    if (response?.ok) {
      recorded = sent.dataset.attempt;
      unsaved = 0;
      say("Enregistré");
    } else {
      error.textContent = response ? await raccroche.problemOf(response) : "Le serveur ne répond pas. Votre saisie reste ici : enregistrez de nouveau dans un instant.";
      error.hidden = false;
      buttons.forEach((button) => { button.disabled = false; });
      [...document.querySelectorAll(".desk-detail:not([hidden]) :is(input, select)")].find((field) => field.type === "radio" ? !sent.elements[field.name].value : !field.value)?.focus();
    }
    sending = false;
    refresh();
  };

  /** One message for one call: what follows on the screen is the next youth. */
  const leaveMessage = async (button) => {
    const { attempt, action } = button.dataset;
    if (sending || attempt === recorded) return;
    sending = true;
    clearTimeout(timer);
    const response = await post("/desk/message", { attemptId: attempt, actionId: action });
    if (response?.ok) {
      recorded = attempt;
      unsaved = 0;
      announce("Le message est laissé.");
    } else {
      raccroche.notify(response ? await raccroche.problemOf(response) : "Le serveur ne répond pas. Rien n'est perdu : réessayez dans un instant.");
    }
    sending = false;
    refresh();
  };

  desk.addEventListener("input", (event) => { if (event.target.form?.id === "outcome") { details(); keep(); } });
  /** Who may be ringing: names are posted, they stand in no address. */
  const search = async (asked) => {
    const response = await post("/desk/caller/search", Object.fromEntries(new FormData(asked)), { headers: { Accept: "text/html, application/problem+json", "HX-Request": "true" } });
    const error = document.getElementById("caller-error");
    const found = document.getElementById("caller-found");
    if (!error || !found) return;
    error.hidden = response?.ok === true;
    error.textContent = response ? "Vérifiez le nom et la date de naissance." : "Le serveur ne répond pas. Réessayez dans un instant.";
    found.innerHTML = response?.ok ? await response.text() : "";
  };
  desk.addEventListener("submit", (event) => {
    if (event.target.id === "caller-search") {
      event.preventDefault();
      search(event.target);
    }
    if (event.target.id !== "outcome") return;
    event.preventDefault();
    send(event.submitter?.value ?? "READY");
  });
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.slot) {
      form().elements.callbackAt.value = button.dataset.slot;
      pressed();
      keep();
    }
    if (button.dataset.post === "/desk/message") leaveMessage(button);
    else if (button.dataset.post) {
      const self = document.querySelector("input[name=self]:checked")?.value;
      act(button.dataset.post, { ...JSON.parse(button.dataset.fields ?? "{}"), ...(self ? { self } : {}) });
    }
    if (button.dataset.presenceTo) {
      const campaign = document.getElementById("campaign")?.value;
      act("/desk/presence", { state: button.dataset.presenceTo, ...(campaign ? { campaign } : {}) });
    }
  });
  const keys = { F1: "IN_SOLUTION", F2: "REFERRAL", F3: "NO_REFERRAL", F4: "CALLBACK", F5: "WRONG_NUMBER", F6: "THIRD_PARTY", F7: "REFUSED", F8: "OBJECTED", F9: "VOICEMAIL", F10: "INTERRUPTED" };
  const press = (selector) => {
    const button = document.querySelector(selector);
    button?.click();
    return button !== null;
  };
  /** Whether the key meant something here. */
  const onKey = ({ key, code, ctrlKey, altKey, repeat }) => {
    if (repeat) return false;
    if (keys[key]) return choose(keys[key]);
    if (key === "Enter" && ctrlKey && form()) { send("READY"); return true; }
    if (altKey && code === "KeyR") return press("[data-post='/desk/hangup']");
    if (altKey && code === "KeyM") return press("[data-post='/desk/message']");
    if (altKey && code === "KeyP") return press("[data-post='/desk/pass']");
    return false;
  };
  document.addEventListener("keydown", (event) => { if (onKey(event)) event.preventDefault(); });

  /* how long, in business time: the demo's clock is not the machine's */
  let offset = 0;
  const announce = (text) => { document.getElementById("said").textContent = text; };
  const clockOf = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  /* said aloud twice, not every second */
  const aloud = [30, 10];
  let lastLeft = 0;
  const countDown = () => {
    const shown = document.querySelector(".desk-countdown");
    if (!shown) { lastLeft = 0; return; }
    shown.dataset.until ??= performance.now() + shown.dataset.left * 1000;
    const left = Math.max(0, Math.ceil((shown.dataset.until - performance.now()) / 1000));
    shown.textContent = `Ce dossier vous attend encore ${clockOf(left)}`;
    const moment = aloud.find((seconds) => lastLeft > seconds && left <= seconds);
    if (moment) announce(`Ce dossier vous attend encore ${moment} secondes.`);
    lastLeft = left;
  };
  const tick = () => {
    const time = document.querySelector(".desk-timer");
    if (!time) return;
    if (time.dataset.now) { offset = Date.parse(time.dataset.now) - Date.now(); delete time.dataset.now; }
    const seconds = Math.max(0, Math.floor((Date.now() + offset - Date.parse(time.dataset.since)) / 1000));
    time.textContent = clockOf(seconds);
    countDown();
  };
  setInterval(tick, 1000);
  setInterval(refresh, 20000);

  /* the headset: a frame that stands in for it, or the browser's own phone */
  const frame = document.getElementById("softphone");
  let mine = false;
  const handToken = async () => {
    if (!mine) return;
    const response = await fetch("/desk/voice-token");
    if (!response.ok) return;
    const { token } = await response.json();
    frame.contentWindow.postMessage({ type: "raccroche-token", token }, new URL(frame.src).origin);
  };
  /* one headset, however many tabs: the next tab gets it when this one closes */
  const takeHeadset = () => {
    const elsewhere = document.getElementById("elsewhere");
    const show = () => { elsewhere.hidden = mine; frame.hidden = !mine; };
    const take = () => { mine = true; show(); handToken(); };
    if (!navigator.locks) { take(); return; }
    setTimeout(show, 500);
    navigator.locks.request("raccroche-headset", () => { take(); return new Promise(() => {}); });
  };
  if (frame) {
    frame.addEventListener("load", handToken);
    window.addEventListener("message", ({ origin, data }) => {
      if (origin !== new URL(frame.src).origin) return;
      if (data?.type === "raccroche-audio") refresh();
      if (data?.type === "raccroche-ready") handToken();
      if (data?.type === "raccroche-key") onKey(data);
    });
    takeHeadset();
  }

  prepare();
  tick();
  hints();
})();

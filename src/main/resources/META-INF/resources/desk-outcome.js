// The outcome form: what each outcome asks, and recording it once per call.
(() => {
  const { post, complain, announce, draft } = raccroche.desk;
  const page = document.getElementById("desk");
  const form = () => document.getElementById("outcome");
  const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
  let sending = false;
  let recorded;

  /* when to call back */
  const markSlot = () => {
    const at = form()?.elements.callbackAt?.value;
    for (const slot of document.querySelectorAll("[data-slot]")) {
      slot.setAttribute("aria-pressed", String(slot.dataset.slot === at));
    }
  };
  /** How full each half hour is; read once for a call, when a callback is first thought of. */
  const showSlots = async () => {
    const place = document.getElementById("slots");
    if (place && !place.dataset.read) {
      place.dataset.read = "yes";
      try {
        const response = await fetch("/desk/slots", { headers: { "HX-Request": "true" } });
        if (response.ok) place.innerHTML = await response.text();
        else delete place.dataset.read;
      } catch {
        delete place.dataset.read; /* the moment can still be typed */
      }
    }
    markSlot();
  };

  /* what the chosen outcome asks */
  const showDetails = () => {
    const chosen = form()?.elements.outcome.value;
    for (const detail of document.querySelectorAll(".desk-detail")) detail.hidden = detail.dataset.for !== chosen;
    if (chosen === "CALLBACK") showSlots();
  };
  /** Whether a key stands for an outcome here; if so, it is chosen. */
  const choose = (key) => {
    const choice = form()?.querySelector(`input[name=outcome][data-key="${CSS.escape(key)}"]`);
    if (!choice) return false;
    choice.checked = true;
    showDetails();
    draft.keep();
    const detail = document.querySelector(`.desk-detail[data-for=${choice.value}]`);
    (detail?.querySelector("select, input") ?? form().elements.note).focus();
    return true;
  };
  const focusFirst = () => {
    const outcomes = [...form().querySelectorAll("input[name=outcome]")];
    (outcomes.find((outcome) => outcome.checked) ?? outcomes[0]).focus({ preventScroll: true });
  };
  const focusMissing = (sent) => {
    const asked = [...document.querySelectorAll(".desk-detail:not([hidden]) :is(input, select)")];
    const isEmpty = (field) => (field.type === "radio" ? !sent.elements[field.name].value : !field.value);
    asked.find(isEmpty)?.focus();
  };

  /** A server that is away is asked again; null if it stays away. */
  const postPatiently = async (answers) => {
    let response = await post("/desk/outcome", answers);
    for (let again = 1; !response && again < 20; again++) {
      draft.say("Le serveur ne répond pas. Rien n'est perdu, nouvel essai…");
      await pause(1500);
      response = await post("/desk/outcome", answers);
    }
    return response;
  };
  const lost = "Le serveur ne répond pas. Votre saisie reste ici : enregistrez de nouveau dans un instant.";
  /** Once per call: a second click or key changes nothing. */
  const send = async (next) => {
    const sent = form();
    if (sending || !sent || sent.dataset.attempt === recorded) return;
    sending = true;
    draft.hold();
    const buttons = sent.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    const error = document.getElementById("outcome-error");
    error.hidden = true;
    const response = await postPatiently({ ...Object.fromEntries(new FormData(sent)), next });
    draft.say("");
    if (response?.ok) {
      recorded = sent.dataset.attempt;
      draft.forget();
      draft.say("Enregistré");
    } else {
      error.textContent = response ? await raccroche.problemOf(response) : lost;
      error.hidden = false;
      buttons.forEach((button) => { button.disabled = false; });
      focusMissing(sent);
    }
    sending = false;
    draft.release();
    raccroche.desk.refresh();
  };

  /** One message for one call: what follows on the screen is the next youth. */
  const leaveMessage = async (button) => {
    const { attempt, action } = button.dataset;
    if (sending || attempt === recorded) return;
    sending = true;
    draft.hold();
    const response = await post("/desk/message", { attemptId: attempt, actionId: action });
    if (response?.ok) {
      recorded = attempt;
      draft.forget();
      announce("Le message est laissé.");
    } else {
      await complain(response);
    }
    sending = false;
    draft.release();
    raccroche.desk.refresh();
  };

  page.addEventListener("input", (event) => {
    if (event.target.form?.id !== "outcome") return;
    showDetails();
    draft.keep();
  });
  page.addEventListener("submit", (event) => {
    if (event.target.id !== "outcome") return;
    event.preventDefault();
    send(event.submitter?.value ?? "READY");
  });
  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.post === "/desk/message") leaveMessage(button);
    if (button?.dataset.slot) {
      form().elements.callbackAt.value = button.dataset.slot;
      markSlot();
      draft.keep();
    }
  });

  Object.assign(raccroche.desk, { choose, send, showDetails, focusFirst });
})();

// The outcome form: what each outcome asks, what is missing, and recording it once per call.
(() => {
  const { post, draft } = raccroche.desk;
  const page = document.getElementById("desk");
  const form = () => document.getElementById("outcome");
  const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
  let sending = false;
  let recorded;

  /* what the chosen outcome asks; a grave one is confirmed by it */
  const confirming = "[name^=sure], [name=noOf]";
  const detailOf = (outcome) => document.querySelector(`.desk-detail[data-for="${outcome}"]`);
  const showDetails = () => {
    if (!form()) return;
    const chosen = form().elements.outcome.value;
    for (const detail of document.querySelectorAll(".desk-detail")) {
      detail.hidden = detail.dataset.for !== chosen;
      if (detail.hidden) detail.querySelectorAll(confirming).forEach((sure) => { sure.checked = false; });
    }
    if (chosen === "CALLBACK") raccroche.desk.showSlots?.();
    countNote();
  };
  const countNote = () => {
    const shown = document.getElementById("note-count");
    const most = Number(shown.dataset.most);
    const length = form().elements.note.value.trim().length;
    shown.textContent = length > most
      ? `${length - most} caractère${length - most > 1 ? "s" : ""} de trop`
      : `${length} sur ${most} caractères`;
    shown.classList.toggle("desk-error", length > most);
  };

  /** Whether a key stands for an outcome here; if so, it is chosen, and a grave one confirmed by its key again. */
  const choose = (key) => {
    const choice = key && form()?.querySelector(`input[name=outcome][data-key="${CSS.escape(key)}"]`);
    if (!choice) return false;
    const sure = choice.checked && detailOf(choice.value)?.querySelector(confirming);
    if (sure) sure.checked = true;
    choice.checked = true;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    const detail = detailOf(choice.value);
    const first = detail?.querySelector("select, button, input:checked") ?? detail?.querySelector("input");
    (first ?? form().elements.note).focus();
    detail?.scrollIntoView({ block: "nearest" });
    return true;
  };
  const focusFirst = () => {
    const outcomes = [...form().querySelectorAll("input[name=outcome]")];
    (outcomes.find((outcome) => outcome.checked) ?? outcomes[0]).focus({ preventScroll: true });
  };
  /** Out of a field, so that keys choose again. */
  const leaveFields = (field) => {
    if (field.form?.id !== "outcome") return false;
    focusFirst();
    return true;
  };

  /* what speaks against the form is said at its field, and all of it in sight of the buttons */
  const blames = {
    "guardian-of-adult": "agreedBy",
    "callback-in-the-past": "callbackAt",
    "callback-outside-hours": "callbackAt",
    "campaign-closed": "callbackAt",
    "last-attempt": "callbackAt",
  };
  const valueOf = (sent, name) => new FormData(sent).get(name) ?? "";
  const gapsIn = (sent) => {
    const asking = [...sent.querySelectorAll("[data-missing]")].filter((place) => !place.closest("[hidden]"));
    const gaps = asking.filter((place) => !valueOf(sent, place.dataset.asks))
      .map((place) => ({ name: place.dataset.asks, text: place.dataset.missing }));
    const count = document.getElementById("note-count");
    return count.classList.contains("desk-error")
      ? [...gaps, { name: "note", text: `La note est trop longue, ${count.textContent}.` }]
      : gaps;
  };
  const fieldsOf = (place) => (place.matches("fieldset")
    ? [place]
    : [...place.querySelectorAll("input:not([type=checkbox]), select, textarea, [name^=sure]")]);
  const blame = (field, message) => {
    field.dataset.described ??= field.getAttribute("aria-describedby") ?? "";
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${field.dataset.described} ${message}`.trim());
  };
  const forgive = (field) => {
    field.removeAttribute("aria-invalid");
    if (field.dataset.described) field.setAttribute("aria-describedby", field.dataset.described);
    else field.removeAttribute("aria-describedby");
  };
  const clearErrors = (sent) => {
    sent.querySelectorAll(".desk-field-error").forEach((said) => said.remove());
    sent.querySelectorAll("[aria-invalid]").forEach(forgive);
    document.getElementById("outcome-error").hidden = true;
  };
  /** The message at a field; what stands beside the buttons anyway is not said twice. */
  const sayAt = (place, { name, text }) => {
    if (place.closest(".desk-foot")) return "outcome-error";
    const said = document.createElement("p");
    said.className = "desk-error desk-field-error";
    said.id = `error-${name}`;
    said.textContent = text;
    place.append(said);
    return said.id;
  };
  const showErrors = (sent, errors) => {
    const summary = document.getElementById("outcome-error");
    summary.textContent = errors.map((error) => error.text).join(" ");
    summary.hidden = false;
    const placeOf = ({ name }) => sent.querySelector(`[data-asks="${name}"]`);
    for (const error of errors) {
      const place = placeOf(error);
      if (!place) continue;
      const message = sayAt(place, error);
      fieldsOf(place).forEach((field) => blame(field, message));
    }
    const first = placeOf(errors[0]);
    first?.querySelector("input:checked, select, textarea, .slots [tabindex='0']")?.focus();
    if (!first?.contains(document.activeElement)) first?.querySelector("input")?.focus();
    first?.scrollIntoView({ block: "nearest" });
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
  const signedOut = "Votre session est terminée. Votre saisie reste ici : reconnectez-vous, puis enregistrez de nouveau.";
  const refusal = async (response) => {
    if (!response) return { text: lost };
    if (response.status === 401) return { text: signedOut };
    const { code = "", detail } = await response.json().catch(() => ({}));
    const text = detail ?? "La demande n'a pas abouti. Rien n'a été enregistré : réessayez dans un instant.";
    return { name: blames[code] ?? code.replace("bad-", ""), text };
  };

  /** Does what ends a call, once for each; a second click or key changes nothing. */
  const once = async (attempt, work) => {
    if (sending || attempt === recorded) return;
    sending = true;
    draft.hold();
    if (await work()) recorded = attempt;
    sending = false;
    draft.release();
    raccroche.desk.refresh();
  };
  const record = async (sent, next) => {
    const buttons = sent.querySelectorAll("button[type=submit]");
    buttons.forEach((button) => { button.disabled = true; });
    const response = await postPatiently({ ...Object.fromEntries(new FormData(sent)), next });
    draft.say("");
    if (response?.ok) {
      draft.forget();
      draft.say("Enregistré");
      return true;
    }
    showErrors(sent, [await refusal(response)]);
    buttons.forEach((button) => { button.disabled = false; });
    return false;
  };
  const send = (next) => {
    const sent = form();
    if (!sent || sending) return;
    clearErrors(sent);
    const gaps = gapsIn(sent);
    if (gaps.length > 0) showErrors(sent, gaps);
    else once(sent.dataset.attempt, () => record(sent, next));
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

  Object.assign(raccroche.desk, { choose, send, once, showDetails, focusFirst, leaveFields });
})();

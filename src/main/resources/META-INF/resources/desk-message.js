// The message for a voicemail: it ends the call, so it asks first unless a machine answered.
(() => {
  const { post, complain, announce, draft, once } = raccroche.desk;
  const question = document.getElementById("ask-message");
  let asked;

  /** One message for one call: what follows on the screen is the next youth. */
  const leave = ({ attempt, action }) => once(attempt, async () => {
    const note = document.getElementById("outcome")?.elements.note.value ?? "";
    const response = await post("/desk/message", { attemptId: attempt, actionId: action, note });
    if (!response?.ok) {
      await complain(response);
      return false;
    }
    draft.forget();
    announce("Le message est laissé.");
    return true;
  });

  document.getElementById("desk").addEventListener("click", (event) => {
    const button = event.target.closest("[data-post='/desk/message']");
    if (!button) return;
    asked = { ...button.dataset };
    if (asked.machine === "true") {
      leave(asked);
    } else {
      question.returnValue = "no";
      question.showModal();
    }
  });
  question.addEventListener("close", () => {
    const current = document.querySelector("[data-post='/desk/message']")?.dataset.attempt;
    if (question.returnValue === "yes" && current === asked.attempt) leave(asked);
  });
})();

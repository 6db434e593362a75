// The last calls, to look again and to correct them. A new call closes this, and what was typed here stays.
(() => {
  const { ask, post } = raccroche.desk;
  const dialog = document.getElementById("last");
  const body = document.getElementById("last-body");

  const show = async (path) => {
    const response = await ask(path, { headers: { "HX-Request": "true" } });
    body.innerHTML = response?.ok
      ? await response.text()
      : "<p role=\"alert\">Les derniers appels ne s'affichent pas. Fermez, puis réessayez dans un instant.</p>";
    body.querySelector("button, select")?.focus();
  };
  const open = async () => {
    dialog.showModal();
    if (!document.getElementById("correction")) await show("/desk/last");
  };

  const away = "Le serveur ne répond pas. Votre saisie reste ici : réessayez dans un instant.";
  const correct = async (form) => {
    const button = form.querySelector("button");
    button.disabled = true;
    const response = await post(form.getAttribute("action"), Object.fromEntries(new FormData(form)));
    button.disabled = false;
    if (response?.ok) {
      await show("/desk/last");
      raccroche.notify("L'appel est corrigé.", "good");
      raccroche.desk.refresh();
      return;
    }
    const problem = response ? await response.json().catch(() => ({})) : { detail: away };
    const error = document.getElementById("correction-error");
    error.textContent = problem.detail ?? away;
    error.hidden = false;
    const field = form.elements[problem.code?.replace("bad-", "")];
    for (const one of form.querySelectorAll("[name]")) one.removeAttribute("aria-invalid");
    field?.setAttribute("aria-invalid", "true");
    field?.setAttribute("aria-describedby", error.id);
    field?.focus();
  };

  document.getElementById("desk").addEventListener("click", (event) => {
    if (event.target.closest("[data-open-last]")) open();
  });
  dialog.addEventListener("click", (event) => {
    const recall = event.target.closest("[data-recall]");
    if (recall) show(`/desk/last/${recall.dataset.recall}`);
    if (event.target.closest("[data-last]")) show("/desk/last");
  });
  dialog.addEventListener("submit", (event) => {
    if (event.target.id !== "correction") return;
    event.preventDefault();
    correct(event.target);
  });

  raccroche.desk.closeLast = () => { if (dialog.open) dialog.close(); };
})();

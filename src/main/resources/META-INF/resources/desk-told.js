// A number that somebody tells on the phone: kept at once, whatever comes of the call.
(() => {
  const { ask, post } = raccroche.desk;

  const showNumbers = async () => {
    const response = await ask("/desk/work", { headers: { "HX-Request": "true" } });
    if (!response?.ok) return;
    const work = new DOMParser().parseFromString(await response.text(), "text/html");
    const numbers = work.getElementById("numbers");
    const told = work.getElementById("told");
    if (told?.dataset.attempt === document.getElementById("told")?.dataset.attempt) {
      document.getElementById("numbers").replaceWith(numbers);
    }
  };
  const away = "Le serveur ne répond pas. Le numéro reste ici : réessayez dans un instant.";
  const add = async (form) => {
    const error = document.getElementById("told-error");
    const fields = [form.elements.number, form.elements.owner];
    const response = await post("/desk/number", Object.fromEntries(new FormData(form)));
    error.hidden = response?.ok === true;
    for (const field of fields) field.removeAttribute("aria-invalid");
    if (response?.ok) {
      form.reset();
      form.closest("details").open = false;
      raccroche.desk.announce("Le numéro est ajouté.");
      showNumbers();
      return;
    }
    const { code, detail } = response ? await response.json().catch(() => ({})) : {};
    error.textContent = detail ?? away;
    const field = form.elements[code?.replace("bad-", "")];
    field?.setAttribute("aria-invalid", "true");
    field?.setAttribute("aria-describedby", error.id);
    field?.focus();
  };

  document.getElementById("desk").addEventListener("submit", (event) => {
    if (event.target.id !== "told") return;
    event.preventDefault();
    add(event.target);
  });
})();

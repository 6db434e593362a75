// Who may be ringing: names are posted, they stand in no address.
(() => {
  const { post } = raccroche.desk;
  const asPage = { Accept: "text/html, application/problem+json", "HX-Request": "true" };

  const search = async (asked) => {
    const fields = Object.fromEntries(new FormData(asked));
    const response = await post("/desk/caller/search", fields, { headers: asPage });
    const error = document.getElementById("caller-error");
    const found = document.getElementById("caller-found");
    if (!error || !found) return;
    error.hidden = response?.ok === true;
    error.textContent = response
      ? "Vérifiez le nom et la date de naissance."
      : "Le serveur ne répond pas. Réessayez dans un instant.";
    found.innerHTML = response?.ok ? await response.text() : "";
  };

  document.getElementById("desk").addEventListener("submit", (event) => {
    if (event.target.id !== "caller-search") return;
    event.preventDefault();
    search(event.target);
  });
})();

// What the agent's desk says to the server: buttons that post, and what happens while it is away.
(() => {
  const page = document.getElementById("desk");
  const asJson = { Accept: "application/json" };
  const spokenForByProxy = [502, 503, 504];

  /** The server's answer, or null while it is away: not reached, or a proxy speaks for it. */
  const post = async (path, fields = {}, options = {}) => {
    try {
      const body = new URLSearchParams(fields);
      const response = await fetch(path, { method: "POST", body, headers: asJson, ...options });
      if (response.status === 401) location.assign("/login");
      return spokenForByProxy.includes(response.status) ? null : response;
    } catch {
      return null;
    }
  };

  const away = "Le serveur ne répond pas. Rien n'est perdu : réessayez dans un instant.";
  /** Says why something was refused, or that the server is away. */
  const complain = async (response) => {
    raccroche.notify(response ? await raccroche.problemOf(response) : away);
  };

  const act = async (path, fields) => {
    const response = await post(path, fields);
    if (!response?.ok) await complain(response);
    raccroche.desk.refresh();
  };

  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.post && button.dataset.post !== "/desk/message") {
      const self = document.querySelector("input[name=self]:checked")?.value;
      const fields = JSON.parse(button.dataset.fields ?? "{}");
      act(button.dataset.post, { ...fields, ...(self ? { self } : {}) });
    }
    if (button?.dataset.presenceTo) {
      const campaign = document.getElementById("campaign")?.value;
      act("/desk/presence", { state: button.dataset.presenceTo, ...(campaign ? { campaign } : {}) });
    }
  });

  raccroche.desk = { post, complain };
})();

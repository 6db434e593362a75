// What the agent's desk says to the server: buttons that post, and what happens while it, or the session, is away.
(() => {
  const page = document.getElementById("desk");
  const asJson = { Accept: "application/json" };
  const spokenForByProxy = [502, 503, 504];

  /* what is said while something is away; it goes when the thing is back */
  const words = {
    server: "Connexion au serveur perdue. Ce que vous tapez est gardé ici ; la page reprend toute seule.",
    session: "Votre session est terminée. Ce que vous avez saisi est gardé dans cet onglet.",
  };
  const notices = {};
  const lose = (what) => {
    if (notices[what]?.isConnected || (what === "server" && notices.session)) return;
    notices[what] = raccroche.notify(words[what]);
    if (what === "session") notices.session.lastChild.before(signInAgain());
  };
  const signInAgain = () => {
    const link = document.createElement("a");
    link.className = "btn btn-sm btn-primary";
    link.href = "/login?retour=%2Fdesk";
    link.textContent = "Se reconnecter";
    link.addEventListener("click", () => raccroche.desk.letGo());
    return link;
  };
  const find = (what) => {
    notices[what]?.remove();
    delete notices[what];
  };

  /** The server's answer, or null while it is away: not reached, or a proxy speaks for it. */
  const ask = async (path, options) => {
    try {
      const response = await fetch(path, options);
      if (spokenForByProxy.includes(response.status)) return null;
      if (response.status === 401) lose("session");
      else find("session");
      return response;
    } catch {
      return null;
    }
  };
  const post = (path, fields = {}, options = {}) => ask(path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: asJson,
    ...options,
  });

  const away = "Le serveur ne répond pas. Rien n'est perdu : réessayez dans un instant.";
  /** Says why something was refused, or that the server is away. */
  const complain = async (response) => {
    if (response?.status === 401) return;
    raccroche.notify(response ? await raccroche.problemOf(response) : away);
  };

  const act = async (button, path, fields) => {
    button.setAttribute("aria-busy", "true");
    const response = await post(path, fields);
    button.removeAttribute("aria-busy");
    if (!response?.ok) await complain(response);
    raccroche.desk.refresh();
  };

  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.post && button.dataset.post !== "/desk/message") {
      const self = document.querySelector("input[name=self]:checked")?.value;
      const fields = JSON.parse(button.dataset.fields ?? "{}");
      act(button, button.dataset.post, { ...fields, ...(self ? { self } : {}) });
    }
    if (button?.dataset.presenceTo) {
      const campaign = document.getElementById("campaign")?.value;
      act(button, "/desk/presence", { state: button.dataset.presenceTo, ...(campaign ? { campaign } : {}) });
    }
  });

  raccroche.desk = { ask, post, complain, lose, find };
})();

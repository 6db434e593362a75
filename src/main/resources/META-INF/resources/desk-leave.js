// Nobody leaves a call by a slip: reloading, going back and signing out ask first.
(() => {
  let meant = false;
  const phase = () => document.getElementById("status").dataset.phase;
  const isBusy = () => ["dialing", "talk", "caller"].includes(phase());
  const question = {
    dialing: "Un appel est en cours. Se déconnecter quand même ? La personne qui répondra n'aura personne au bout du fil.",
    talk: "Cet appel n'est pas encore noté. Se déconnecter quand même ?",
    caller: "Quelqu'un est au téléphone. Se déconnecter quand même ?",
  };

  window.addEventListener("beforeunload", (event) => { if (isBusy() && !meant) event.preventDefault(); });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[action='/logout']") || !isBusy()) return;
    meant = confirm(question[phase()]);
    if (!meant) event.preventDefault();
  });

  /** The next way out of this page was chosen with open eyes. */
  raccroche.desk.letGo = () => { meant = true; };
})();

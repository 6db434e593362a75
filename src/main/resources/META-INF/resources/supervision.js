// The wallboard reads itself again when the server hints that something changed, and now and then to know that it still can.
// It never shows figures of before as if they were of now.
(() => {
  const board = document.getElementById("board");
  const lost = document.getElementById("board-lost");
  const address = `/supervision/events?campaign=${board.dataset.campaign}`;
  const pause = 5000;
  const often = 10000;
  const tooOld = 25000;

  let readAt = Date.now();
  let signedOut = false;

  const readAgain = () => {
    if (!document.hidden && !signedOut) htmx.trigger(board, "changed");
  };

  const ago = (ms) => (ms < 60000 ? `${Math.round(ms / 1000)} s` : `${Math.floor(ms / 60000)} min`);

  const showAge = () => {
    const age = Date.now() - readAt;
    const old = age > tooOld;
    const shown = board.querySelector("[data-age]");
    if (shown) shown.textContent = old ? `(il y a ${ago(age)})` : "";
    const words = signedOut
      ? "Votre session a pris fin : ces chiffres ne suivent plus. "
      : old ? "Connexion perdue : ces chiffres ne suivent plus. Ils reviendront d'eux-mêmes." : "";
    board.classList.toggle("stale", words !== "");
    if (lost.dataset.words === words) return;
    lost.dataset.words = words;
    lost.textContent = words;
    lost.hidden = words === "";
    if (signedOut) {
      const link = document.createElement("a");
      link.href = lost.dataset.signIn;
      link.textContent = "Se reconnecter";
      lost.append(link);
    }
  };

  board.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status === 401) {
      event.preventDefault();
      signedOut = true;
    } else if (event.detail.xhr.status === 200) {
      readAt = Date.now();
    }
    showAge();
  });
  // said above the board, once, instead of in a notice each time
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    board.addEventListener(failure, (event) => {
      event.stopPropagation();
      showAge();
    });
  }

  const listen = () => {
    const source = new EventSource(address);
    source.addEventListener("message", readAgain);
    source.addEventListener("error", () => {
      // the browser reconnects by itself unless the server refused
      if (source.readyState === EventSource.CLOSED && !signedOut) setTimeout(listen, pause);
    });
  };

  document.addEventListener("visibilitychange", readAgain);
  setInterval(readAgain, often);
  setInterval(showAge, 1000);
  listen();
})();

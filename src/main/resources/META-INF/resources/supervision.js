// The wallboard reads itself again when the server hints that something changed, and once more after an interruption.
(() => {
  const board = document.getElementById("board");
  const address = `/supervision/events?campaign=${board.dataset.campaign}`;
  const pause = 5000;

  const readAgain = () => {
    if (!document.hidden) htmx.trigger(board, "changed");
  };

  const listen = () => {
    const source = new EventSource(address);
    source.addEventListener("message", readAgain);
    source.addEventListener("error", () => {
      // the browser reconnects by itself unless the server refused
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, pause);
    });
  };

  document.addEventListener("visibilitychange", readAgain);
  listen();
})();

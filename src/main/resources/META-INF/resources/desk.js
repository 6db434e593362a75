// The agent's desk shows what the server says: it follows the hints, and reads again by itself.
(() => {
  const { ask, post, lose, find, draft, showDetails, focusFirst, tick } = raccroche.desk;
  const page = document.getElementById("desk");
  const asFragment = { headers: { "HX-Request": "true" } };
  let reading = false;
  let again = false;
  let failed = 0;

  const refresh = async () => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    const right = await read();
    reading = false;
    failed = right ? 0 : failed + 1;
    if (again || failed > 0) {
      again = false;
      setTimeout(refresh, Math.min(3000, failed * 250));
    }
  };
  /** Whether the page shows what the server says. */
  const read = async () => {
    const response = await ask("/desk/status", asFragment);
    if (!response?.ok) return false;
    renewStatus(await response.text());
    tick();
    const key = document.getElementById("status").dataset.key;
    return key === page.dataset.key || showWork(key);
  };

  /** The status is read again at any moment: a choice half made, and the focus, stay. */
  const renewStatus = (html) => {
    const held = document.activeElement.closest("#status") ? document.activeElement : null;
    const chosen = document.getElementById("campaign")?.value;
    document.getElementById("status").outerHTML = html;
    const campaign = document.getElementById("campaign");
    if ([...campaign?.options ?? []].some((option) => option.value === chosen)) campaign.value = chosen;
    if (held) document.querySelector(selectorOf(held))?.focus();
  };
  const selectorOf = ({ id, dataset }) => (id
    ? `#${id}`
    : `#status button[data-post="${dataset.post}"], #status button[data-presence-to="${dataset.presenceTo}"]`);

  /** A file that cannot be read leaves no other on the screen. */
  const showWork = async (key) => {
    const response = await ask("/desk/work", asFragment);
    if (!response?.ok) {
      blank();
      return false;
    }
    document.getElementById("work").outerHTML = await response.text();
    page.dataset.key = document.getElementById("work").dataset.key;
    prepare();
    if (page.dataset.key !== key) again = true;
    return true;
  };
  const blank = () => {
    const empty = document.getElementById("no-file").content.cloneNode(true);
    document.getElementById("work").replaceWith(empty);
    page.dataset.key = "";
  };
  const prepare = () => {
    draft.restore();
    showDetails();
    const phase = document.getElementById("work").dataset.phase;
    if (phase === "talk" || phase === "caller") raccroche.desk.closeLast();
    if (phase === "talk") focusFirst();
    if (phase === "caller") document.getElementById("caller").focus({ preventScroll: true });
    if (phase === "preview") document.querySelector("[data-post='/desk/call']").focus();
    if (phase === "idle") focusIdle();
  };
  /** Between two calls the focus is where the work goes on, unless somebody put it elsewhere. */
  const focusIdle = () => {
    if (document.activeElement !== document.body && !document.activeElement.closest("#status")) return;
    const next = document.querySelector("[data-presence-to=READY]") ?? document.getElementById("idle");
    next?.focus({ preventScroll: true });
  };

  /* the server's hints, and the notice while they do not come */
  let away;
  const back = () => {
    clearTimeout(away);
    away = undefined;
    find("server");
  };
  const followHints = () => {
    const source = new EventSource("/desk/events");
    source.onmessage = refresh;
    source.addEventListener("alive", () => post("/desk/seen"));
    source.onopen = () => {
      back();
      post("/desk/seen");
      refresh();
    };
    source.onerror = () => {
      away ??= setTimeout(() => lose("server"), 1500);
      if (source.readyState === EventSource.CLOSED) setTimeout(followHints, 2000);
    };
  };

  raccroche.desk.refresh = refresh;
  prepare();
  tick();
  followHints();
  setInterval(refresh, 20000);
})();

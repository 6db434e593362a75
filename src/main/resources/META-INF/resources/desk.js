// The agent's desk shows what the server says: it follows the hints, and reads again by itself.
(() => {
  const { draft, showDetails, focusFirst, tick } = raccroche.desk;
  const page = document.getElementById("desk");
  const asFragment = { headers: { "HX-Request": "true" } };
  let reading = false;
  let again = false;

  const refresh = async () => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      const response = await fetch("/desk/status", asFragment);
      if (response.status === 401) location.assign("/login");
      if (!response.ok) return;
      renewStatus(await response.text());
      tick();
      const key = document.getElementById("status").dataset.key;
      if (key !== page.dataset.key) await showWork(key);
    } catch {
      /* away for a moment: the next hint or the next look reads again */
    } finally {
      reading = false;
      if (again) {
        again = false;
        refresh();
      }
    }
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

  const showWork = async (key) => {
    const response = await fetch("/desk/work", asFragment);
    if (!response.ok) return;
    document.getElementById("work").outerHTML = await response.text();
    page.dataset.key = document.getElementById("work").dataset.key;
    prepare();
    if (page.dataset.key !== key) again = true;
  };
  const prepare = () => {
    draft.restore();
    showDetails();
    const phase = document.getElementById("work").dataset.phase;
    if (phase === "talk") focusFirst();
    if (phase === "caller") document.getElementById("caller").focus({ preventScroll: true });
    if (phase === "preview") document.querySelector("[data-post='/desk/call']").focus();
  };

  /* the server's hints, and the notice while they do not come */
  const lost = "Connexion au serveur perdue. Ce que vous tapez est gardé ici ; la page reprend toute seule.";
  let away;
  let awayNotice;
  const back = () => {
    clearTimeout(away);
    away = undefined;
    awayNotice?.remove();
    awayNotice = undefined;
  };
  const followHints = () => {
    const source = new EventSource("/desk/events");
    source.onmessage = refresh;
    source.onopen = () => {
      back();
      refresh();
    };
    source.onerror = () => {
      away ??= setTimeout(() => { awayNotice = raccroche.notify(lost); }, 1500);
      if (source.readyState === EventSource.CLOSED) setTimeout(followHints, 2000);
    };
  };

  raccroche.desk.refresh = refresh;
  prepare();
  tick();
  followHints();
  setInterval(refresh, 20000);
})();

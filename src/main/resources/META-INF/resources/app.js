// What every page shares: the theme switch, answers that are errors, the search key.
(() => {
  const themes = { auto: "Affichage : automatique", light: "Affichage : clair", dark: "Affichage : sombre" };
  const order = Object.keys(themes);

  const themeSwitch = document.getElementById("theme-switch");
  const showTheme = () => { themeSwitch.textContent = themes[raccrocheTheme.chosen()]; };
  themeSwitch.hidden = false;
  themeSwitch.addEventListener("click", () => {
    raccrocheTheme.choose(order[(order.indexOf(raccrocheTheme.chosen()) + 1) % order.length]);
    showTheme();
  });
  showTheme();

  const notices = document.getElementById("notices");

  /** Says something at the lower edge; it stays until it is closed, or the caller removes the notice it gets. */
  const notify = (text, kind = "bad") => {
    const notice = document.createElement("div");
    notice.className = `notice notice-${kind}`;
    const words = document.createElement("p");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn btn-sm btn-quiet";
    close.textContent = "Fermer";
    close.addEventListener("click", () => notice.remove());
    notice.append(words, close);
    notices.replaceChildren(notice);
    return notice;
  };

  /** Reads a problem (RFC 9457) out of a refused answer to fetch(). */
  const problemOf = async (response) => {
    try {
      return (await response.json()).detail;
    } catch {
      return "La demande n'a pas abouti. Rien n'a été enregistré : réessayez dans un instant.";
    }
  };

  window.raccroche = { notify, problemOf };

  const away = "Le serveur ne répond pas. Rien n'est perdu : réessayez dans un instant.";
  document.body.addEventListener("htmx:sendError", () => notify(away));
  document.body.addEventListener("htmx:responseError", (event) => {
    const fragment = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    notify(fragment.querySelector("[data-problem]")?.textContent ?? away);
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches(
      "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])",
    );
    const search = document.querySelector("input[type=search]");
    if (event.key === "/" && !typing && search) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === "?" && !typing) document.querySelector("dialog#keys")?.showModal();
  });

  // on a phone each row of a table is a card whose cells say their column's name
  const drawn = "#board table, .plan-calendar, .slots, .pair, .top-lines, .schools";
  const stack = (within) => {
    for (const table of within.querySelectorAll("table.table:not(.stacked)")) {
      const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => (cell.querySelector(".visually-hidden") ? "" : cell.textContent.trim()));
      if (!names.some(Boolean) || table.matches(drawn)) continue;
      table.classList.add("stacked");
      for (const row of [...table.tBodies, table.tFoot].flatMap((part) => [...(part?.rows ?? [])])) {
        [...row.cells].forEach((cell, i) => { cell.dataset.label = names[i] ?? ""; });
      }
    }
  };
  stack(document);
  document.body.addEventListener("htmx:afterSettle", () => stack(document));

  // anything irreversible asks once, in words that name the thing
  document.addEventListener("submit", (event) => {
    const question = (event.submitter ?? event.target).dataset.confirm ?? event.target.dataset.confirm;
    if (question && !confirm(question)) event.preventDefault();
  });
})();

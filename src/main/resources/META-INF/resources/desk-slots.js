// When to call back: half hours as one grid for the arrow keys, quick choices, or a moment typed.
(() => {
  const { ask, draft } = raccroche.desk;
  const page = document.getElementById("desk");
  const typedMoment = () => document.getElementById("callbackAt");
  const slots = () => [...document.querySelectorAll("[data-slot]")];

  const mark = () => {
    const at = typedMoment()?.value;
    for (const slot of slots()) slot.setAttribute("aria-pressed", String(slot.dataset.slot === at));
    const cells = slots().filter((slot) => slot.closest(".slots"));
    const entry = cells.find((slot) => slot.dataset.slot === at)
      ?? cells.find((slot) => slot.tabIndex === 0) ?? cells[0];
    for (const cell of cells) cell.tabIndex = cell === entry ? 0 : -1;
  };
  const pick = (slot) => {
    typedMoment().value = slot.dataset.slot;
    mark();
    draft.keep();
  };

  /** How full each half hour is; read once for a call, when a callback is first thought of. */
  const showSlots = async () => {
    const place = document.getElementById("slots");
    if (place && !place.dataset.read) {
      place.dataset.read = "yes";
      const response = await ask("/desk/slots", { headers: { "HX-Request": "true" } });
      if (response?.ok) place.innerHTML = await response.text();
      else delete place.dataset.read; /* the moment can still be typed */
      const quick = place.querySelector("button");
      if (quick && document.activeElement === typedMoment()) quick.focus();
      place.closest(".desk-detail").scrollIntoView({ block: "nearest" });
    }
    mark();
  };

  /* one stop for Tab, then the arrows: over what is closed, from line to line at the same hour */
  const along = (cells, from, step) => {
    for (let at = from + step; at >= 0 && at < cells.length; at += step) {
      const slot = cells[at].querySelector("[data-slot]");
      if (slot) return slot;
    }
    return undefined;
  };
  const target = (cell, key) => {
    const row = [...cell.parentElement.children];
    const column = [...cell.closest("tbody").rows].map((line) => line.cells[cell.cellIndex]);
    const line = column.indexOf(cell);
    switch (key) {
      case "ArrowLeft": return along(row, cell.cellIndex, -1);
      case "ArrowRight": return along(row, cell.cellIndex, 1);
      case "ArrowUp": return along(column, line, -1);
      case "ArrowDown": return along(column, line, 1);
      case "Home": return along(row, -1, 1);
      case "End": return along(row, row.length, -1);
      default: return undefined;
    }
  };
  page.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".slots td");
    const next = cell && !event.altKey && !event.ctrlKey && target(cell, event.key);
    if (!next) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  page.addEventListener("click", (event) => {
    const slot = event.target.closest("[data-slot]");
    if (slot) pick(slot);
  });
  page.addEventListener("input", (event) => { if (event.target === typedMoment()) mark(); });
  /* what a case holds, in words, for the eyes as well */
  for (const pointed of ["focusin", "mouseover"]) {
    page.addEventListener(pointed, (event) => {
      const slot = event.target.closest(".slots [data-slot]");
      if (slot) document.getElementById("slot-said").textContent = slot.getAttribute("aria-label");
    });
  }

  Object.assign(raccroche.desk, { showSlots });
})();

// What a text looks like and how long it is, while it is typed. Counts as TextLength does on the server.
(() => {
  const form = document.getElementById("texts");
  const basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  const extension = "\f^{}\\[~]|€";

  const fields = ["prenom", "numero", "lien", "date", "heure", "service"];

  const measure = (text) => {
    const characters = [...text];
    const forcing = [...new Set(characters.filter((c) => !basic.includes(c) && !extension.includes(c)))];
    const small = forcing.length === 0;
    const [alone, joined] = small ? [160, 153] : [70, 67];
    const widths = characters.map((c) => (small ? (extension.includes(c) ? 2 : 1) : c.length));
    const units = widths.reduce((sum, width) => sum + width, 0);
    if (units <= alone) return { units, segments: units === 0 ? 0 : 1, room: alone - units, forcing };
    let segments = 1;
    let used = 0;
    for (const width of widths) {
      if (used + width > joined) {
        segments += 1;
        used = 0;
      }
      used += width;
    }
    return { units, segments, room: joined - used, forcing };
  };

  const euros = (thousandths) =>
    `${Math.floor(thousandths / 1000)},${String(thousandths % 1000).padStart(3, "0")}`;

  const show = (card) => {
    const template = card.querySelector("textarea").value.trim();
    const text = template.replace(/\{([a-z]+)\}/g, (place, name) => (fields.includes(name) ? form.dataset[name] : place));
    const length = measure(text);
    const part = (name) => card.querySelector(`[data-${name}]`);
    part("preview").textContent = text;
    part("units").textContent = length.units;
    part("room").textContent = length.room;
    part("segments").textContent = length.segments;
    part("cost").textContent = euros(length.segments * Number(form.dataset.price));
    part("forced").hidden = length.forcing.length === 0;
    part("forcing").textContent = length.forcing.join(" ");
  };

  const showAll = () => form.querySelectorAll("[data-card]").forEach(show);

  form.addEventListener("input", (event) => {
    if (event.target.id === "service") form.dataset.service = event.target.value.trim();
    if (event.target.id === "PRICE") form.dataset.price = event.target.value;
    const card = event.target.closest("[data-card]");
    if (card) show(card);
    else showAll();
  });
  showAll();
})();

// What only a browser can do about files: say at once that one is too large, and that it is on its way.
(() => {
  const file = document.querySelector("input[type=file][data-most-bytes]");
  file?.addEventListener("change", () => {
    const tooLarge = file.files.length > 0 && file.files[0].size > Number(file.dataset.mostBytes);
    file.setCustomValidity(tooLarge ? file.dataset.tooLarge : "");
    file.reportValidity();
  });

  // a new list needs a name before the file is sent, for a browser forgets the file when the page comes again
  const name = file?.form.elements.name;
  const list = file?.form.elements.list;
  if (name && list) {
    let proposed = "";
    const ask = () => { name.required = list.value === ""; };
    list.addEventListener("change", ask);
    ask();
    file.addEventListener("change", () => {
      if (file.files.length === 0 || (name.value !== "" && name.value !== proposed)) return;
      proposed = file.files[0].name.replace(/\.[^.]+$/, "").replace(/[_\s]+/g, " ").trim().slice(0, 120);
      name.value = proposed;
    });
  }

  document.querySelector("form[data-busy]")?.addEventListener("submit", (event) => {
    const button = event.target.querySelector("button:not([type=button])");
    button.textContent = event.target.dataset.busy;
    button.setAttribute("aria-disabled", "true");
    event.target.addEventListener("submit", (again) => again.preventDefault());
  });

  document.addEventListener("keydown", (event) => {
    const wanted = event.altKey && !event.repeat && document.querySelector(`[data-alt="${CSS.escape(event.key.toUpperCase())}"]`);
    if (wanted) {
      event.preventDefault();
      wanted.click();
    }
  });
})();

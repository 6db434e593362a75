// Loaded before the first paint, so that a dark page never flashes white.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => localStorage.getItem("theme") ?? "auto";
  const apply = () => {
    const dark = chosen() === "dark" || (chosen() === "auto" && system.matches);
    document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
  };
  system.addEventListener("change", apply);
  window.raccrocheTheme = {
    chosen,
    choose(theme) {
      if (theme === "auto") localStorage.removeItem("theme");
      else localStorage.setItem("theme", theme);
      apply();
    },
  };
  apply();
})();

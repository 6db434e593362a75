// How long, in business time: the demo's clock is not the machine's.
(() => {
  const aloud = [30, 10]; // said aloud twice, not every second
  let offset = 0;
  let lastLeft = 0;

  const announce = (text) => { document.getElementById("said").textContent = text; };

  const twoDigits = (number) => String(number).padStart(2, "0");
  const clockOf = (seconds) => `${twoDigits(Math.floor(seconds / 60))}:${twoDigits(seconds % 60)}`;

  const countDown = () => {
    const shown = document.querySelector(".desk-countdown");
    if (!shown) {
      lastLeft = 0;
      return;
    }
    shown.dataset.until ??= performance.now() + shown.dataset.left * 1000;
    const left = Math.max(0, Math.ceil((shown.dataset.until - performance.now()) / 1000));
    shown.textContent = `Ce dossier vous attend encore ${clockOf(left)}`;
    const moment = aloud.find((seconds) => lastLeft > seconds && left <= seconds);
    if (moment) announce(`Ce dossier vous attend encore ${moment} secondes.`);
    lastLeft = left;
  };

  const tick = () => {
    countDown();
    const time = document.querySelector(".desk-timer");
    if (!time) return;
    if (time.dataset.now) {
      offset = Date.parse(time.dataset.now) - Date.now();
      delete time.dataset.now;
    }
    const passed = Date.now() + offset - Date.parse(time.dataset.since);
    time.textContent = clockOf(Math.max(0, Math.floor(passed / 1000)));
  };
  setInterval(tick, 1000);

  Object.assign(raccroche.desk, { announce, tick });
})();

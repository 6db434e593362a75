// The browser as the agent's phone: connects to the agent's own waiting line, and connects again when it drops.
(() => {
  const headset = document.getElementById("headset");
  const mute = document.getElementById("mute");
  const say = (text) => { headset.textContent = `Casque : ${text}`; };
  const token = async () => (await (await fetch("/desk/voice-token")).json()).token;
  let device, line;

  const connect = async () => {
    if (line) return;
    say("connexion…");
    // no number is given: the server brings this line to the agent's own conference and nowhere else
    line = await device.connect();
    line.on("accept", () => { say("connecté"); mute.hidden = false; });
    const ended = () => { line = undefined; mute.hidden = true; say("déconnecté, nouvel essai…"); setTimeout(start, 3000); };
    line.on("disconnect", ended);
    line.on("cancel", ended);
    line.on("error", (error) => { say(`en panne (${error.code})`); });
  };
  const start = async () => {
    try {
      if (!device) {
        device = new Twilio.Device(await token(), { closeProtection: true, logLevel: "error" });
        device.on("tokenWillExpire", async () => device.updateToken(await token()));
        device.on("error", (error) => { say(`en panne (${error.code}). Vérifiez le micro et le réseau.`); });
      } else {
        device.updateToken(await token());
      }
      await connect();
    } catch {
      line = undefined;
      say("non connecté. Autorisez le micro ; nouvel essai dans un instant.");
      setTimeout(start, 5000);
    }
  };
  mute.addEventListener("click", () => {
    line.mute(!line.isMuted());
    mute.textContent = line.isMuted() ? "Rétablir le micro" : "Couper le micro";
    mute.setAttribute("aria-pressed", String(line.isMuted()));
  });
  if (window.Twilio) start();
  else say("indisponible. Cette installation a été construite sans le téléphone du navigateur.");
})();

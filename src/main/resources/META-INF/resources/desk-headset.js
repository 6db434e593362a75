// The frame that stands in for the agent's headset; without it, voice.js is the browser's own phone.
(() => {
  const frame = document.getElementById("softphone");
  if (!frame) return;
  const origin = new URL(frame.src).origin;
  let mine = false;

  const handToken = async () => {
    if (!mine) return;
    const response = await fetch("/desk/voice-token");
    if (!response.ok) return;
    const { token } = await response.json();
    frame.contentWindow.postMessage({ type: "raccroche-token", token }, origin);
  };

  const show = () => {
    document.getElementById("elsewhere").hidden = mine;
    frame.hidden = !mine;
  };
  const take = () => {
    mine = true;
    show();
    handToken();
  };
  /** One headset, however many tabs: the next tab gets it when this one closes. */
  const takeHeadset = () => {
    if (!navigator.locks) {
      take();
      return;
    }
    setTimeout(show, 500);
    navigator.locks.request("raccroche-headset", () => {
      take();
      return new Promise(() => {});
    });
  };

  frame.addEventListener("load", handToken);
  window.addEventListener("message", (event) => {
    if (event.origin !== origin) return;
    if (event.data?.type === "raccroche-audio") raccroche.desk.refresh();
    if (event.data?.type === "raccroche-ready") handToken();
    if (event.data?.type === "raccroche-key") raccroche.desk.onKey(event.data);
  });
  takeHeadset();
})();

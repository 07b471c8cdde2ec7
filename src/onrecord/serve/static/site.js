// What the pages do beyond reading: install, offline copies, and a statement and its note shown together.
// Every page can be read and every form sent without this file.
"use strict";

const PAGES = "onrecord-pages";

if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/worker.js").catch(() => {}));
}

let offer = null;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  showInstall();
});

function showInstall() {
  const button = document.getElementById("install");
  if (!button || !offer) return;
  button.hidden = false;
  button.addEventListener("click", () => offer && offer.prompt(), { once: true });
}

async function showKept() {
  const status = document.getElementById("kept");
  const forget = document.getElementById("forget");
  if (!status || !("caches" in self)) return;
  const pages = await (await caches.open(PAGES)).keys();
  const number = pages.length;
  status.textContent = number === 1 ? "1 page is kept in this browser." : `${number} pages are kept in this browser.`;
  forget.hidden = number === 0;
  forget.addEventListener("click", async () => { await caches.delete(PAGES); showKept(); }, { once: true });
}

// Pointing at a statement's number shows which note is its own, and the other way round.
function pair(event, on) {
  const near = event.target.closest && event.target.closest(".ref, .note");
  if (!near) return;
  const id = near.id || decodeURIComponent(near.hash.slice(1));
  const note = document.getElementById(id);
  if (note) note.classList.toggle("lit", on);
  for (const ref of document.querySelectorAll(".ref")) {
    if (ref.hash === "#" + id) ref.classList.toggle("lit", on);
  }
}
document.addEventListener("mouseover", (event) => pair(event, true));
document.addEventListener("mouseout", (event) => pair(event, false));
document.addEventListener("focusin", (event) => pair(event, true));
document.addEventListener("focusout", (event) => pair(event, false));

showInstall();
showKept();

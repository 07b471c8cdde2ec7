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

// Pointing at a statement's words, or tapping them, shows its whole note beside them: speaker, disputes, context.
let card = null;
function showCard(words) {
  hideCard();
  const note = words && document.getElementById(words.dataset.said);
  if (!note) return;
  card = document.createElement("div");
  card.id = "card";
  card.append(note.cloneNode(true));
  card.firstChild.removeAttribute("id");
  for (const how of card.querySelectorAll("details")) how.open = true;
  document.body.append(card);
  const box = words.getClientRects()[0];
  const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8);
  const below = box.bottom + card.offsetHeight + 12 < innerHeight;
  card.style.left = Math.max(8, left) + scrollX + "px";
  card.style.top = (below ? words.getBoundingClientRect().bottom + 6 : box.top - card.offsetHeight - 6) + scrollY + "px";
}
function hideCard() {
  if (card) card.remove();
  card = null;
}
let waiting = 0;
document.addEventListener("mouseover", (event) => {
  const words = event.target.closest && event.target.closest("[data-said]");
  clearTimeout(waiting);
  if (words) waiting = setTimeout(showCard, 350, words);
  else if (!event.target.closest("#card")) waiting = setTimeout(hideCard, 250);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("a, #card")) return;
  clearTimeout(waiting);
  showCard(event.target.closest("[data-said]"));
});
addEventListener("keydown", (event) => { if (event.key === "Escape") hideCard(); });

// The queue of corrections by keyboard: j and k go on and back, the letters on the buttons press them.
addEventListener("keydown", (event) => {
  const queue = document.getElementById("queue");
  if (!queue || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const all = [...queue.querySelectorAll(".judged")];
  const here = all.indexOf(document.activeElement.closest(".judged"));
  const next = event.key === "j" ? here + 1 : event.key === "k" ? here - 1 : -1;
  if (next >= 0 && next < all.length) {
    all[next].focus();
    event.preventDefault();
  }
  const hit = here >= 0 && /^[ars]$/.test(event.key) && all[here].querySelector(`[data-key="${event.key}"]`);
  if (!hit) return;
  event.preventDefault();
  if (hit.matches("input")) hit.select();
  else hit.click();
});
const queue = document.querySelector("#queue .judged");
if (queue) queue.focus({ preventScroll: true });

// Files dropped anywhere on the page for adding go into its form.
const add = document.getElementById("add");
if (add) {
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) add.elements.files.files = event.dataTransfer.files;
  });
}

showInstall();
showKept();

// Keeps pages that were seen, so that they can be read when the site cannot be reached. Asks the site first, always.
"use strict";

const PAGES = "onrecord-pages";
const FILES = "onrecord-files";
const MOST_PAGES = 200;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.add("/offline")).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/")) return;
  const isFile = url.pathname.startsWith("/static/") || url.pathname === "/manifest.webmanifest";
  const isPart = request.headers.has("HX-Request");
  if (isFile || isPart || request.mode === "navigate") event.respondWith(answer(request, isFile, isPart));
});

async function answer(request, isFile, isPart) {
  const cache = await caches.open(isFile ? FILES : PAGES);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !isPart) {
      await cache.put(request.url, fresh.clone());
      if (!isFile) await trim(cache);
    }
    return fresh;
  } catch (error) {
    const kept = await cache.match(request.url, { ignoreVary: true });
    return kept || (isFile ? Response.error() : (await caches.match("/offline")) || Response.error());
  }
}

async function trim(cache) {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_PAGES)).map((key) => cache.delete(key)));
}

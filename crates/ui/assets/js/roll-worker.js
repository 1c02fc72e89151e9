// Keeps the pages of attendance that this person has open today, so that a roll can be taken while the network or the
// server is away. The network is asked first; what is kept is shown only when it does not answer. `app.js` empties it
// when the person leaves.
const FILES = [
  "{{tabler.css}}", "{{app.css}}", "{{htmx.js}}", "{{idiomorph.js}}", "{{mark.svg}}", "{{fonts/source-sans-3-latin.woff2}}",
  "{{js/base.js}}", "{{js/theme.js}}", "{{js/palette.js}}", "{{js/keys.js}}", "{{js/choices.js}}", "{{js/connection.js}}",
  "{{js/forms.js}}", "{{js/selection.js}}", "{{js/notices.js}}", "{{js/passkey.js}}", "{{js/app.js}}", "{{js/keep.js}}", "{{js/roll.js}}",
];
const PAGES = "lp-roll-pages";
// Their names carry their checksums: a new release has another list, and so another cache.
const SHELL = `lp-roll-shell-${FILES.join().split("").reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) >>> 0, 7)}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("lp-roll-shell-") && name !== SHELL;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

/** Keeps a page or a picture; not the sign-in page it may have led to, and no refusal. */
const keep = async (request, answer) => {
  if (answer.ok && !answer.redirected) await (await caches.open(PAGES)).put(request, answer.clone());
  return answer;
};

const networkFirst = async (request) => {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return await keep(request, answer);
    return (await caches.match(request, { ignoreVary: true })) ?? answer;
  } catch (gone) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw gone;
  }
};

const cacheFirst = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(cacheFirst(request));
  else if (request.mode === "navigate" && url.pathname.startsWith("/attendance")) event.respondWith(networkFirst(request));
  else if (/^\/students\/[0-9a-f-]{36}\/photo$/.test(url.pathname)) event.respondWith(networkFirst(request));
});

// The pages of today's rolls, and what was open when the worker came, with their pictures.
self.addEventListener("message", (event) => {
  const pages = event.data?.keep;
  if (!Array.isArray(pages)) return;
  event.waitUntil((async () => {
    for (const page of pages) {
      try {
        const answer = await fetch(page, { credentials: "same-origin", headers: { Accept: "text/html" } });
        await keep(new Request(page), answer);
        const pictures = (await answer.clone().text()).matchAll(/src="(\/students\/[0-9a-f-]{36}\/photo[^"]*)"/g);
        for (const [, src] of pictures) await keep(new Request(src), await fetch(src, { credentials: "same-origin" }));
      } catch { /* what cannot be fetched now is kept when it is opened */ }
    }
  })());
});

// The connection and the session: says so when either is lost, and keeps looking by itself.
import { announce, one, send } from "{{js/base.js}}";

const offline = one("#ban-offline"), away = one("#ban-away"), idle = one("#ban-idle");
let looking = 0;

const show = (banner, on) => {
  if (!banner || banner.hidden === !on) return;
  banner.hidden = !on;
  if (on) announce(one("p", banner).textContent);
};

const back = [];
let isAway = !navigator.onLine, looked = Date.now();

/** Is the server known not to answer? */
export const serverIsAway = () => isAway;

/** Runs once, when the server answers again. */
export const whenBack = (run) => back.push(run);

const look = async () => {
  clearTimeout(looking);
  looking = 0;
  looked = Date.now();
  const answers = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) }).then((answer) => answer.ok, () => false);
  show(away, !answers && navigator.onLine);
  isAway = !answers;
  if (answers) for (const run of back.splice(0)) run();
  else looking = setTimeout(look, 3000);
};

/** Looks, unless it was done just now: a server that is away is noticed while one types, not when one sends. */
export const lookNow = (within = 3000) => { if (!looking && Date.now() - looked > within) look(); };

const lost = () => { isAway = true; show(away, navigator.onLine); if (!looking) looking = setTimeout(look, 3000); };

addEventListener("offline", () => { isAway = true; show(offline, true); });
addEventListener("online", () => { show(offline, false); look(); });
if (!navigator.onLine) show(offline, true);
document.addEventListener("htmx:sendError", lost);
document.addEventListener("htmx:timeout", lost);
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 401) location.reload(); // the session ended: the server leads to the sign-in page and back
  if (status >= 502) lost();
});

// The session ends after a while without input; the warning comes two minutes before.
const minutes = Number(document.body.dataset.idle ?? 0);
if (minutes > 2 && idle) {
  let last = Date.now(), told = Date.now();
  const stay = () => {
    last = told = Date.now();
    show(idle, false);
    send(one("[data-stay]").dataset.stay, { method: "POST" }).catch(lost);
  };
  const moved = () => {
    last = Date.now();
    show(idle, false);
    // Typing for long without a request would end the session on the server's side alone.
    if (last - told > (minutes - 3) * 60000 || last - told > 300000) stay();
  };
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, moved, { passive: true });
  document.addEventListener("htmx:afterRequest", () => { last = told = Date.now(); });
  one("[data-stay]").addEventListener("click", stay);
  setInterval(() => {
    const left = minutes * 60000 - (Date.now() - last);
    if (left < 120000) show(idle, true);
    if (left < -5000) location.reload();
  }, 5000);
}

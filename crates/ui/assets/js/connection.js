// The connection and the session: says so when either is lost, and keeps looking by itself.
import { announce, one, send } from "{{js/base.js}}";

const offline = one("#ban-offline"), away = one("#ban-away"), idle = one("#ban-idle");
let looking = 0;

const show = (banner, on) => {
  if (!banner || banner.hidden === !on) return;
  banner.hidden = !on;
  if (on) announce(one("p", banner).textContent);
};

const look = async () => {
  looking = 0;
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    show(away, !answer.ok);
    if (answer.ok) return;
  } catch { show(away, navigator.onLine); }
  looking = setTimeout(look, 5000);
};

const lost = () => { show(away, navigator.onLine); if (!looking) looking = setTimeout(look, 3000); };

addEventListener("offline", () => show(offline, true));
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

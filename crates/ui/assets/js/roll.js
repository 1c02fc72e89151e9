// Roll call: one key or one press an exception, arrows, undo, tallies; kept on the device while the server is away.
import { all, announce, one } from "{{js/base.js}}";
import { lookNow, serverIsAway, whenBack } from "{{js/connection.js}}";
import { drop, every, flush, get, put, sendRoll } from "{{js/keep.js}}";

const page = one("[data-account]");
const account = page?.dataset.account;
const form = one("form[data-roll-form]");
const seats = all(".seat");
const roll = form?.dataset.rollForm;
const banner = one("#ban-roll");
const steps = [];
const pressed = new Set();
let before = new Map();

const radios = (seat) => all("input[type=radio]", seat);
const chosen = (seat) => radios(seat).find((radio) => radio.checked);
const field = (seat, part) => one(`[name^="${part}-"]`, seat);
const state = (seat) => ({ letter: chosen(seat)?.value, minutes: field(seat, "minutes")?.value ?? "", comment: field(seat, "comment")?.value ?? "" });
const said = (seat) => JSON.stringify(state(seat));

/** Minutes since the period began, while it is going on; else nothing is proposed. */
const lateBy = () => {
  const { begins, ends } = form.dataset;
  const now = Date.now();
  return begins && now > begins && now < ends ? String(Math.max(1, Math.floor((now - begins) / 60000))) : "";
};

/** Who is marked late just now is late by the bell, until somebody types otherwise. */
const propose = (seat) => {
  const minutes = field(seat, "minutes");
  if (chosen(seat)?.dataset.tone === "L" && minutes && !minutes.value) minutes.value = lateBy();
};

/** Draws what is chosen: colour, word, name, tallies. */
const show = (seat) => {
  const radio = chosen(seat);
  if (!radio) return;
  seat.dataset.m = radio.dataset.tone;
  one("[data-word]", seat).textContent = radio.dataset.label;
  if (radio.dataset.tone !== "L" && field(seat, "minutes")) field(seat, "minutes").value = "";
  const { minutes, comment } = state(seat);
  const late = minutes && seat.dataset.m === "L" ? `${minutes} min` : "";
  one("[data-note]", seat).textContent = [late, comment].filter(Boolean).join(" · ");
  seat.setAttribute("aria-label", `${one(".nm", seat).firstChild.textContent}, ${radio.dataset.label}`);
};

const count = () => {
  for (const tally of all("[data-tally]")) tally.textContent = seats.filter((seat) => seat.dataset.m === tally.dataset.tally).length;
  const undo = one("[data-roll-undo]");
  if (undo) undo.hidden = !steps.length;
};

const changed = () => seats.filter((seat) => said(seat) !== seat.dataset.was);

/** Keeps what was pressed and not sent, so that neither a lost page nor a lost network loses a mark. */
const keep = async () => {
  const marks = Object.fromEntries(changed().map((seat) => [seat.id, state(seat)]));
  if (Object.keys(marks).length) await put("drafts", { roll, account, version: form.dataset.version, marks });
  else await drop("drafts", roll);
  tell();
};

const set = (seat, { letter, minutes, comment }) => {
  const radio = radios(seat).find((one) => one.value === letter);
  if (radio) radio.checked = true;
  if (field(seat, "minutes")) field(seat, "minutes").value = minutes;
  if (field(seat, "comment")) field(seat, "comment").value = comment;
  show(seat);
};

const remember = () => { before = new Map(seats.map((seat) => [seat, state(seat)])); };

/** Marks seats as one step, which can be undone. */
const mark = (changes) => {
  const step = changes.map(([seat]) => [seat, state(seat)]);
  for (const [seat, to] of changes) { set(seat, { ...state(seat), ...to }); propose(seat); show(seat); pressed.add(seat); }
  steps.push(step);
  count();
  remember();
  keep();
};

const undo = () => {
  const step = steps.pop();
  if (!step) return;
  for (const [seat, was] of step) { set(seat, was); pressed.delete(seat); }
  count();
  remember();
  keep();
  step[0]?.[0].focus();
};

const focus = (seat) => {
  if (!seat) return;
  for (const other of seats) other.tabIndex = other === seat ? 0 : -1;
  seat.focus();
};

const note = (seat) => {
  const more = one("details", seat);
  more.open = true;
  (chosen(seat)?.dataset.tone === "L" ? field(seat, "minutes") : field(seat, "comment"))?.focus();
};

const columns = () => Math.max(1, seats.filter((seat) => seat.offsetTop === seats[0].offsetTop).length);

const key = (event) => {
  const seat = event.target.closest(".seat");
  if (!seat || event.altKey || event.metaKey) return;
  const place = seats.indexOf(seat);
  const typing = event.target.matches("input:not([type=radio])");
  if (typing) {
    if (event.key === "Enter") { event.preventDefault(); one("details", seat).open = false; focus(seats[place + 1] ?? seat); }
    if (event.key === "Escape") { event.stopPropagation(); one("details", seat).open = false; focus(seat); }
    return;
  }
  if (event.ctrlKey) {
    if (event.key.toLowerCase() === "z") { event.preventDefault(); undo(); }
    return;
  }
  const to = { ArrowRight: place + 1, ArrowLeft: place - 1, ArrowDown: place + columns(), ArrowUp: place - columns(), Home: 0, End: seats.length - 1 }[event.key];
  if (to !== undefined) { event.preventDefault(); focus(seats[to]); return; }
  const radio = radios(seat).find((one) => one.value === event.key.toUpperCase() && !one.disabled);
  if (!radio) return;
  event.preventDefault();
  event.stopPropagation();
  mark([[seat, { letter: radio.value }]]);
  if (event.shiftKey) note(seat);
  else focus(seats[place + 1] ?? seat);
};

/** What waits on the device, in the banner: marks not sent, and when something was sent last. */
const tell = async () => {
  if (!banner) return;
  const waiting = (await every("queue")).filter((entry) => entry.account === account);
  const mine = changed().length;
  const marks = waiting.reduce((sum, entry) => sum + entry.marks, 0) + (waiting.some((entry) => entry.roll === roll) ? 0 : mine);
  const isAway = serverIsAway();
  const hidden = !isAway && !waiting.some((entry) => !entry.is);
  const words = one("[data-kept-words]", banner);
  const told = banner.dataset.marks.replace("{n}", marks);
  words.textContent = waiting.length ? `${banner.dataset.kept} ${told}` : `${banner.dataset.keeping} ${told}`;
  const last = await get("facts", "sent");
  one("[data-last-sent]", banner).textContent = last
    ? banner.dataset.last.replace("{time}", new Date(last.at).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }))
    : "";
  if (banner.hidden !== hidden) {
    banner.hidden = hidden;
    document.body.toggleAttribute("data-roll-kept", !hidden);
    if (!hidden) announce(one("p", banner).textContent);
  }
  const look = one("#ban-look");
  const shown = waiting.filter((entry) => entry.is === "shown");
  if (look) {
    look.hidden = !shown.length;
    one("button", look)?.toggleAttribute("disabled", !shown.length);
  }
};

/** Sends a kept roll as a form, so that the page answers which shows both sides. */
const openKept = async () => {
  const entry = (await every("queue")).find((one) => one.account === account && one.is === "shown");
  if (!entry) return;
  await drop("queue", entry.key);
  await drop("drafts", entry.roll);
  const sent = document.createElement("form");
  sent.method = "post";
  sent.action = entry.url;
  const token = one("meta[name=csrf-token]").content;
  for (const [name, value] of [["csrf", token], ...entry.body]) {
    const input = document.createElement("input");
    [input.type, input.name, input.value] = ["hidden", name, value];
    sent.append(input);
  }
  document.body.append(sent);
  sent.submit();
};

const sync = async () => {
  if (!account) return;
  const waiting = (await every("queue")).filter((entry) => entry.account === account);
  const left = await flush(account);
  await tell();
  const went = waiting.filter((entry) => !left.some((one) => one.key === entry.key));
  if (went.length) location.reload();
  else if (left.some((entry) => !entry.is)) again();
};

let timer = 0;
const again = () => {
  clearTimeout(timer);
  timer = setTimeout(() => { if (serverIsAway()) whenBack(sync); else sync(); }, 3000);
};

const submit = async (event) => {
  event.preventDefault();
  if (form.hasAttribute("data-busy")) return;
  form.setAttribute("data-busy", "");
  for (const button of all("button[type=submit]")) button.setAttribute("aria-busy", "true");
  const body = [...new FormData(form)].filter(([name]) => name !== "csrf").map(([name, value]) => [name, String(value)]);
  const entry = { key: form.elements.key.value, account, roll, url: form.getAttribute("action"), body, at: Date.now(), marks: changed().length };
  const told = await sendRoll(entry);
  form.removeAttribute("data-busy");
  for (const button of all("[aria-busy]")) button.removeAttribute("aria-busy");
  if (told.is === "taken") {
    await drop("drafts", roll);
    await put("facts", { name: "sent", at: Date.now() });
    location.assign(told.next);
  } else if (told.is === "away") {
    await put("queue", entry);
    lookNow(0);
    await tell();
    again();
  } else if (told.is === "refused") {
    await put("queue", entry);
    location.reload();
  } else {
    await drop("drafts", roll);
    form.submit();
  }
};

const restore = async () => {
  for (const seat of seats) seat.dataset.was = said(seat);
  const draft = await get("drafts", roll);
  if (draft && draft.account === account && draft.version === form.dataset.version) {
    for (const seat of seats) if (draft.marks[seat.id]) { set(seat, draft.marks[seat.id]); pressed.add(seat); }
  } else if (draft) await drop("drafts", roll);
  count();
};

if (form && seats.length) {
  seats.forEach((seat, place) => {
    seat.tabIndex = place ? -1 : 0;
    for (const stop of [...radios(seat), one("summary", seat)]) if (stop) stop.tabIndex = -1;
    seat.addEventListener("focus", () => { for (const other of seats) other.tabIndex = other === seat ? 0 : -1; });
  });
  for (const hidden of all("[data-needs-script]")) hidden.hidden = false;
  form.addEventListener("keydown", key);
  form.addEventListener("change", (event) => {
    const seat = event.target.closest(".seat");
    if (!seat) return;
    steps.push([[seat, before.get(seat) ?? state(seat)]]);
    pressed.add(seat);
    if (event.target.matches("input[type=radio]")) propose(seat);
    show(seat);
    count();
    remember();
    keep();
  });
  form.addEventListener("input", (event) => { const seat = event.target.closest(".seat"); if (seat) show(seat); });
  form.addEventListener("submit", submit);
  one("[data-roll-undo]")?.addEventListener("click", undo);
  one("[data-roll-last]")?.addEventListener("click", () =>
    mark(seats.filter((seat) => !pressed.has(seat) && seat.dataset.last).map((seat) => [seat, { letter: seat.dataset.last }])));
  for (const rest of all("[data-roll-rest]")) {
    rest.addEventListener("click", () => mark(seats.filter((seat) => !pressed.has(seat)).map((seat) => [seat, { letter: seat.dataset.present }])));
  }
  restore().then(remember).then(tell);
}

if (page) {
  one("[data-roll-look]")?.addEventListener("click", openKept);
  addEventListener("online", () => sync());
  addEventListener("offline", () => tell());
  const watch = () => { if (serverIsAway()) { tell(); whenBack(() => { tell(); sync(); }); } };
  setInterval(() => { lookNow(4000); tell(); watch(); }, 5000);
  sync();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/attendance/worker.js", { scope: "/attendance" })
      .then(() => navigator.serviceWorker.ready)
      .then((ready) => {
        const pages = [location.pathname + location.search, ...all("a[data-roll-page]").map((link) => link.getAttribute("href"))];
        ready.active?.postMessage({ keep: pages });
      })
      .catch(() => { /* without it the page itself still keeps what is pressed */ });
  }
}

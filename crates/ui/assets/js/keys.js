// The keyboard: find, go to, move in a list, choose an outcome, accept or keep, and the list of keys.
import { all, one, open, typing } from "{{js/base.js}}";
import { openPalette } from "{{js/palette.js}}";

let going = 0;

const go = (letter) => {
  const link = one(`[data-go="${CSS.escape(letter)}"]`);
  if (link) link.click();
  return link != null;
};

/** Moves among the rows of the first list, or among differences when one of them has the focus. */
const move = (by) => {
  const inDifference = document.activeElement?.closest("[data-df]");
  const stops = inDifference
    ? all("[data-df]").map((row) => one("input:checked", row) ?? one("input", row))
    : all("table[data-list] tbody tr").map((row) => one("a[href]", row) ?? one("button, input", row)).filter(Boolean);
  if (!stops.length) return false;
  const holder = (stop) => stop.closest("[data-df], tr");
  let at = stops.findIndex((stop) => holder(stop).contains(document.activeElement));
  if (at < 0) at = stops.findIndex((stop) => holder(stop).getAttribute("aria-selected") === "true");
  const to = at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by;
  stops[Math.max(0, Math.min(stops.length - 1, to))].focus();
  return true;
};

const decide = (key) => {
  const row = document.activeElement?.closest("[data-df]");
  const radio = row && one(`input[data-df-key=${key}]`, row);
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  radio.focus();
  return true;
};

/** Presses or chooses what carries the key; the last one wins, so that a drawer goes before the page below it. */
const press = (key) => {
  const target = all(`[data-key="${CSS.escape(key)}"]`).filter((found) => found.offsetParent !== null).at(-1);
  if (!target) return false;
  target.focus();
  target.click();
  return true;
};

const listKeys = () => {
  const here = one("#keys-here");
  if (!here) return;
  here.replaceChildren();
  const seen = new Set();
  for (const element of all("[data-key]")) {
    const key = element.dataset.key;
    if (seen.has(key) || /^[1-9]$/.test(key)) continue;
    seen.add(key);
    const [term, words, cap] = ["dt", "dd", "kbd"].map((tag) => document.createElement(tag));
    cap.textContent = key;
    term.append(cap);
    words.textContent = element.getAttribute("aria-label") ?? element.textContent.trim();
    here.append(term, words);
  }
};

export const showKeys = () => { listKeys(); open(one("#keys")); };

const plain = {
  "/": () => { openPalette(); return true; },
  "?": () => { showKeys(); return true; },
  j: () => move(1),
  k: () => move(-1),
  "[": () => { const link = one("[data-previous]"); link?.click(); return link != null; },
  "]": () => { const link = one("[data-next]"); link?.click(); return link != null; },
  y: () => decide("y"),
  n: () => decide("n"),
};

document.addEventListener("keydown", (event) => {
  const key = event.key;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "k") { event.preventDefault(); openPalette(); return; }
  if ((event.ctrlKey || event.metaKey) && key === "Enter") {
    const form = event.target.closest?.("form") ?? one("form[data-apply]");
    if (form) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (/^F[2489]$/.test(key) && press(key)) { event.preventDefault(); return; } // these work while one types
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
  if (key === "Escape") { one("[data-escape]")?.click(); return; }
  if (!document.body.hasAttribute("data-letters")) return;
  if (going) {
    clearTimeout(going);
    going = 0;
    if (go(key)) event.preventDefault();
    return;
  }
  if (key === "g") { going = setTimeout(() => { going = 0; }, 1200); return; }
  if ((plain[key] ?? (() => press(key)))()) event.preventDefault();
});

// Pressing: dialogs, menus, whole rows, selects that send their form.
import { all, one, open } from "{{js/base.js}}";
import { showKeys } from "{{js/keys.js}}";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    opener.closest("details.menu")?.removeAttribute("open");
    if (opener.dataset.open === "keys") showKeys(); else open(document.getElementById(opener.dataset.open));
  }
  if (event.target.closest("[data-back]")) history.back();
  if (event.target.closest("[data-print]")) print();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target.matches?.("dialog.dlg")) event.target.close(); // the backdrop

  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;

  const row = event.target.closest("tr[data-row]");
  if (row && !event.target.closest("a, button, input, label, select") && !getSelection()?.toString()) one("a[href]", row)?.click();
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu) return;
  if (event.key === "Escape") { menu.open = false; one("summary", menu).focus(); event.stopPropagation(); }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [one("summary", menu), ...all(".menu-list a, .menu-list button", menu)];
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// A choice made while a part was on its way stands when the part is drawn anew, where it is still offered.
let made = [];
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  made = all("input[type=radio][id]:checked", detail.target).map((radio) => radio.id);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const radio of made.map((id) => document.getElementById(id)).filter(Boolean)) {
    if (!all(`input[name="${radio.name}"]`, radio.form ?? document).some((other) => other.checked)) radio.checked = true;
  }
  made = [];
});

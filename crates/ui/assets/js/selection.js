// Ticks of a list: they last over its pages, until the form is sent or the browser closes; x ticks the row in hand.
import { all, announce, one, onPart, typing } from "{{js/base.js}}";

const keyOf = (bar) => `ticks:${bar.dataset.selection}`;

const kept = (bar) => {
  try { return new Set(JSON.parse(sessionStorage.getItem(keyOf(bar)) ?? "[]")); } catch { return new Set(); }
};

const keep = (bar, ticks) => {
  try {
    if (ticks.size) sessionStorage.setItem(keyOf(bar), JSON.stringify([...ticks])); else sessionStorage.removeItem(keyOf(bar));
  } catch { /* no storage: the ticks of this page still count */ }
};

const boxes = (form) => all("tbody input[name=student]", form);

const show = (bar, ticks, isSpoken) => {
  const words = one("[data-ticked]", bar), form = bar.closest("form");
  const said = ticks.size ? words.dataset.words.replace("0", ticks.size) : "";
  if (words.textContent !== said) { words.textContent = said; if (isSpoken) announce(said); }
  one("[data-untick]", bar).hidden = ticks.size === 0;
  const here = boxes(form), ticked = here.filter((box) => box.checked).length;
  const whole = one("[data-tick-all]", bar);
  whole.checked = here.length > 0 && ticked === here.length;
  whole.indeterminate = ticked > 0 && ticked < here.length;
};

const restore = (bar) => {
  const ticks = kept(bar);
  for (const box of boxes(bar.closest("form"))) box.checked = ticks.has(box.value);
  show(bar, ticks, false);
};

const take = (bar) => {
  const ticks = kept(bar);
  for (const box of boxes(bar.closest("form"))) if (box.checked) ticks.add(box.value); else ticks.delete(box.value);
  keep(bar, ticks);
  show(bar, ticks, true);
};

onPart((part) => { for (const bar of all("[data-selection]", part.closest("form") ?? part)) restore(bar); });
addEventListener("pageshow", () => all("[data-selection]").forEach(restore));

document.addEventListener("change", (event) => {
  const bar = one("[data-selection]", event.target.form ?? document.createElement("i"));
  if (!bar) return;
  if (event.target.matches("[data-tick-all]")) for (const box of boxes(event.target.form)) box.checked = event.target.checked;
  take(bar);
});

document.addEventListener("click", (event) => {
  const bar = event.target.closest("[data-untick]")?.closest("[data-selection]");
  if (!bar) return;
  keep(bar, new Set());
  restore(bar);
});

document.addEventListener("submit", (event) => {
  const bar = one("[data-selection]", event.target);
  if (!bar || event.defaultPrevented) return;
  const here = new Set(boxes(event.target).map((box) => box.value));
  for (const old of all("[data-from-elsewhere]", event.target)) old.remove();
  for (const id of kept(bar)) {
    if (here.has(id)) continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "student", value: id });
    field.dataset.fromElsewhere = "";
    event.target.append(field);
  }
  keep(bar, new Set());
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const box = one("input[name=student]", document.activeElement?.closest("tbody tr") ?? document.createElement("i"));
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
});

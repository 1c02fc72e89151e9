// Find: results as one types, chosen with the arrows and Enter.
import { all, announce, one, open, send } from "{{js/base.js}}";

const dialog = one("#find");
const input = one("#find-q"), list = one("#find-list"), note = one("#find-note");
let waiting = 0, asked = 0, shown = "";

export const openPalette = () => { open(dialog); input?.select(); };

const choose = (option) => {
  for (const other of all("[role=option]", list)) other.setAttribute("aria-selected", String(other === option));
  if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
  else input.removeAttribute("aria-activedescendant");
};

const clear = () => { list.replaceChildren(); choose(null); note.hidden = false; note.textContent = note.dataset.start; };

const ask = async (words) => {
  const turn = ++asked;
  try {
    const answer = await send(`${dialog.dataset.search}?${new URLSearchParams({ q: words })}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (turn !== asked) return; // a later question was answered first
    list.innerHTML = html;
    const said = one("template[data-note]", list)?.content.textContent ?? "";
    one("template[data-note]", list)?.remove();
    const first = one("[role=option]", list);
    choose(first);
    note.hidden = first != null;
    note.textContent = said;
    announce(said);
    shown = words;
  } catch {
    if (turn !== asked) return;
    clear();
    note.textContent = dialog.dataset.failed;
    announce(dialog.dataset.failed);
  }
};

input?.addEventListener("input", () => {
  clearTimeout(waiting);
  const words = input.value.trim();
  if (words.length < 2) { asked++; shown = ""; clear(); return; }
  waiting = setTimeout(() => ask(words), 120);
});

input?.addEventListener("keydown", (event) => {
  const options = all("[role=option]", list);
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to !== undefined && options.length) {
    event.preventDefault();
    choose(options[(to + options.length) % options.length]);
  }
  if (event.key === "Enter") {
    event.preventDefault();
    const chosen = options[at];
    if (chosen && shown === input.value.trim()) chosen.click();
    else if (input.value.trim().length > 1) input.form.submit();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-cmd]")) openPalette();
  if (event.target === dialog) dialog.close(); // the backdrop
});

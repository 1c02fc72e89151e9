// Toasts: a finished action with Undo for eight seconds; the clock stops while one reads or points at it.
import { all, announce, one, onPart } from "{{js/base.js}}";

const LASTS = 8000;

const place = (toast) => {
  const corner = one("#toasts");
  if (!corner || toast.parentElement === corner) return;
  corner.append(toast);
  announce(one("span", toast)?.textContent);
  let timer = setTimeout(() => toast.remove(), LASTS);
  const hold = () => clearTimeout(timer);
  const go = () => { hold(); timer = setTimeout(() => toast.remove(), LASTS / 2); };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
};

onPart((part) => {
  for (const toast of all("[data-toast]", part)) place(toast);
  if (part.matches?.("[data-toast]")) place(part);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest("[data-toast]")?.remove();
});

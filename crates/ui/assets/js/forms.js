// Forms: one press is one record; what was typed survives a lost page, but only on this device, only until the
// browser closes, and never words about health, custody or identity papers.
import { all, announce, one, onPart } from "{{js/base.js}}";
import { lookNow, serverIsAway, whenBack } from "{{js/connection.js}}";

const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-guard]") || event.defaultPrevented) return;
  if (sent.has(form)) { event.preventDefault(); event.stopPropagation(); return; }
  if (form.method === "post" && serverIsAway()) { event.preventDefault(); event.stopPropagation(); wait(form, event.submitter); return; }
  sent.add(form);
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), 15000); // an answer that never comes must not lock the form
  if (form.matches("[data-draft]")) mark(keyOf(form), true);
}, true);

/** Keeps a form that was pressed while the server is away, and sends it once when it answers: unless it was changed since. */
const wait = (form, button) => {
  sent.add(form);
  button?.setAttribute("aria-busy", "true");
  const pressed = JSON.stringify(state(form));
  whenBack(() => {
    release(form);
    if (!form.isConnected) return;
    if (JSON.stringify(state(form)) === pressed) form.requestSubmit(button?.isConnected ? button : undefined);
    else announce(one("#ban-away")?.dataset.online);
  });
};

// Before a form is sent: while one types in it, and as the pointer or the focus comes to its button.
const near = (event) => { if (event.target.closest?.("form[method=post][data-guard]")) lookNow(event.type === "input" ? 3000 : 500); };
for (const kind of ["input", "focusin", "pointerdown"]) document.addEventListener(kind, near, { passive: true });

const release = (form) => {
  sent.delete(form);
  for (const button of all("[aria-busy]", form)) button.removeAttribute("aria-busy");
};
document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest?.("form"); if (form) release(form); });
addEventListener("pageshow", () => all("form[data-guard]").forEach(release)); // back from the page before

const keyOf = (form) => `draft:${form.dataset.draft}`;
const kept = (field) =>
  field.name && !["hidden", "password", "file"].includes(field.type) && !field.hasAttribute("data-no-draft") && field.name !== "csrf";

const state = (form) =>
  [...form.elements].filter(kept).map((field) => ["radio", "checkbox"].includes(field.type) ? field.checked : field.value);

const stash = (form) => {
  try {
    if (JSON.stringify(state(form)) === form.dataset.was) sessionStorage.removeItem(keyOf(form));
    else sessionStorage.setItem(keyOf(form), JSON.stringify({ was: form.dataset.was, now: state(form) }));
  } catch { /* no room or no storage: the form still works */ }
};

/** A sent draft is kept one page longer: the next page settles it, unless that page asks to sign in, says that
 *  nothing was saved, or is the form itself, gone back to from a page that never came. */
const mark = (key, isSent) => {
  try {
    const draft = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (draft) sessionStorage.setItem(key, JSON.stringify({ ...draft, sent: isSent }));
  } catch { /* nothing was kept */ }
};

const settle = () => {
  const goneBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const isOpen = goneBack || one("[data-sign-in], [data-trouble]") != null;
  try {
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith("draft:"))) {
      if (!JSON.parse(sessionStorage.getItem(key)).sent) continue;
      if (isOpen) mark(key, false); else sessionStorage.removeItem(key);
    }
  } catch { /* no storage */ }
};

/** Says that the form holds what was typed before, and offers to start over. */
const tell = (form) => {
  const note = one("#draft-note")?.content.firstElementChild.cloneNode(true);
  if (!note) return;
  one("button", note).addEventListener("click", () => { sessionStorage.removeItem(keyOf(form)); form.reset(); note.remove(); });
  form.prepend(note);
};

const restore = (form) => {
  const was = JSON.stringify(state(form));
  form.dataset.was = was;
  let draft;
  try { draft = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null"); } catch { return; }
  // A draft of another version of the record would overwrite what somebody saved since.
  if (!draft || draft.was !== was || one("[aria-invalid=true]", form)) return;
  [...form.elements].filter(kept).forEach((field, at) => {
    if (["radio", "checkbox"].includes(field.type)) field.checked = draft.now[at]; else field.value = draft.now[at];
  });
  tell(form);
};

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-draft]")) stash(form);
});

settle();
onPart((part) => {
  for (const form of all("form[data-draft]", part)) restore(form);
  one("[data-focus]", part)?.focus();
});

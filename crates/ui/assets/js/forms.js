// Forms: one press is one record; what was typed survives a lost page, but only on this device, only until the
// browser closes, and never words about health, custody or identity papers.
import { all, one, onPart } from "{{js/base.js}}";

const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-guard]") || event.defaultPrevented) return;
  if (sent.has(form)) { event.preventDefault(); event.stopPropagation(); return; }
  sent.add(form);
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), 15000); // an answer that never comes must not lock the form
  if (form.matches("[data-draft]")) mark(keyOf(form), true);
}, true);

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

/** A sent draft is kept one page longer: the next page settles it, unless that page asks to sign in. */
const mark = (key, isSent) => {
  try {
    const draft = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (draft) sessionStorage.setItem(key, JSON.stringify({ ...draft, sent: isSent }));
  } catch { /* nothing was kept */ }
};

const settle = () => {
  const signingIn = one("[data-sign-in]") != null;
  try {
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith("draft:"))) {
      if (!JSON.parse(sessionStorage.getItem(key)).sent) continue;
      if (signingIn) mark(key, false); else sessionStorage.removeItem(key);
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

// What the other modules share: finding elements, asking the server, speaking to the reader.
export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Whether keys typed now belong to a field. */
export const typing = (target) =>
  target?.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]") != null;

/** Asks with the token every change needs. */
export const send = (address, options = {}) =>
  fetch(address, {
    credentials: "same-origin",
    ...options,
    headers: { "X-CSRF-Token": one("meta[name=csrf-token]")?.content ?? "", "HX-Request": "true", ...options.headers },
  });

/** Tells assistive technology, politely, through the one live region. */
export const announce = (words) => {
  const region = one("#status");
  if (!region || !words) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = words; });
};

export const open = (dialog) => { if (dialog && !dialog.open) dialog.showModal(); };

/** Runs now and again for every part htmx puts on the page. */
export const onPart = (run) => {
  run(document.body);
  document.addEventListener("htmx:load", (event) => run(event.detail.elt));
};

// Everything every page does; pages work without it where a form suffices.
import { announce } from "{{js/base.js}}";
import "{{js/theme.js}}";
import "{{js/palette.js}}";
import "{{js/keys.js}}";
import "{{js/choices.js}}";
import "{{js/forms.js}}";
import "{{js/selection.js}}";
import "{{js/notices.js}}";
import "{{js/connection.js}}";
import "{{js/passkey.js}}";

// Swapped parts are announced by the words they carry for it.
document.addEventListener("htmx:afterSwap", (event) => announce(event.detail.target?.dataset?.said));

// The open tab is seen.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) tab.parentNode.scrollLeft = tab.offsetLeft - 48;

// What attendance keeps on this device goes with the person. Rolls that could not be sent stay for their sender.
const forget = async () => {
  try {
    for (const name of await caches.keys()) if (name.startsWith("lp-roll-pages")) await caches.delete(name);
    if (!(await indexedDB.databases()).some((known) => known.name === "lodgepole-roll")) return;
    const asked = indexedDB.open("lodgepole-roll");
    asked.onsuccess = () => {
      const emptied = asked.result.transaction("drafts", "readwrite");
      emptied.objectStore("drafts").clear();
      emptied.oncomplete = () => asked.result.close();
    };
  } catch { /* nothing was kept */ }
};
if (document.querySelector("[data-sign-in]")) forget();
document.addEventListener("submit", (event) => { if (event.target.matches('form[action="/sign-out"]')) forget(); });

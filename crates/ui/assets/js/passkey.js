// Passkeys: signing in with one (data-passkey) and making one (data-passkey-new). The attribute is the address where the
// server starts and finishes; the browser's own dialog is in between. What went wrong stands below the button in words.
import { all, announce, one, onPart, send } from "{{js/base.js}}";

const able = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

const post = async (address, body) => {
  const answer = await send(address, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const tell = (button, why) => {
  const words = button.dataset[why];
  const told = one("[data-passkey-told]", button.parentElement);
  if (told) {
    told.textContent = words;
    told.hidden = false;
  }
  announce(words);
};

// The browser says "not allowed" for a dialog that was closed and for one that waited too long.
const why = (error) => ({ NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" })[error.name] ?? "failed";

const run = async (button, base, ask) => {
  button.setAttribute("aria-busy", "true");
  try {
    const credential = await ask((await post(`${base}/start`, {})).publicKey);
    location.assign((await post(`${base}/finish${location.search}`, credential.toJSON())).next);
  } catch (error) {
    button.removeAttribute("aria-busy");
    tell(button, why(error));
  }
};

document.addEventListener("click", (event) => {
  const use = event.target.closest("[data-passkey]"), add = event.target.closest("[data-passkey-new]");
  if (use) run(use, use.dataset.passkey, (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
  if (add) run(add, add.dataset.passkeyNew, (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
});

onPart((part) => {
  if (able) return;
  for (const button of all("[data-passkey], [data-passkey-new]", part)) {
    button.hidden = true;
    tell(button, "unable");
  }
});

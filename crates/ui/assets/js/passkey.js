// Passkeys: signing in with one (data-passkey) and adding one (data-passkey-new). The server starts and finishes;
// the browser's own dialog is in between. Without support the buttons are taken away.
import { all, announce, onPart, send } from "{{js/base.js}}";

const able = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

const post = async (address, body) => {
  const answer = await send(address, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const run = async (button, base, ask) => {
  button.setAttribute("aria-busy", "true");
  try {
    const credential = await ask((await post(`${base}/start`, {})).publicKey);
    location.assign((await post(`${base}/finish`, credential.toJSON())).next);
  } catch {
    button.removeAttribute("aria-busy");
    announce(button.dataset.failed);
  }
};

document.addEventListener("click", (event) => {
  const use = event.target.closest("[data-passkey]"), add = event.target.closest("[data-passkey-new]");
  if (use) run(use, "/sign-in/passkey", (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
  if (add) run(add, "/account/passkey", (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
});

onPart((part) => { if (!able) for (const button of all("[data-passkey], [data-passkey-new]", part)) button.hidden = true; });

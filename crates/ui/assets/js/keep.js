// What a roll keeps on this device while the network or the server is away: marks pressed and not sent (drafts), and
// rolls sent and not taken (the queue). It holds numbers of students and letters, never a name, and goes by account:
// nobody sends what somebody else marked. Leaving empties it, see `app.js`.
const NAME = "lodgepole-roll";

let opened;
const open = () => opened ??= new Promise((resolve, reject) => {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("queue", { keyPath: "key" });
    asked.result.createObjectStore("drafts", { keyPath: "roll" });
    asked.result.createObjectStore("facts", { keyPath: "name" });
  };
  asked.onsuccess = () => {
    asked.result.onversionchange = () => { asked.result.close(); opened = undefined; };
    resolve(asked.result);
  };
  asked.onerror = () => { opened = undefined; reject(asked.error); };
});

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const on = async (store, mode, work) => {
  try {
    const database = await open();
    return await done(work(database.transaction(store, mode).objectStore(store)));
  } catch { return undefined; } // no room or no storage: the form still works
};

export const put = (store, value) => on(store, "readwrite", (all) => all.put(value));
export const get = (store, key) => on(store, "readonly", (all) => all.get(key));
export const drop = (store, key) => on(store, "readwrite", (all) => all.delete(key));
export const every = async (store) => (await on(store, "readonly", (all) => all.getAll())) ?? [];

/** Sends a roll; what became of it: taken, shown (to be looked at), refused (sign in first), away. */
export const sendRoll = async ({ url, body }) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  let answer;
  try {
    answer = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      body: new URLSearchParams(body),
      headers: { "X-CSRF-Token": token, Accept: "application/json", "HX-Request": "true" },
      signal: AbortSignal.timeout(10000),
    });
  } catch { return { is: "away" }; }
  if (answer.ok) {
    const told = await answer.json().catch(() => undefined);
    if (told) return { is: told.clashes > 0 ? "shown" : "taken", next: told.next };
    return { is: "away" };
  }
  if (answer.status === 401) return { is: "refused" };
  if (answer.status >= 500) return { is: "away" };
  return { is: "shown" };
};

/** Sends what waits for this account, the first first; stops where the server is away. Returns what is left of it. */
export const flush = async (account) => {
  const waiting = (await every("queue")).filter((one) => one.account === account).sort((a, b) => a.at - b.at);
  const left = [];
  for (const [place, one] of waiting.entries()) {
    if (one.is === "shown") { left.push(one); continue; }
    const told = await sendRoll(one);
    if (told.is === "taken") {
      await drop("queue", one.key);
      await drop("drafts", one.roll);
      await put("facts", { name: "sent", at: Date.now() });
    } else if (told.is === "shown") {
      left.push({ ...one, is: "shown" });
      await put("queue", { ...one, is: "shown" });
    } else {
      left.push(...waiting.slice(place));
      break;
    }
  }
  return left;
};

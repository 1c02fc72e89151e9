// Light or dark: changed at once, saved by the server; a cookie bridges the time it is away.
import { one, send } from "{{js/base.js}}";

const root = document.documentElement;
const isDark = () =>
  (root.dataset.bsTheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

const show = (form) => {
  const button = one("button", form);
  button.value = isDark() ? "light" : "dark";
  button.setAttribute("aria-label", isDark() ? form.dataset.light : form.dataset.dark);
};

const remember = (theme) => { document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`; };

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const theme = isDark() ? "light" : "dark";
  root.dataset.bsTheme = theme;
  show(form);
  dispatchEvent(new CustomEvent("lp:theme"));
  send(form.action, { method: "POST", body: new URLSearchParams({ theme, csrf: one("[name=csrf]", form).value }) })
    .then((answer) => { if (!answer.ok) remember(theme); })
    .catch(() => remember(theme));
});

const form = one("[data-theme-form]");
if (form) show(form);

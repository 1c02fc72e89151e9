// Everything every page does. Each module adds behaviour to data attributes; pages work without it where a form suffices.
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

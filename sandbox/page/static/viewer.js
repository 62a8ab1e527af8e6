// Pictures seen large, one after the other.

import { $, el } from "./dom.js";

/** Shows pictures as large as the window allows, beginning with the one of this number. */
export function enlarge(files, number) {
  const dialog = $("picture");
  let now = number;
  const show = (next) => {
    now = (next + files.length) % files.length;
    const file = files[now];
    const caption = el("p", { role: "status" }, file.alt || file.name, files.length > 1 && ` · ${now + 1} of ${files.length}`, " · ", el("a", { href: file.url, download: file.name }, "Save"));
    dialog.querySelector("figure").replaceChildren(el("img", { src: file.url, alt: file.alt }), caption);
  };
  const step = (by, name, words) => el(`button.icon.${name}`, { type: "button", "aria-label": words, onclick: () => show(now + by) }, by < 0 ? "‹" : "›");
  const steps = files.length > 1 ? [step(-1, "previous", "Previous picture"), step(1, "next", "Next picture")] : [];
  dialog.replaceChildren(el("button.icon.close", { type: "button", "aria-label": "Close", onclick: () => dialog.close() }, "✕"), el("figure"), ...steps);
  dialog.onclick = (event) => (event.target === dialog || event.target.tagName === "FIGURE") && dialog.close();
  dialog.onkeydown = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && files.length > 1) show(now + by);
  };
  show(number);
  dialog.showModal();
}

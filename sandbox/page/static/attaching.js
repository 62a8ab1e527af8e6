// Choosing files: from the device, or among the members' ready pictures.

import { el } from "./dom.js";
import { entry, openMenuAt } from "./menu.js";

/** Opens the menu of files at a button; `browse` opens the device's, `take` gets what is ready. */
export function choosePicture(button, names, browse, take) {
  const use = async (name) => {
    const content = await (await fetch(`/pictures/${name}`)).blob();
    take([new File([content], name, { type: content.type })]);
  };
  openMenuAt(button, [entry("From this device…", browse), ...names.map((name) => entry(name, () => use(name), `/pictures/${name}`))]);
}

/** Says to the browser which files are meant. */
export function accepted(types) {
  return types?.length ? types.map((each) => (each.startsWith(".") ? each : `${each}/*`)).join(",") : null;
}

/** Builds the small preview of a file, with a button that takes it away. */
export function preview(file, remove) {
  const away = el("button.icon", { type: "button", "aria-label": `Take ${file.name} away`, onclick: remove }, "✕");
  return el("span.attachment", {}, thumbnail(file), away);
}

/** Builds a file's picture, or its name where it is none. */
export function thumbnail(file) {
  if (!file.type.startsWith("image/")) return el("span", {}, file.name);
  const image = el("img", { alt: file.name, title: file.name });
  image.src = URL.createObjectURL(file);
  image.onload = () => URL.revokeObjectURL(image.src);
  return image;
}

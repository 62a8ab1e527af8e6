// Pictures and files in messages: as large as there is room, in their own shape, hidden where they are spoilers.

import { el } from "./dom.js";

/** Builds the pictures of a message, in a grid as Discord lays it, and its other files below; `on.enlarge` opens one. */
export function pictures(files, on) {
  const seen = files.filter((file) => file?.width);
  const others = files.filter((file) => !file?.width).map(download);
  if (!seen.length) return others;
  const grid = el("div.files", { "data-count": String(seen.length) }, seen.map((file, number) => picture(file, () => on.enlarge(seen, number))));
  grid.style.setProperty("--shape", shapeOf(seen));
  return [grid, ...others];
}

/** Tells which shape a grid's tiles have: that of the pictures where they have one, else a square. */
function shapeOf(files) {
  const shapes = files.map((file) => file.width / file.height);
  const alike = Math.max(...shapes) / Math.min(...shapes) < 1.02;
  return alike ? shapes[0] : 1;
}

/** Builds the small picture beside a section. */
export function thumbnail(file, on) {
  const small = file?.width ? picture(file, () => on.enlarge([file], 0)) : download(file);
  small.classList.add("thumbnail");
  return small;
}

/** Builds the card of a file. */
export function download(file) {
  if (!file) return el("span.file", {}, "This file is gone");
  return el("a.file", { href: file.url, download: file.name }, file.name, el("small", {}, ` ${Math.ceil(file.size / 1024)} kB`));
}

function picture(file, enlarge) {
  const image = el("img", { src: file.url, alt: file.alt, loading: "lazy", draggable: "false", width: String(file.width), height: String(file.height) });
  const name = file.alt || file.name;
  const open = el("button.picture", { type: "button", "aria-label": `Open ${name}`, "data-url": file.url, "data-name": file.name }, image);
  if (file.spoiler) {
    open.classList.add("hidden");
    open.setAttribute("aria-label", "Show what is hidden");
    image.alt = "";
  }
  open.onclick = () => {
    if (!open.classList.contains("hidden")) return enlarge();
    open.classList.remove("hidden");
    open.setAttribute("aria-label", `Open ${name}`);
    image.alt = file.alt;
  };
  return open;
}

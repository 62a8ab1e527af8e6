// The small menu that opens at a button or where something was right-clicked or long pressed.

import { $, el } from "./dom.js";

let opener = null;

/** Builds an entry: its words, perhaps a picture before them, and what choosing it does. */
export function entry(words, work, picture = null) {
  const chosen = () => {
    closeMenu();
    work();
  };
  return el("button", { type: "button", role: "menuitem", tabIndex: -1, onclick: chosen }, picture && el("img", { src: picture, alt: "", loading: "lazy" }), words);
}

/** Opens the menu at a place of the window; `entries` may have labels among them. */
export function openMenu(entries, x, y) {
  const menu = $("menu");
  if (menu.hidden) opener = document.activeElement;
  (document.querySelector("dialog[open]") ?? $("main")).append(menu); // an open dialog covers all else
  menu.replaceChildren(...entries);
  menu.hidden = false;
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`;
  menu.querySelector("[role=menuitem]").focus();
}

/** Opens the menu above or below a button, wherever there is room. */
export function openMenuAt(button, entries) {
  const { left, top } = button.getBoundingClientRect();
  openMenu(entries, left, top);
  $("menu").style.top = `${Math.max(8, top - $("menu").offsetHeight - 8)}px`;
}

function closeMenu() {
  const menu = $("menu");
  if (menu.hidden) return;
  menu.hidden = true;
  $("main").append(menu);
  opener?.focus();
}

function keys(event) {
  const menu = $("menu");
  if (menu.hidden) return;
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const now = items.indexOf(document.activeElement);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
  if (next !== undefined) items.at(next % items.length).focus();
  else if (event.key === "Escape" || event.key === "Tab") closeMenu();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keydown", keys, true);
document.addEventListener("pointerdown", (event) => !event.target.closest("#menu") && closeMenu());

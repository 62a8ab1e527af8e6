// The list over the line: commands, or what may stand in an option.

import { $, el } from "./dom.js";

let owner = null; // the field that the list is for
let entries = [];
let chosen = -1;

/** Shows what may be picked for a field: entries with a name, perhaps a word about it, and what picking does. */
export function showSuggestions(field, label, listed) {
  if (owner && owner !== field) hideSuggestions();
  [owner, entries, chosen] = [field, listed, -1];
  const list = $("suggestions");
  list.setAttribute("aria-label", label);
  list.replaceChildren(
    ...listed.map(({ name, about, pick }, number) => {
      const item = el("li", { role: "option", id: `suggestion-${number}`, "aria-selected": "false", onclick: pick }, el("strong", {}, name), about && el("span", {}, about));
      item.onpointerdown = (event) => event.preventDefault(); // the field keeps the focus
      return item;
    }),
  );
  list.hidden = !listed.length;
  if (listed.length) field.setAttribute("aria-controls", "suggestions");
  if (field.getAttribute("role") === "combobox") field.setAttribute("aria-expanded", String(listed.length > 0));
}

/** Takes the list away. */
export function hideSuggestions() {
  if (!owner) return;
  $("suggestions").hidden = true;
  owner.removeAttribute("aria-activedescendant");
  owner.removeAttribute("aria-controls");
  if (owner.getAttribute("role") === "combobox") owner.setAttribute("aria-expanded", "false");
  owner = null;
  entries = [];
}

/** Whether the list is open. */
export const suggesting = () => entries.length > 0;

/** Marks an entry as the one that a key picks. */
export function choose(number) {
  chosen = number;
  for (const [each, item] of [...$("suggestions").children].entries()) {
    item.setAttribute("aria-selected", String(each === chosen));
    if (each === chosen) item.scrollIntoView({ block: "nearest" });
  }
  owner.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
}

/** Marks the entry so many further down. */
export function move(by) {
  choose(chosen < 0 && by < 0 ? entries.length - 1 : Math.max(0, Math.min(chosen + by, entries.length - 1)));
}

/** Picks the marked entry; says whether there is one. */
export function pickChosen() {
  const entry = entries[chosen];
  entry?.pick();
  return Boolean(entry);
}

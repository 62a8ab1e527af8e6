// What stands under a message, or makes it up: rows of buttons and menus, and Components V2.

import { el } from "./dom.js";
import { markdown } from "./markdown.js";
import { download, pictures, thumbnail } from "./pictures.js";

const ROW = 1, BUTTON = 2, SELECT = 3, SECTION = 9, TEXT = 10, THUMBNAIL = 11, GALLERY = 12, FILE = 13, SEPARATOR = 14, CONTAINER = 17;
const LINK = 5, LARGE = 2;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };
const MENUS = { 5: ["users"], 6: ["roles"], 7: ["users", "roles"], 8: ["channels"] };
const MARKS = { users: "@", roles: "@", channels: "#" };

/** Builds components in the order of reading. */
export function componentNodes(components, message, view, on) {
  return components.map((part) => component(part, message, view, on));
}

/** Lists what a menu offers: `[value, label, chosen]`; people, roles and places are those that the view knows. */
export function choicesOf(part, view) {
  if (part.type === SELECT || part.options) return part.options.map((each) => [each.value, each.description ? `${each.label} – ${each.description}` : each.label, each.default]);
  const given = (part.default_values ?? []).map((each) => String(each.id));
  return MENUS[part.type].flatMap((kind) => Object.entries(view.names[kind]).map(([id, name]) => [id, `${MARKS[kind]}${name.replace(/^@/, "")}`, given.includes(id)]));
}

function component(part, message, view, on) {
  const nested = (parts) => componentNodes(parts, message, view, on);
  switch (part.type) {
    case ROW:
      return el("div.components", {}, part.components.map((each) => control(each, message, view, on)));
    case TEXT:
      return el("div.words", {}, markdown(part.content, view.names, on.visit));
    case SECTION:
      return el("div.section", {}, el("div.texts", {}, nested(part.components)), beside(part.accessory, message, view, on));
    case GALLERY:
      return el("div.gallery", {}, pictures(part.items.map((item) => item.shown), on));
    case FILE:
      return download(part.shown);
    case SEPARATOR:
      return el(`div.separator${part.divider === false ? "" : ".line"}${part.spacing === LARGE ? ".large" : ""}`, part.divider === false ? {} : { role: "separator" });
    case CONTAINER:
      return container(part, nested(part.components));
    default:
      return "";
  }
}

function container(part, inside) {
  const box = el("div.container", {}, inside);
  if (part.accent_color !== null && part.accent_color !== undefined) {
    box.classList.add("accented");
    box.style.setProperty("--bar", `#${part.accent_color.toString(16).padStart(6, "0")}`);
  }
  if (!part.spoiler) return box;
  box.inert = true;
  const cover = el("button.cover", { type: "button", "aria-label": "Show what is hidden" }, "SPOILER");
  cover.onclick = () => {
    box.inert = false;
    cover.remove();
  };
  return el("div.covered", {}, box, cover);
}

function beside(part, message, view, on) {
  return part.type === THUMBNAIL ? thumbnail(part.shown, on) : control(part, message, view, on);
}

function control(part, message, view, on) {
  const label = [part.emoji?.name, part.label].filter(Boolean).join(" ");
  if (part.type === BUTTON && part.style === LINK) return el("a.button.secondary", { href: part.url, target: "_blank", rel: "noreferrer noopener" }, label);
  if (part.type === BUTTON) return el(`button.button.${STYLES[part.style]}`, { type: "button", disabled: part.disabled, onclick: () => on.press(message, part) }, label);
  const several = (part.max_values ?? 1) > 1;
  const choices = choicesOf(part, view);
  const select = el("select", { "aria-label": part.placeholder ?? "Choose", disabled: part.disabled, multiple: several });
  if (!several) select.append(el("option", { value: "", hidden: true }, part.placeholder ?? "Choose…"));
  for (const [value, words, chosen] of choices) select.append(el("option", { value, selected: chosen }, words));
  if (!several && !choices.some(([, , chosen]) => chosen)) select.value = "";
  select.onchange = () => on.choose(message, part, [...select.selectedOptions].map((option) => option.value));
  return select;
}

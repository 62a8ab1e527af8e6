// Forms that the bot opens, and the picture seen large.

import { $, el } from "./dom.js";

const ROW = 1, SELECT = 3, INPUT = 4, TEXT = 10, LABEL = 18, UPLOAD = 19;
const PARAGRAPH = 2;

let shown = null;

/** Opens the form that a view has, or closes the one that it no longer has; `on` sends or dismisses it. */
export function showForm(modal, on) {
  const dialog = $("form");
  if ((modal?.interaction ?? null) === shown) return;
  shown = modal?.interaction ?? null;
  if (!modal) return dialog.close();
  const refused = el("p.refused", { role: "alert", hidden: true });
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "form-title" }, modal.title),
    el("p.hint", {}, "This form is sent to Spark."),
    modal.components.map(part),
    refused,
    el("div.buttons", {}, el("button.button.secondary", { type: "button", onclick: () => dialog.close() }, "Cancel"), el("button.button.primary", { type: "submit" }, "Submit")),
  );
  form.onsubmit = async (event) => {
    event.preventDefault();
    try {
      await on.submit(modal.interaction, ...filledIn(form));
    } catch (error) {
      refused.textContent = error.message;
      refused.hidden = false;
    }
  };
  dialog.replaceChildren(form);
  dialog.setAttribute("aria-labelledby", "form-title");
  dialog.onclose = () => shown === modal.interaction && on.dismiss(modal.interaction);
  dialog.showModal();
}

/** Shows a picture as large as the window allows. */
export function enlarge(file) {
  const dialog = $("picture");
  const close = el("button.icon", { "aria-label": "Close", onclick: () => dialog.close() }, "✕");
  const caption = el("p", {}, file.alt || file.name, " · ", el("a", { href: file.url, download: file.name }, "Save"));
  dialog.replaceChildren(close, el("img", { src: file.url, alt: file.alt }), caption);
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  dialog.showModal();
}

function part(described) {
  if (described.type === TEXT) return el("p", {}, described.content);
  if (described.type === ROW) return described.components.map((held) => labelled(held.label, "", held));
  return described.type === LABEL ? labelled(described.label, described.description, described.component) : "";
}

function labelled(label, description, component) {
  const id = `field-${component.custom_id}`;
  const required = component.required !== false;
  return el(
    "div.field",
    {},
    el("label", { for: id }, label, required && el("span.required", { "aria-hidden": "true" }, " *")),
    description && el("p.hint", {}, description),
    control(component, id, required),
  );
}

function control(component, id, required) {
  const named = { id, name: component.custom_id, required };
  if (component.type === SELECT) {
    const several = (component.max_values ?? 1) > 1;
    const select = el("select", { ...named, multiple: several });
    if (!several) select.append(el("option", { value: "" }, component.placeholder ?? "Choose…"));
    for (const option of component.options) select.append(el("option", { value: option.value, selected: option.default }, option.label));
    return select;
  }
  if (component.type === UPLOAD) return el("input", { ...named, type: "file", multiple: (component.max_values ?? 1) > 1 });
  const bounds = { minlength: component.min_length && String(component.min_length), maxlength: String(component.max_length ?? 4000) };
  const given = { ...named, ...bounds, placeholder: component.placeholder };
  if (component.type === INPUT && component.style === PARAGRAPH) return el("textarea", { ...given, rows: 4 }, component.value ?? "");
  return el("input", { ...given, type: "text", value: component.value });
}

function filledIn(form) {
  const fields = {}, files = {};
  for (const control of form.elements) {
    if (!control.name) continue;
    if (control.type === "file") files[control.name] = [...control.files];
    else if (control.tagName === "SELECT") fields[control.name] = [...control.selectedOptions].map((option) => option.value).filter(Boolean);
    else fields[control.name] = control.value;
  }
  return [fields, files];
}

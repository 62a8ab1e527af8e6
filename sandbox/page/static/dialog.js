// Forms that the bot opens.

import { accepted, choosePicture, preview } from "./attaching.js";
import { choicesOf } from "./components.js";
import { $, el } from "./dom.js";
import { markdown } from "./markdown.js";

const ROW = 1, INPUT = 4, TEXT = 10, LABEL = 18, UPLOAD = 19, RADIO = 21, CHECKBOXES = 22, CHECKBOX = 23;
const PARAGRAPH = 2;

let shown = null;

/** Opens the form that a view has, or closes the one that it no longer has; `on` sends or dismisses it. */
export function showForm(view, on) {
  const { modal } = view;
  const dialog = $("form");
  if ((modal?.interaction ?? null) === shown) return;
  shown = modal?.interaction ?? null;
  if (!modal) return dialog.close();
  const fields = modal.components.flatMap((each) => (each.type === ROW ? each.components.map((held) => field(held.label, "", held, view)) : each.type === LABEL ? field(each.label, each.description, each.component, view) : { node: el("div.words", {}, markdown(each.content, view.names, on.visit)) }));
  const refused = el("p.refused", { role: "alert", hidden: true });
  const cancel = el("button.button.secondary", { type: "button", onclick: () => dialog.close() }, "Cancel");
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "form-title" }, modal.title),
    el("p.hint", {}, "This form is sent to Spark."),
    fields.map((each) => each.node),
    refused,
    el("div.buttons", {}, cancel, el("button.button.primary", { type: "submit" }, "Submit")),
  );
  form.onsubmit = async (event) => {
    event.preventDefault();
    const given = (kind) => Object.fromEntries(fields.filter((each) => each[kind]).map((each) => [each.name, each[kind]()]));
    try {
      await on.submit(modal.interaction, given("value"), given("files"));
    } catch (error) {
      refused.textContent = error.message;
      refused.hidden = false;
      refused.scrollIntoView({ block: "nearest" });
    }
  };
  dialog.replaceChildren(form);
  dialog.setAttribute("aria-labelledby", "form-title");
  dialog.onclose = () => shown === modal.interaction && on.dismiss(modal.interaction);
  dialog.showModal();
  (form.querySelector("input, textarea, select, .field button") ?? cancel).focus();
}

/** Builds one field: its node, its name, and how to read its value or its files. */
function field(label, description, component, view) {
  const id = `field-${component.custom_id}`;
  const required = component.required !== false && component.type !== CHECKBOX;
  const called = [label, required && el("span.required", { "aria-hidden": "true" }, " *")];
  const hint = description && el("p.hint", { id: `${id}-hint` }, description);
  const described = description ? `${id}-hint` : null;
  const name = component.custom_id;
  if (component.type === RADIO || component.type === CHECKBOXES) {
    const options = component.options.map((each) => option(component, each));
    const read = () => options.map((each) => each.querySelector("input")).filter((input) => input.checked).map((input) => input.value);
    const role = component.type === RADIO ? { role: "radiogroup", "aria-required": required ? "true" : null } : {};
    return { name, value: read, node: el("fieldset.field", { ...role, "aria-describedby": described }, el("legend", {}, called), hint, options) };
  }
  if (component.type === CHECKBOX) {
    const tick = el("input", { type: "checkbox", id, checked: component.default, "aria-describedby": described });
    return { name, value: () => tick.checked, node: el("div.field", {}, el("label.choice", { for: id }, tick, el("span", {}, label)), hint) };
  }
  if (component.type === UPLOAD) return upload({ id, name, called, hint, described, component, view });
  const input = control(component, view, { id, required, "aria-describedby": described });
  const value = input.tagName === "SELECT" ? () => [...input.selectedOptions].map((each) => each.value).filter(Boolean) : () => input.value;
  return { name, value, node: el("div.field", {}, el("label", { for: id }, called), hint, input) };
}

function option(component, { value, label, description, default: chosen }) {
  const kind = component.type === RADIO ? "radio" : "checkbox";
  const input = el("input", { type: kind, name: component.custom_id, value, checked: chosen });
  return el("label.choice", {}, input, el("span", {}, label, description && el("small", {}, description)));
}

function upload({ id, name, called, hint, described, component, view }) {
  const most = component.max_values ?? 1;
  let files = [];
  const input = el("input.visually-hidden", { id, type: "file", tabIndex: -1, "aria-describedby": described, multiple: most > 1, accept: accepted(component.file_types) });
  const held = el("div.held");
  const take = (added) => {
    files = [...(most > 1 ? files : []), ...added].slice(0, most);
    held.replaceChildren(...files.map((file) => preview(file, () => ((files = files.filter((each) => each !== file)), take([])))));
  };
  input.onchange = () => {
    take([...input.files]);
    input.value = "";
  };
  const button = el("button.button.secondary", { type: "button", "aria-haspopup": "menu", "aria-describedby": described }, most > 1 ? `Choose up to ${most} files…` : "Choose a file…");
  button.onclick = () => choosePicture(button, view.pictures, () => input.click(), take);
  const node = el("div.field.upload", {}, el("label", { for: id }, called), hint, el("div.drop", {}, held, button, input));
  node.ondragover = (event) => event.preventDefault();
  node.ondrop = (event) => {
    event.preventDefault();
    event.stopPropagation();
    take([...event.dataTransfer.files]);
  };
  return { name, files: () => files, node };
}

function control(component, view, given) {
  if (component.type !== INPUT) {
    const several = (component.max_values ?? 1) > 1;
    const select = el("select", { ...given, multiple: several });
    if (!several) select.append(el("option", { value: "" }, component.placeholder ?? "Choose…"));
    for (const [value, words, chosen] of choicesOf(component, view)) select.append(el("option", { value, selected: chosen }, words));
    return select;
  }
  const bounds = { minlength: component.min_length && String(component.min_length), maxlength: String(component.max_length ?? 4000) };
  const named = { ...given, ...bounds, placeholder: component.placeholder };
  if (component.style === PARAGRAPH) return el("textarea", { ...named, rows: 4 }, component.value ?? "");
  return el("input", { ...named, type: "text", value: component.value });
}

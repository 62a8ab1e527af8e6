// The line at the bottom: words, slash commands with typed options, files, replies.

import { accepted, choosePicture, preview, thumbnail } from "./attaching.js";
import { complete, forget } from "./completing.js";
import { $, el } from "./dom.js";
import { act } from "./net.js";
import { choose, hideSuggestions, move, pickChosen, showSuggestions, suggesting } from "./suggestions.js";

const LISTS = { user: "people", role: "roles", channel: "channels", mentionable: "people" };

let view = null;
let command = null; // the slash command whose options are being filled in
let reply = null; // the message that is replied to
let files = []; // for a message
let shown = []; // option names that stand in the line
let say = () => {}; // tells what was refused; null that nothing is

const text = () => $("fields").querySelector("textarea:not([name])");

/** Sets the line up; `tell` says what was refused, and null that nothing is. */
export function compose(tell) {
  say = tell;
  plain();
  $("composer").onsubmit = async (event) => {
    event.preventDefault();
    tell(null);
    try {
      await send();
    } catch (error) {
      tell(error.message);
    }
  };
  $("file").onchange = () => {
    addFiles([...$("file").files]);
    $("file").value = "";
  };
  $("composer").onkeydown = (event) => {
    if (event.key === "Escape" && (command || reply)) plain(), answer(null);
  };
}

/** Tells the line what is open now; the words in it stay. */
export function follow(next) {
  const moved = view && (view.channel.id !== next.channel.id || view.me !== next.me);
  view = next;
  if (moved) answer(null), plain();
  const { writable, name, kind } = view.channel;
  const where = `Message ${kind === "dm" || kind === "thread" ? "" : "#"}${name}`;
  const hint = matchMedia("(max-width: 50rem)").matches ? "" : ", or / for commands";
  if (text()) text().placeholder = writable ? where + hint : "You cannot write here";
  if (text()) text().disabled = !writable;
}

/** Begins or ends a reply. */
export function answer(message) {
  reply = message && { message, ping: true };
  const bar = $("replying");
  bar.hidden = !reply;
  if (!reply) return bar.replaceChildren();
  const ping = el("button", { type: "button", "aria-pressed": "true" }, "@ on");
  ping.onclick = () => {
    reply.ping = !reply.ping;
    ping.textContent = reply.ping ? "@ on" : "@ off";
    ping.setAttribute("aria-pressed", String(reply.ping));
  };
  const stop = el("button.icon", { type: "button", "aria-label": "Do not reply", onclick: () => answer(null) }, "✕");
  bar.replaceChildren(el("span", {}, "Replying to ", el("strong", {}, message.author.name)), ping, stop);
  if (command) plain();
  text().focus();
}

/** Takes files that were dropped or pasted; the command's attachment first, else the message. */
export function addFiles(added) {
  const slot = $("fields").querySelector("input[type=file]");
  if (slot) {
    const held = new DataTransfer();
    if (added[0]) held.items.add(added[0]);
    slot.files = held.files;
    return slot.dispatchEvent(new Event("change"));
  }
  if (command) {
    const option = command.options.find((each) => each.kind === "attachment");
    if (option) return addField(option), addFiles(added);
  }
  files.push(...added);
  showFiles();
}

async function send() {
  if (suggesting() && !command) return pickChosen();
  if (command) {
    const { options, attached } = filledIn();
    const empty = emptyOptions();
    if (empty.length) throw new Error(`${empty.join(", ")}: nothing stands there. Fill it in, or leave it out with its ✕.`);
    await act("command", { name: command.name, options }, attached);
    return plain();
  }
  const words = text().value;
  if (!words.trim() && !files.length) return;
  await act("say", { text: words, reply_to: reply?.message.id, ping: reply?.ping ?? true }, { files });
  files = [];
  answer(null);
  plain();
}

/** Brings the line back to plain words. */
function plain() {
  command = null;
  forget();
  const area = el("textarea", { rows: 1, "aria-label": "Message", maxLength: 2000 });
  area.oninput = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 160)}px`;
    suggest();
  };
  area.onkeydown = keys;
  area.onpaste = (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    addFiles([...event.clipboardData.files]);
  };
  $("fields").replaceChildren(area);
  $("fields").classList.remove("command");
  if (view) follow(view);
  showFiles();
  suggest();
  if (matchMedia("(hover: hover)").matches) area.focus();
}

function keys(event) {
  if (suggesting() && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (suggesting() && event.key === "Tab") {
    event.preventDefault();
    pickChosen();
  } else if (event.key === "Escape" && suggesting()) {
    event.stopPropagation();
    text().value = "";
    suggest();
  } else sendOnEnter(event);
}

function sendOnEnter(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("composer").requestSubmit();
}

function matching() {
  const typed = text()?.value ?? "";
  if (!view || !typed.startsWith("/") || typed.includes("\n")) return [];
  const wanted = typed.slice(1).split(/ (?=\w+:)/)[0].trimEnd().toLowerCase();
  return view.commands.filter((each) => each.name?.startsWith(wanted) || (each.name && wanted.startsWith(`${each.name} `)));
}

function suggest() {
  const found = command ? [] : matching();
  const entries = found.map((each) => ({ name: `/${each.name}`, about: each.description, pick: () => pick(each) }));
  showSuggestions(text(), "Commands", entries);
  if (found.length) choose(0);
}

/** Begins a command, with what was typed behind its name; where some of that belongs nowhere, the line stays as it is. */
function pick(begun) {
  const { given, stray } = read(text().value.slice(begun.name.length + 1));
  const nowhere = [...stray, ...unknown(begun, given)];
  if (nowhere.length) return say(nowhere.join(" "));
  command = begun;
  hideSuggestions();
  const fields = $("fields");
  fields.classList.add("command");
  fields.replaceChildren(el("span.name", {}, `/${command.name}`));
  shown = [];
  const rest = el("details.rest", {}, el("summary", {}, "More options"), el("div", {}));
  rest.onkeydown = (event) => {
    if (event.key !== "Escape" || !rest.open) return;
    event.stopPropagation();
    rest.open = false;
    rest.firstChild.focus();
  };
  fields.append(rest);
  for (const option of command.options) {
    if (option.required || option.name in given || option.kind === "attachment") addField(option, given[option.name]);
  }
  showRest();
  showFiles();
  const problems = untaken(given);
  if (problems.length) say(problems.join(" "));
  (fields.querySelector("label input:not([type=file]), label select, label textarea") ?? $("send")).focus();
}

/** Reads `name:value` pairs; what stands before the first belongs to none. */
function read(typed) {
  const given = Object.fromEntries([...typed.matchAll(/(?<!\S)(\w+):(.*?)(?=\s+\w+:|$)/gs)].map(([, name, value]) => [name, value.trim()]));
  const before = typed.split(/(?<!\S)\w+:/)[0].trim();
  return { given, stray: before ? [`“${before}” belongs to no option: write its name and a colon before it.`] : [] };
}

function unknown(begun, given) {
  const names = begun.options.map((option) => option.name);
  const known = names.length ? `It takes ${names.join(", ")}.` : "It takes none.";
  return Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => `/${begun.name} has no option “${name}”. ${known}`);
}

/** Tells which typed values their fields did not take: none, or one that is no choice, no number, no file. */
function untaken(given) {
  return Object.entries(given).flatMap(([name, value]) => {
    const field = $("fields").querySelector(`[name="${name}"]`);
    if (!field || field.value) return [];
    return [value ? `${name} does not take “${value}”.` : `${name} has no value yet.`];
  });
}

/** Names the options that stand in the line with nothing in them. */
function emptyOptions() {
  const optional = command.options.filter((option) => !option.required && option.kind !== "attachment").map((option) => option.name);
  return optional.filter((name) => $("fields").querySelector(`[name="${name}"]`)?.value === "");
}

function showRest() {
  const rest = $("fields").querySelector(".rest");
  const left = command.options.filter((option) => !shown.includes(option.name));
  rest.hidden = !left.length;
  rest.querySelector("div").replaceChildren(
    ...left.map((option) =>
      el("button", { type: "button", onclick: () => ((rest.open = false), addField(option).focus()) }, el("strong", {}, option.name), el("span", {}, option.description)),
    ),
  );
}

function addField(option, value) {
  shown.push(option.name);
  const input = control(option, value);
  input.name = option.name;
  input.required = option.required;
  const label = el("label.option", { title: option.description }, el("span", {}, option.name), input);
  if (option.suggests) complete(input, (typed) => asked(option, typed), sendOnEnter);
  if (option.kind === "attachment") label.append(picker(input));
  if (!option.required) {
    const remove = el("button.icon", { type: "button", "aria-label": `Leave ${option.name} out` }, "✕");
    remove.onclick = (event) => {
      event.preventDefault();
      shown = shown.filter((name) => name !== option.name);
      label.remove();
      showRest();
    };
    label.append(remove);
  }
  $("fields").insertBefore(label, $("fields").querySelector(".rest"));
  showRest();
  return input;
}

function control(option, value) {
  const { kind, choices } = option;
  if (choices.length) return select(choices.map((each) => [each.value, each.name]), value ?? choices[0].value);
  if (kind === "boolean") return select([["true", "True"], ["false", "False"]], value ?? "true");
  if (kind in LISTS) return select(listed(LISTS[kind]), value);
  if (kind === "attachment") return el("input.visually-hidden", { type: "file", tabIndex: -1, accept: accepted(option.types) ?? "image/*", "aria-label": `${option.name}: a file` });
  if (option.suggests) return el("input", { type: "text", autocomplete: "off", inputMode: kind === "string" ? "text" : "decimal", maxLength: option.most ?? 6000, placeholder: option.description, value });
  if (kind === "string") {
    const area = el("textarea", { rows: 1, minLength: option.least, maxLength: option.most ?? 6000, placeholder: option.description });
    area.value = value ?? "";
    area.onkeydown = sendOnEnter;
    return area;
  }
  const step = kind === "integer" ? "1" : "any";
  return el("input", { type: "number", step, min: bound(option.min), max: bound(option.max), value });
}

/** Asks the bot what may stand in an option. */
async function asked(option, typed) {
  const { options } = filledIn();
  delete options[option.name];
  const told = await act("complete", { name: command.name, focused: option.name, typed, options }).catch(() => null);
  return told?.choices ?? [];
}

const bound = (number) => (number === null ? undefined : String(number));

function select(pairs, value) {
  const built = el("select", {}, pairs.map(([each, name]) => el("option", { value: String(each) }, name)));
  if (value !== undefined) built.value = [...built.options].find((each) => each.value === String(value) || each.text === value)?.value ?? "";
  return built;
}

function listed(what) {
  if (what === "people") return view.people.map((person) => [person.id, person.name]);
  if (what === "roles") return Object.entries(view.names.roles);
  return view.places.filter((place) => place.kind !== "dm").map((place) => [place.id, place.name]);
}

/** Builds the button that chooses a file, and shows the one that was chosen. */
function picker(input) {
  const shown = el("span.preview");
  input.addEventListener("change", () => shown.replaceChildren(...(input.files[0] ? [thumbnail(input.files[0])] : [])));
  const button = el("button", { type: "button", "aria-haspopup": "menu" }, "Choose a picture…");
  button.onclick = (event) => {
    event.preventDefault();
    choosePicture(button, view.pictures, () => input.click(), addFiles);
  };
  return el("span.pick", {}, button, shown);
}

function filledIn() {
  const options = {}, attached = {};
  for (const control of $("fields").querySelectorAll("[name]")) {
    const option = command.options.find((each) => each.name === control.name);
    if (control.type === "file") {
      if (control.files.length) attached[control.name] = [...control.files];
    } else if (option.kind === "boolean") options[control.name] = control.value === "true";
    else if (control.value !== "") options[control.name] = control.dataset.value ?? control.value;
  }
  return { options, attached };
}

function showFiles() {
  const shelf = $("attached");
  shelf.hidden = !files.length || command !== null;
  shelf.replaceChildren(...files.map((file) => preview(file, () => ((files = files.filter((each) => each !== file)), showFiles()))));
}

// Messages: what was said, with its pictures, buttons and selects.

import { el, keep } from "./dom.js";
import { markdown } from "./markdown.js";

const ROW = 1, BUTTON = 2, SELECT = 3, LINK = 5;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };
const TOGETHER = 7 * 60;

/** Shows a view's messages in `list`; `on` holds what can be done with them. */
export function showMessages(list, view, on) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const items = view.messages.map((message, number) => ({
    ...message,
    follows: follows(view.messages[number - 1], message),
    mine: !message.private && message.content.includes(`<@${view.me}>`),
  }));
  keep(list, items, (message) => message.id, (message) => messageNode(message, view, on));
  if (atEnd) list.scrollTop = list.scrollHeight;
}

/** Brings a message into sight and lights it up for a moment. */
export function point(list, id) {
  const node = list.querySelector(`[data-key="${CSS.escape(id)}"]`);
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.classList.remove("lit");
  requestAnimationFrame(() => node.classList.add("lit"));
}

function follows(before, message) {
  if (!before || message.used || message.reply || message.notice || before.notice) return false;
  return before.author.id === message.author.id && before.private === message.private && message.at - before.at < TOGETHER;
}

function messageNode(message, view, on) {
  if (message.notice) return notice(message, on);
  const node = el("li.message", { tabIndex: -1 });
  if (message.follows) node.classList.add("follows");
  if (message.private) node.classList.add("private");
  if (message.mine) node.classList.add("mine");
  if (!message.failed && !message.sending) {
    node.oncontextmenu = (event) => {
      if (event.target.closest("a, img, input")) return;
      event.preventDefault();
      on.menu(message, event.clientX, event.clientY);
    };
    node.append(tools(message, on));
  }
  node.append(above(message, view, on) ?? "", message.follows ? "" : head(message), body(message, view, on));
  return node;
}

function notice(message, on) {
  const open = message.thread && el("button.mention", { onclick: () => on.visit(message.thread.id) }, "See it");
  return el("li.message.notice", {}, "↳ ", el("strong", {}, message.author.name), ` started a thread: ${message.content} `, open);
}

function above(message, view, on) {
  if (message.used) return el("div.above", {}, el("strong", {}, message.used.name), " used ", el("span.mention", {}, message.used.command));
  if (!message.reply) return null;
  const { id, name, text } = message.reply;
  const named = text.replace(/<@!?(\d+)>/g, (_, user) => `@${view.names.users[user] ?? "somebody"}`);
  const line = named.replace(/[*`>]|-# /g, "").split("\n")[0];
  return el("button.above", { type: "button", disabled: !id, onclick: () => on.point(id) }, el("strong", {}, name), " ", line);
}

function head(message) {
  return el(
    "div.head",
    {},
    el("span.face", { "aria-hidden": "true", "data-hue": Number(BigInt(message.author.id) % 6n) }, message.author.name[0]),
    el("strong", {}, message.author.name),
    message.author.bot && el("span.badge", {}, "APP"),
    el("time", {}, new Date(message.at * 1000).toLocaleTimeString([], { timeStyle: "short" })),
  );
}

function body(message, view, on) {
  const words = el("div.words", {}, markdown(message.content, view.names, on.visit));
  if (message.edited) words.append(el("small.edited", {}, "(edited)"));
  const shown = el("div.body", {}, message.content && words);
  if (message.thinking) shown.append(el("p.thinking", { role: "status" }, `${message.author.name} is thinking…`));
  if (message.sending) shown.append(el("p.thinking", {}, "Sending…"));
  if (message.failed) shown.append(el("p.failed", { role: "alert" }, "⚠ ", message.failed));
  if (message.forwarded) {
    const { content, files } = message.forwarded;
    shown.append(el("blockquote.forwarded", {}, el("small", {}, "Forwarded"), markdown(content, view.names, on.visit), pictures(files, on)));
  }
  if (message.files.length) shown.append(pictures(message.files, on));
  for (const embed of message.embeds ?? []) if (embed.title || embed.url) shown.append(el("div.embed", {}, embed.title ?? embed.url));
  for (const row of message.components) shown.append(componentRow(row, message, on));
  if (message.thread) shown.append(el("button.to-thread", { type: "button", onclick: () => on.visit(message.thread.id) }, "↳ ", message.thread.name, el("span", {}, "See the thread ›")));
  if (message.private) shown.append(el("small.private", {}, "Only you can see this"));
  return shown;
}

function pictures(files, on) {
  return el("div.files", { "data-count": Math.min(files.length, 4) }, files.map((file) => (file.width ? picture(file, on) : download(file))));
}

function picture(file, on) {
  const image = el("img", { src: file.url, alt: file.alt, loading: "lazy", width: String(file.width), height: String(file.height) });
  const open = el("button.picture", { type: "button", "aria-label": `Open ${file.alt || file.name}` }, image);
  open.style.aspectRatio = `${file.width} / ${file.height}`;
  open.onclick = () => (open.classList.contains("hidden") ? open.classList.remove("hidden") : on.enlarge(file));
  if (file.spoiler) open.classList.add("hidden");
  return open;
}

function download(file) {
  return el("a.file", { href: file.url, download: file.name }, file.name, el("small", {}, ` ${Math.ceil(file.size / 1024)} kB`));
}

function componentRow(row, message, on) {
  if (row.type !== ROW) return "";
  return el("div.components", {}, row.components.map((part) => component(part, message, on)));
}

function component(part, message, on) {
  if (part.type === BUTTON && part.style === LINK) {
    return el("a.button.secondary", { href: part.url, target: "_blank", rel: "noreferrer noopener" }, part.label);
  }
  if (part.type === BUTTON) {
    const label = [part.emoji?.name, part.label].filter(Boolean).join(" ");
    return el(`button.button.${STYLES[part.style]}`, { type: "button", disabled: part.disabled, onclick: () => on.press(message, part) }, label);
  }
  if (part.type !== SELECT) return "";
  const several = (part.max_values ?? 1) > 1;
  const select = el("select", { "aria-label": part.placeholder ?? "Choose", disabled: part.disabled, multiple: several });
  if (!several) select.append(el("option", { value: "", hidden: true }, part.placeholder ?? "Choose…"));
  for (const option of part.options) {
    select.append(el("option", { value: option.value, selected: option.default }, option.description ? `${option.label} – ${option.description}` : option.label));
  }
  if (!several && !part.options.some((option) => option.default)) select.value = "";
  select.onchange = () => on.choose(message, part, [...select.selectedOptions].map((option) => option.value));
  return select;
}

function tools(message, on) {
  const reply = !message.private && el("button.icon", { type: "button", "aria-label": "Reply", title: "Reply", onclick: () => on.reply(message) }, "↩");
  const more = el("button.icon", { type: "button", "aria-label": "More, and apps", title: "More, and apps", "aria-haspopup": "menu" }, "⋯");
  more.onclick = () => {
    const { left, bottom } = more.getBoundingClientRect();
    on.menu(message, left, bottom);
  };
  return el("div.tools", {}, reply, more);
}

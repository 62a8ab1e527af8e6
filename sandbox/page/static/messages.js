// Messages: what was said, with its pictures, buttons and selects.

import { componentNodes } from "./components.js";
import { el, keep } from "./dom.js";
import { markdown } from "./markdown.js";
import { pictures } from "./pictures.js";

const TOGETHER = 7 * 60;

const HELD = 500; // milliseconds until a touch is a long press

/** Shows a view's messages in `list`, and brings what the person has just caused into sight; `on` holds what can be done. */
export function showMessages(list, view, on) {
  const known = new Set([...list.children].map((child) => child.dataset.key));
  const atEnd = isAtEnd(list);
  const first = list.querySelector(".message");
  const top = first?.getBoundingClientRect().top;
  const items = view.messages.map((message, number) => ({
    ...message,
    follows: follows(view.messages[number - 1], message),
    mine: !message.private && JSON.stringify([message.content, message.components]).includes(`<@${view.me}>`),
  }));
  if (view.older) items.unshift({ id: "older" });
  keep(list, items, (message) => message.id, (message) => (message.id === "older" ? older(on) : messageNode(message, view, on)));
  const own = known.size > 0 && view.messages.some((message) => !known.has(message.id) && (message.asked || message.author.id === view.me));
  if (atEnd || own) toEnd(list);
  else if (first?.isConnected) list.scrollTop += first.getBoundingClientRect().top - top;
}

/** Whether the newest message is in sight. */
export function isAtEnd(list) {
  return list.scrollHeight - list.scrollTop - list.clientHeight < 80;
}

/** Brings the newest message into sight. */
export function toEnd(list) {
  list.scrollTop = list.scrollHeight;
}

/** Brings a message into sight and lights it up for a moment; says whether it is there. */
export function point(list, id) {
  const node = list.querySelector(`[data-key="${CSS.escape(id)}"]`);
  if (!node) return false;
  node.scrollIntoView({ block: node.offsetHeight < list.clientHeight - 40 ? "center" : "end" }); // the buttons stand below
  node.classList.remove("lit");
  requestAnimationFrame(() => node.classList.add("lit"));
  return true;
}

function older(on) {
  return el("li.older", {}, el("button.button.secondary", { type: "button", onclick: on.older }, "Show older messages"));
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
    listenForMenu(node, message, on);
    node.append(tools(message, on));
  }
  node.append(above(message, view, on) ?? "", message.follows ? "" : head(message), body(message, view, on));
  return node;
}

/** Opens the message's menu at a right-click, the menu key or a long press, also on a picture. */
function listenForMenu(node, message, on) {
  let timer = 0, held = false, start = null;
  const open = (target, x, y) => on.menu(message, x, y, target.closest(".picture"));
  const release = () => clearTimeout(timer);
  node.oncontextmenu = (event) => {
    if (event.target.closest("a, input, textarea, select")) return;
    event.preventDefault();
    release();
    const { left, bottom } = event.target.getBoundingClientRect();
    open(event.target, event.clientX || left, event.clientY || bottom);
  };
  node.onpointerdown = (event) => {
    if (event.pointerType !== "touch" || event.target.closest("a, input, textarea, select")) return;
    start = event;
    timer = setTimeout(() => {
      held = true;
      open(event.target, event.clientX, event.clientY);
    }, HELD);
  };
  node.onpointermove = (event) => start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > 10 && release();
  node.onpointerup = node.onpointercancel = release;
  const swallow = (event) => {
    if (held) event.preventDefault(), event.stopPropagation();
    held = false;
  };
  node.addEventListener("click", swallow, true);
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
    const { content, files, components } = message.forwarded;
    shown.append(el("blockquote.forwarded", {}, el("small", {}, "Forwarded"), markdown(content, view.names, on.visit), pictures(files, on), componentNodes(components, message, view, on)));
  }
  shown.append(...pictures(message.files, on));
  for (const embed of message.embeds ?? []) if (embed.title || embed.url) shown.append(el("div.embed", {}, embed.title ?? embed.url));
  shown.append(...componentNodes(message.components, message, view, on));
  if (message.thread) shown.append(el("button.to-thread", { type: "button", onclick: () => on.visit(message.thread.id) }, "↳ ", message.thread.name, el("span", {}, "See the thread ›")));
  if (message.private) shown.append(whisper(message, on));
  return shown;
}

function whisper(message, on) {
  const dismiss = !message.sending && el("button.link", { type: "button", onclick: () => on.hide(message) }, "Dismiss message");
  return el("small.private", {}, "Only you can see this", dismiss && [" • ", dismiss]);
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

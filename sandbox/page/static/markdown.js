// Discord's markdown, as far as bots and people use it here.

import { el } from "./dom.js";

const INLINE = new RegExp(
  [
    "\\\\(?<escaped>[^\\sA-Za-z0-9])",
    "``(?<code2>.+?)``|`(?<code>[^`\\n]+)`",
    "\\*\\*(?<bold>.+?)\\*\\*(?!\\*)",
    "__(?<underlined>.+?)__",
    "~~(?<struck>.+?)~~",
    "\\|\\|(?<spoiler>.+?)\\|\\|",
    "\\*(?<italic>[^\\s*](?:.*?[^\\s*])?)\\*",
    "(?<![A-Za-z0-9_])_(?<italic2>[^\\s_](?:.*?[^\\s_])?)_(?![A-Za-z0-9_])",
    "\\[(?<label>[^\\]\\n]+)\\]\\(<?(?<link>https?://[^\\s)>]+)>?\\)",
    "<(?<bare>https?://[^\\s>]+)>|(?<url>https?://[^\\s<]+[^\\s<.,:;\"')\\]])",
    "<@!?(?<user>\\d+)>",
    "<@&(?<role>\\d+)>",
    "<#(?<channel>\\d+)>",
    "<t:(?<time>-?\\d+)(?::(?<style>[tTdDfFR]))?>",
  ].join("|"),
  "s",
);

/** Turns a message's text into elements; `names` tells people, roles and channels, `visit` opens a channel. */
export function markdown(text, names, visit) {
  const blocks = [];
  for (const [number, part] of text.split(/```(?:[a-z]*\n)?([\s\S]*?)```\n?/).entries()) {
    if (number % 2) blocks.push(codeBlock(part.replace(/\n$/, "")));
    else if (part) blocks.push(...lines(part, names, visit));
  }
  return blocks;
}

function codeBlock(text) {
  const copy = el("button.copy", { type: "button", "aria-label": "Copy" }, "Copy");
  copy.onclick = async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = "Copied";
  };
  return el("div.code", {}, el("pre", {}, text), copy);
}

function lines(text, names, visit) {
  const built = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const [, mark, rest] = /^(-# |> |### |## |# |- |\* |\d+\. )?(.*)$/s.exec(line);
    const inside = inline(rest, names, visit);
    if (mark === "-# ") built.push(el("small", {}, inside));
    else if (mark === "> ") built.push(el("blockquote", {}, inside));
    else if (mark?.startsWith("#")) built.push(el(`h2.size-${mark.trim().length}`, {}, inside)); // a level below the page's own, whatever its size
    else if (mark) built.push(el("p.item", {}, el("span.mark", {}, /\d/.test(mark) ? mark : "•"), el("span", {}, inside)));
    else built.push(el("p", {}, inside.length ? inside : "\u200b"));
  }
  return built;
}

function inline(text, names, visit) {
  const built = [];
  for (let rest = text; rest; ) {
    const found = INLINE.exec(rest);
    if (!found) {
      built.push(rest);
      break;
    }
    if (found.index) built.push(rest.slice(0, found.index));
    built.push(one(found.groups, names, visit));
    rest = rest.slice(found.index + found[0].length);
  }
  return built;
}

function one(is, names, visit) {
  const nested = (words) => inline(words, names, visit);
  if (is.escaped) return is.escaped;
  if (is.code ?? is.code2) return el("code", {}, is.code ?? is.code2);
  if (is.bold) return el("strong", {}, nested(is.bold));
  if (is.underlined) return el("u", {}, nested(is.underlined));
  if (is.struck) return el("s", {}, nested(is.struck));
  if (is.spoiler) return spoiler(nested(is.spoiler));
  if (is.italic ?? is.italic2) return el("em", {}, nested(is.italic ?? is.italic2));
  if (is.link) return link(is.link, nested(is.label), visit);
  if (is.bare ?? is.url) return link(is.bare ?? is.url, is.bare ?? is.url, visit);
  if (is.user) return el("span.mention", {}, `@${names.users[is.user] ?? "somebody"}`);
  if (is.role) return el("span.mention", {}, `@${names.roles[is.role] ?? "a role"}`);
  if (is.channel) return jump(is.channel, `#${names.channels[is.channel] ?? "a channel"}`, visit);
  return time(Number(is.time), is.style ?? "f");
}

function spoiler(inside) {
  const hidden = el("button.spoiler", { type: "button", "aria-label": "Show what is hidden" }, el("span", {}, inside));
  hidden.onclick = () => hidden.replaceWith(...hidden.firstChild.childNodes);
  return hidden;
}

function link(url, inside, visit) {
  const there = /^https:\/\/discord\.com\/channels\/[^/]+\/(\d+)(?:\/(\d+))?$/.exec(url);
  if (there) return jump(there[1], inside, visit, there[2]);
  return el("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, inside);
}

function jump(channel, inside, visit, message) {
  return el("button.mention", { type: "button", onclick: () => visit(channel, message) }, inside);
}

function time(seconds, style) {
  const node = el("time", { datetime: new Date(seconds * 1000).toISOString() });
  node.title = new Date(seconds * 1000).toLocaleString([], { dateStyle: "full", timeStyle: "short" });
  Object.assign(node.dataset, { at: seconds, style });
  count(node);
  return node;
}

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "always" });

function count(node) {
  const seconds = Number(node.dataset.at);
  if (node.dataset.style !== "R") {
    node.textContent = new Date(seconds * 1000).toLocaleString([], STYLES[node.dataset.style]);
    return;
  }
  const left = Math.round(seconds - Date.now() / 1000);
  const [unit, size] = UNITS.find(([, each]) => Math.abs(left) >= each) ?? UNITS.at(-1);
  node.textContent = RELATIVE.format(Math.trunc(left / size), unit);
}

setInterval(() => document.querySelectorAll('time[data-style="R"]').forEach(count), 1000);

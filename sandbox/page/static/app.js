// The page: one person's client, driven by the views that the demo sends.

import { addFiles, answer, choosePicture, compose, follow as followComposer } from "./composer.js";
import { enlarge, showForm } from "./dialog.js";
import { $, el, keep } from "./dom.js";
import { point, showMessages } from "./messages.js";
import { act, change, follow, here } from "./net.js";
import { showPanel } from "./panel.js";

const ICONS = { text: "#", thread: "↳", dm: "@", voice: "🔊", news: "📣", forum: "▤" };
let view = null;
let pointTo = null;

/** Says what was refused, until something else is done. */
function tell(words) {
  $("refused").hidden = !words;
  $("refused").textContent = words ?? "";
}

const attempt = (work) => {
  tell(null);
  return work.catch((error) => tell(error.message));
};

function visit(channel, message = null) {
  pointTo = message;
  here.channel = channel;
  document.body.classList.remove("places-open");
  follow(show, away);
}

const on = {
  visit,
  enlarge,
  menu: openMenu,
  point: (id) => point($("messages"), id),
  reply: answer,
  press: (message, button) => attempt(act("click", { message: message.id, custom_id: button.custom_id })),
  choose: (message, select, values) => attempt(act("select", { message: message.id, custom_id: select.custom_id, values })),
  submit: (interaction, fields, files) => act("submit", { interaction, fields }, files),
  dismiss: (interaction) => attempt(act("dismiss", { interaction })),
};

function show(next) {
  const moved = !view || view.channel.id !== next.channel.id || view.me !== next.me;
  view = next;
  $("main").removeAttribute("aria-busy");
  Object.assign(here, { member: view.me, channel: view.channel.id });
  $("where").textContent = `${ICONS[view.channel.kind]} ${view.channel.name}`;
  showPlaces();
  if (moved) $("messages").replaceChildren();
  showMessages($("messages"), view, on);
  if (moved) $("messages").scrollTop = $("messages").scrollHeight;
  if (pointTo) point($("messages"), pointTo), (pointTo = null);
  followComposer(view);
  showForm(view.modal, on);
  showPanel(view.panel, (wanted) => attempt(change(wanted)));
  localStorage[`seen-${view.me}-${view.channel.id}`] = view.channel.last ?? "";
}

function away(isAway) {
  $("away").hidden = !isAway;
}

function showPlaces() {
  const unread = (place) => place.last && place.id !== view.channel.id && localStorage[`seen-${view.me}-${place.id}`] !== place.last;
  const places = view.places.map((place) => ({ ...place, open: place.id === view.channel.id, unread: Boolean(unread(place)) }));
  keep($("channels"), places, (place) => place.id, placeButton);
  const people = $("person");
  const told = JSON.stringify([view.people, view.me]);
  if (people.dataset.told === told) return;
  people.dataset.told = told;
  people.replaceChildren(...view.people.map((each) => el("option", { value: each.id, selected: each.id === view.me }, each.moderator ? `${each.name} (moderator)` : each.name)));
}

function placeButton(place) {
  const button = el(`button.place.${place.kind}`, { onclick: () => visit(place.id), "aria-current": place.open ? "page" : null }, el("span", { "aria-hidden": "true" }, ICONS[place.kind]), el("span.name", {}, place.name));
  if (place.unread) button.classList.add("unread");
  if (place.archived) button.classList.add("archived");
  return button;
}

function openMenu(message, x, y) {
  const menu = $("menu");
  const item = (words, work) => el("button", { role: "menuitem", onclick: () => ((menu.hidden = true), work()) }, words);
  const copy = message.content && item("Copy text", () => navigator.clipboard.writeText(message.content));
  const apps = message.private ? [] : view.commands.filter((each) => each.menu);
  menu.replaceChildren(
    ...[!message.private && item("Reply", () => answer(message)), copy].filter(Boolean),
    ...(apps.length ? [el("div.label", {}, "Apps")] : []),
    ...apps.map((each) => item(each.menu, () => attempt(act("menu", { message: message.id, name: each.menu })))),
  );
  if (!menu.children.length) return;
  menu.hidden = false;
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`;
  menu.querySelector("button").focus();
}

function menuKeys(event) {
  const menu = $("menu");
  if (menu.hidden) return;
  const items = [...menu.querySelectorAll("button")];
  const now = items.indexOf(document.activeElement);
  if (event.key === "Escape") menu.hidden = true;
  else if (event.key === "ArrowDown") items[(now + 1) % items.length].focus();
  else if (event.key === "ArrowUp") items[(now + items.length - 1) % items.length].focus();
  else return;
  event.preventDefault();
}

$("person").onchange = () => {
  here.member = $("person").value;
  $("main").setAttribute("aria-busy", "true");  // what is shown belongs to somebody else
  follow(show, away);
};
$("open-places").onclick = () => document.body.classList.add("places-open");
$("close-places").onclick = () => document.body.classList.remove("places-open");
$("open-panel").onclick = () => {
  $("panel").hidden = !$("panel").hidden;
  $("open-panel").setAttribute("aria-expanded", String(!$("panel").hidden));
};
$("attach").onclick = (event) => choosePicture(event.currentTarget);
$("theme").onclick = () => {
  const dark = getComputedStyle(document.documentElement).colorScheme.trim() !== "light";
  document.documentElement.dataset.theme = localStorage.theme = dark ? "light" : "dark";
};
if (localStorage.theme) document.documentElement.dataset.theme = localStorage.theme;
document.addEventListener("click", (event) => {
  if (!event.target.closest("#menu, [aria-haspopup=menu]")) $("menu").hidden = true;
});
document.addEventListener("keydown", menuKeys);
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) addFiles([...event.dataTransfer.files]);
});

compose(tell);
follow(show, away);

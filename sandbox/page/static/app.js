// The page: one person's client, driven by the views that the demo sends.

import { choosePicture } from "./attaching.js";
import { addFiles, answer, compose, follow as followComposer } from "./composer.js";
import { showForm } from "./dialog.js";
import { $, el, keep } from "./dom.js";
import { entry, openMenu } from "./menu.js";
import { isAtEnd, point, showMessages, toEnd } from "./messages.js";
import { act, change, follow, here } from "./net.js";
import { showPanel } from "./panel.js";
import { enlarge } from "./viewer.js";

const ICONS = { text: "#", thread: "↳", dm: "@", voice: "🔊", news: "📣", forum: "▤" };
const MORE = 60; // messages
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
  here.shown = "";
  document.body.classList.remove("places-open");
  follow(show, away);
}

const on = {
  visit,
  enlarge,
  menu: messageMenu,
  point: (id) => ((pointTo = id), bringIntoSight()),
  older: () => {
    here.shown = view.shown + MORE;
    follow(show, away);
  },
  reply: answer,
  press: (message, button) => attempt(act("click", { message: message.id, custom_id: button.custom_id })),
  choose: (message, select, values) => attempt(act("select", { message: message.id, custom_id: select.custom_id, values })),
  submit: (interaction, fields, files) => act("submit", { interaction, fields }, files),
  dismiss: (interaction) => attempt(act("dismiss", { interaction })),
  hide: (message) => attempt(act("dismiss", { message: message.id })),
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
  if (moved) toEnd($("messages"));
  bringIntoSight();
  followComposer(view);
  showForm(view, on);
  showPanel(view.panel, (wanted) => attempt(change(wanted)));
  localStorage[`seen-${view.me}-${view.channel.id}`] = view.channel.last ?? "";
}

/** Points at a message that was asked for, however far back it stands. */
function bringIntoSight() {
  if (!pointTo) return;
  if (point($("messages"), pointTo) || !view.older) pointTo = null;
  else on.older();
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

/** Opens what can be done with a message; on a picture also what can be done with that. */
function messageMenu(message, x, y, picture = null) {
  const text = message.content && entry("Copy text", () => navigator.clipboard.writeText(message.content));
  const save = picture && entry("Save picture", () => el("a", { href: picture.dataset.url, download: picture.dataset.name }).click());
  const apps = message.private ? [] : view.commands.filter((each) => each.menu);
  const listed = apps.map((each) => entry(each.menu, () => attempt(act("menu", { message: message.id, name: each.menu }))));
  const hide = message.private && entry("Dismiss message", () => on.hide(message));
  const entries = [!message.private && entry("Reply", () => answer(message)), text, save, hide].filter(Boolean);
  if (apps.length) entries.push(el("div.label", {}, "Apps"), ...listed);
  openMenu(entries, x, y);
}

$("person").onchange = () => {
  here.member = $("person").value;
  here.shown = "";
  $("main").setAttribute("aria-busy", "true");  // what is shown belongs to somebody else
  follow(show, away);
};
$("open-places").onclick = () => document.body.classList.add("places-open");
$("close-places").onclick = () => document.body.classList.remove("places-open");
$("open-panel").onclick = () => {
  $("panel").hidden = !$("panel").hidden;
  $("open-panel").setAttribute("aria-expanded", String(!$("panel").hidden));
};
$("attach").onclick = (event) => choosePicture(event.currentTarget, view.pictures, () => $("file").click(), addFiles);
$("present").onclick = () => toEnd($("messages"));
$("theme").onclick = () => {
  const dark = getComputedStyle(document.documentElement).colorScheme.trim() !== "light";
  document.documentElement.dataset.theme = localStorage.theme = dark ? "light" : "dark";
};
if (localStorage.theme) document.documentElement.dataset.theme = localStorage.theme;
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) addFiles([...event.dataTransfer.files]);
});

let atEnd = true;
new ResizeObserver(() => atEnd && toEnd($("messages"))).observe($("messages"));
$("messages").onscroll = () => {
  atEnd = isAtEnd($("messages"));
  $("present").hidden = atEnd;
};

compose(tell);
follow(show, away);

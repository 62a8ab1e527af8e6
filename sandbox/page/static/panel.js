// Behind the scenes: how Spark and Discord behave, what was charged, who asked for what.

import { $, el, keep } from "./dom.js";

const SPARK = { well: "Working", slow: "Slow: about 30 s", failing: "Failing every task", away: "Away: refuses connections" };
const DISCORD = { well: "Working", limited: "Rate limiting the next posts", "no threads": "No permission for threads" };

let built = false;

/** Shows how everything stands; `change` switches something. */
export function showPanel(panel, change) {
  if (!built) build(change);
  if (document.activeElement !== $("spark-mode")) $("spark-mode").value = panel.spark;
  if (document.activeElement !== $("discord-mode")) $("discord-mode").value = panel.discord;
  if (document.activeElement !== $("seconds")) $("seconds").value = panel.seconds;
  $("seconds").disabled = panel.spark === "slow";
  $("seconds-shown").textContent = `${Math.round(panel.seconds * 10) / 10} s`;
  $("charged").textContent = panel.charged;
  keep($("requests"), panel.requests, (each) => `${each.at}${each.what}`, request);
}

function build(change) {
  built = true;
  const mode = (id, modes, name) => {
    const select = el("select", { id }, Object.entries(modes).map(([value, words]) => el("option", { value }, words)));
    select.onchange = () => change({ [name]: select.value });
    return select;
  };
  const seconds = el("input", { id: "seconds", type: "range", min: "1", max: "20", step: "1" });
  seconds.onchange = () => change({ seconds: Number(seconds.value) });
  $("panel").append(
    el("h2", {}, "Behind the scenes"),
    el("label", { for: "spark-mode" }, "Spark is"),
    mode("spark-mode", SPARK, "spark"),
    el("label", { for: "seconds" }, "A picture takes about ", el("span", { id: "seconds-shown" })),
    seconds,
    el("label", { for: "discord-mode" }, "Discord is"),
    mode("discord-mode", DISCORD, "discord"),
    el("h3", {}, "Spark has charged"),
    el("p", { id: "charged" }),
    el("h3", {}, "The bot's last requests"),
    el("ol", { id: "requests" }),
  );
}

function request({ to, what, status }) {
  const short = what.replace(/\d{15,}/g, (id) => `…${id.slice(-4)}`);
  const good = status !== null && status < 400;
  return el("li", { title: what }, el(`span.status${good ? "" : ".bad"}`, {}, status ?? "–"), el("span", {}, `${to} `), el("code", {}, short));
}

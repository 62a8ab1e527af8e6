// The line to the demo: one live socket for what is seen, and requests for what is done.

export const here = { member: sessionStorage.member ?? "", channel: sessionStorage.channel ?? "", shown: "" };

let socket = null;

/** Follows a person's view of a channel, as many of its messages as `here.shown` says; `show` gets each view, `away` whether the demo can be reached. */
export function follow(show, away) {
  sessionStorage.member = here.member;
  sessionStorage.channel = here.channel;
  if (socket) socket.onclose = socket.onmessage = null, socket.close();
  const mine = socket = new WebSocket(`ws://${location.host}/live?${new URLSearchParams(here)}`);
  mine.onopen = () => away(false);
  mine.onmessage = (message) => show(JSON.parse(message.data));
  mine.onclose = () => {
    away(true);
    setTimeout(() => mine === socket && follow(show, away), 1000);
  };
}

/** Does something as the person whose page this is; files go by the name of their field. Throws what is refused. */
export async function act(gesture, said = {}, files = {}) {
  return post(`/do/${gesture}`, said, files);
}

/** Switches something behind the scenes. */
export async function change(wanted) {
  await post("/panel", wanted, {});
}

async function post(path, said, files) {
  const { member, channel } = here;
  const text = JSON.stringify({ member, channel, ...said });
  let body = text;
  const listed = Object.entries(files).flatMap(([name, held]) => held.map((file) => [name, file]));
  if (listed.length) {
    body = new FormData();
    body.append("said", text);
    for (const [name, file] of listed) body.append(name, file, file.name);
  }
  const answer = await fetch(path, { method: "POST", body }).catch(() => null);
  if (!answer) throw new Error("The demo cannot be reached.");
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  throw new Error(told.refused ?? `The demo answered ${answer.status}.`);
}

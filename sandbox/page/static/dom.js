// Building elements: text is always text, never markup.

/** Builds an element: `el("button.primary", { onclick }, "Send")`. */
export function el(what, given = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node[name] = value;
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const $ = (id) => document.getElementById(id);

/** Keeps children that are still what they were, by key and content, so that nothing flickers or loses focus. */
export function keep(parent, items, key, build) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let before = null;
  for (const item of items) {
    const name = key(item), told = JSON.stringify(item);
    let node = known.get(name);
    if (!node || node.dataset.told !== told) {
      const fresh = build(item);
      fresh.dataset.key = name;
      fresh.dataset.told = told;
      if (node) replace(node, fresh);
      node = fresh;
    }
    known.delete(name);
    const place = before ? before.nextSibling : parent.firstChild;
    if (place !== node) parent.insertBefore(node, place);
    before = node;
  }
  for (const gone of known.values()) gone.remove();
}

/** Puts one node into the place of another, and the focus where it was. */
function replace(node, fresh) {
  const focusable = (of) => [of, ...of.querySelectorAll("a[href], button, input, select, textarea")];
  const focused = focusable(node).indexOf(document.activeElement);
  node.replaceWith(fresh);
  if (focused >= 0) (focusable(fresh)[focused] ?? fresh).focus({ preventScroll: true });
}

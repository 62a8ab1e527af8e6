// Options that the bot completes: its choices appear over the line while somebody types.

import { hideSuggestions, move, pickChosen, showSuggestions, suggesting } from "./suggestions.js";

let newest = 0; // which question is the last one; answers to others come too late

/** Lets a field be completed; `ask` gives the choices for what is typed, `send` gets the keys that are not for the list. */
export function complete(field, ask, send) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  const show = async () => {
    const question = ++newest;
    const choices = await ask(field.value);
    if (question !== newest || document.activeElement !== field) return;
    const pick = ({ name, value }) => {
      field.value = name;
      field.dataset.value = value;
      forget();
    };
    showSuggestions(field, `Choices for ${field.name}`, choices.map((choice) => ({ name: choice.name, pick: () => pick(choice) })));
  };
  field.addEventListener("focus", show);
  field.addEventListener("blur", forget);
  field.addEventListener("input", () => {
    delete field.dataset.value;
    show();
  });
  field.onkeydown = (event) => {
    if (event.key === "ArrowDown" && !suggesting()) show();
    else if (suggesting() && (event.key === "ArrowDown" || event.key === "ArrowUp")) move(event.key === "ArrowDown" ? 1 : -1);
    else if (suggesting() && (event.key === "Enter" || event.key === "Tab") && pickChosen()) forget();
    else if (suggesting() && event.key === "Escape") {
      event.stopPropagation();
      forget();
    } else return send(event);
    event.preventDefault();
  };
}

/** Takes the choices away, and whatever is still asked for. */
export function forget() {
  newest += 1;
  hideSuggestions();
}

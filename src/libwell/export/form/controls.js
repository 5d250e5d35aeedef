// How a question is answered on the page: what the controls of all kinds share, texts, and yes or no.
// A control shows what it was given first, and from then on knows itself what is on its fields.

const CONTROLS = {};
const YOUR_ANSWER = "Your answer";
const OWN_WORDS = "In your own words";
const NOTHING_YET = "There is nothing to choose here yet: it comes from an earlier answer.";
const LINES_OF_TEXT = 4;
const LINES_IN_CELL = 2;

/** What is wrong with a text that is too long; empty if nothing is. */
function tooLong(text, most) {
  const count = lengthOf(text);
  const say = (number) => number.toLocaleString("en-US");
  return count > most ? `At most ${say(most)} characters, please; this has ${say(count)}.` : "";
}

/** A control with one field: `read` gives what a typed text means, as its value or what is wrong with it. */
function fieldControl(prompt, page, options, read, write) {
  let wrong = "";
  let isLoaded = false;
  const take = (text) => {
    const taken = read(text, one.input);
    wrong = taken.wrong ?? "";
    if (!wrong) one.error("");
    page.give(prompt, taken.value);
  };
  const one = field({ label: prompt.label ?? YOUR_ANSWER, ...options, onInput: take, onChange: () => one.error(wrong) });
  const show = (now) => {
    if (!isLoaded && now.value !== undefined) one.input.value = write(now.value);
    isLoaded = true;
  };
  return { element: one.element, show, problems: () => (wrong ? [{ message: wrong, input: one.input }] : []) };
}

CONTROLS.text = (prompt, page) => {
  const read = (text) => {
    const wrong = tooLong(text, prompt.max_length);
    return { wrong, value: wrong || isBlank(text) ? undefined : text };
  };
  const lines = prompt.label ? LINES_IN_CELL : LINES_OF_TEXT;
  const written = { rows: prompt.long ? lines : undefined, autocapitalize: "sentences" };
  return fieldControl(prompt, page, written, read, (value) => value);
};

/** Keeps an element for each thing by its id: made once, and anew where its words are others now. */
function keptById(host, make) {
  const parts = new Map();
  const words = new Map();
  return (things) => {
    for (const [id, part] of parts) {
      if (things.some((thing) => thing.id === id && thing.text === words.get(id))) continue;
      part.element.remove();
      parts.delete(id);
    }
    things.forEach((thing, place) => {
      if (!parts.has(thing.id)) parts.set(thing.id, make(thing));
      words.set(thing.id, thing.text);
      const { element } = parts.get(thing.id);
      if (host.children[place] !== element) host.insertBefore(element, host.children[place] ?? null);
    });
    return parts;
  };
}

/** Radios for pairs of a value and its words, and a button that takes the choice out. */
function radios({ choices, onPick, takeOut = "Take my answer out", className = "" }) {
  const group = freshGroup();
  const host = el("div", { class: className });
  const inputs = new Map();
  const out = button(takeOut, () => pick(undefined), { class: "small", hidden: true });
  const pick = (value) => {
    show(value);
    if (value === undefined) [...inputs.values()][0].focus();
    onPick(value);
  };
  const add = ({ value, label, help }) => {
    const one = choiceField({ type: "radio", group, label, help, onChange: () => pick(value) });
    inputs.set(value, one.input);
    host.append(one.element);
  };
  choices.forEach(add);
  const show = (value) => {
    if (REASONS[value] && !inputs.has(value)) add({ value, label: REASONS[value] });
    for (const [name, input] of inputs) input.checked = name === value;
    out.hidden = value === undefined;
  };
  return { element: el("div", {}, host, out), show };
}

/** A group of fields about one item. */
function itemSet(item, ...children) {
  const element = fieldset(unwrapped(item.text), item.help && el("p", { class: "help" }, unwrapped(item.help)), ...children);
  element.className = "item";
  return element;
}

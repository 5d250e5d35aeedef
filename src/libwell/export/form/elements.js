// Elements of the page. Words go in as text alone, so that nothing in them is run.

/** What keeps a field's words in the page: browsers and add-ons are asked to leave it alone. */
const LEFT_ALONE = {
  autocomplete: "off", autocorrect: "off", autocapitalize: "off",
  spellcheck: "false", writingsuggestions: "false", translate: "no",
};
const STATUS = el("div", { class: "said", role: "status" });
const HEARD_AFTER = 10000;
let lastId = 0;

/** An id that no other element of the page has; it says nothing of what anybody typed. */
function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** A name, drawn by chance, that keeps radios together. */
function freshGroup() {
  return `g${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
}

/** An element. Attributes named `on…` are functions; those without a value are left out; strings are text. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) {
      if (value) element.addEventListener(name.slice(2).toLowerCase(), value);
    } else if (name !== "value" && value !== undefined && value !== null && value !== false && value !== "") {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...nodes(children));
  if (attributes && "value" in attributes) element.value = attributes.value ?? "";
  return element;
}

/** Children as nodes: what is empty is left out. */
function nodes(children) {
  const found = children.flat(Infinity).filter((child) => child || child === 0);
  return found.map((child) => (child instanceof Node ? child : document.createTextNode(visible(String(child)))));
}

/** Puts text into an element, unless it is there already. */
function say(element, text) {
  const words = visible(text);
  if (element.textContent !== words) element.textContent = words;
}

/** Paragraphs of a text that has one on each line of a list. */
function paragraphs(texts, attributes) {
  return (texts ?? []).map((text) => el("p", attributes, text));
}

/** A list of texts or nodes. */
function bullets(items, attributes) {
  return el("ul", attributes, items.map((item) => el("li", {}, item)));
}

function button(text, onClick, attributes) {
  return el("button", { type: "button", onclick: onClick, ...attributes }, text);
}

function fieldset(legend, ...children) {
  return el("fieldset", {}, el("legend", {}, legend), ...children);
}

function details(summary, ...children) {
  return el("details", {}, el("summary", {}, summary), ...children);
}

/** Says something to those who listen, when they have heard what is said now. */
function announce(text) {
  const line = el("p", {}, text);
  STATUS.append(line);
  setTimeout(() => line.remove(), HEARD_AFTER);
}

/** Puts the ids of what describes an input behind those there are, or takes one away. */
function describe(input, id, isThere) {
  const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  input.setAttribute("aria-describedby", [...others, isThere && id].filter(Boolean).join(" "));
}

/** A place for what is wrong with `input`: `error(text)` shows it there, an empty text takes it away. */
function errorOf(input) {
  const element = el("p", { class: "error", id: freshId("error"), hidden: true });
  const error = (text) => {
    say(element, text ?? "");
    element.hidden = !text;
    describe(input, element.id, Boolean(text));
    if (text && input.matches("input, select, textarea")) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  return { element, error };
}

/** An element with a place for what is wrong with it below. */
function withError(element) {
  const wrong = errorOf(element);
  return { element: el("div", {}, element, wrong.element), error: wrong.error };
}

/** A labeled field: one line, or several where `rows` says how many. What is left over are attributes. */
function field({ label, help, value, type, rows, onInput, onChange, ...more }) {
  const id = freshId("field");
  const helper = help && el("p", { class: "help", id: freshId("help") }, help);
  const input = el(rows ? "textarea" : "input", {
    ...LEFT_ALONE, id, type: rows ? undefined : type ?? "text", rows, value,
    "aria-describedby": helper && helper.id,
    oninput: onInput && (() => onInput(input.value)),
    onchange: onChange && (() => onChange(input.value)),
    ...more,
  });
  const wrong = errorOf(input);
  const name = el("label", { for: id }, label);
  return { element: el("div", { class: "field" }, name, helper, input, wrong.element), input, label: name, error: wrong.error };
}

/** A labeled select; `choices` are pairs of a value and its words. */
function selectField({ label, choices, value, onChange }) {
  const id = freshId("field");
  const options = choices.map(([name, words]) => el("option", { value: name }, words));
  const input = el("select", { ...LEFT_ALONE, id, value, onchange: () => onChange(input.value) }, options);
  return { element: el("div", { class: "field" }, el("label", { for: id }, label), input), input };
}

/** A radio of a `group`, or a checkbox, with its label. */
function choiceField({ type = "checkbox", group, label, help, checked, onChange }) {
  const id = freshId("choice");
  const helper = help && el("span", { class: "help", id: freshId("help") }, help);
  const input = el("input", {
    ...LEFT_ALONE, id, type, name: group, "aria-describedby": helper && helper.id,
    onchange: () => onChange(input.checked),
  });
  input.checked = Boolean(checked);
  const element = el("div", { class: "choice" }, input, el("label", { for: id }, label), helper);
  return { element, input };
}

/** Puts what an answer says into a field, unless somebody is in it. */
function fill(input, value) {
  if (document.activeElement !== input && input.value !== value) input.value = value;
}

/** A link that goes to a field or heading without a trace in the page's address. */
function linkTo(text, target) {
  const go = (event) => {
    event.preventDefault();
    goTo(target());
  };
  return el("a", { href: "#", onclick: go }, text);
}

/** Moves focus to an element, which opens what it is folded into. */
function goTo(element) {
  for (let around = element; around; around = around.parentElement) {
    if (around.tagName === "DETAILS") around.open = true;
  }
  if (!element.matches("a, button, input, select, textarea, summary")) element.setAttribute("tabindex", "-1");
  element.focus();
}

/** Asks in a `room` whether to take something out; `back` is where focus goes if not. */
function askIn(room, question, act, back) {
  const words = el("p", {}, question);
  const answer = (name, next) => button(name, () => {
    room.replaceChildren();
    next();
  });
  room.replaceChildren(words, answer("Take it out", act), " ", answer("Keep it", () => goTo(back)));
  goTo(words);
}

/** A button that takes something out, and asks first where `isNeeded` says so. */
function outButton(text, question, isNeeded, act) {
  const room = el("div", { class: "asking" });
  const opener = button(text, () => (isNeeded() ? askIn(room, question, act, opener) : act()), { class: "small" });
  return el("div", {}, opener, room);
}

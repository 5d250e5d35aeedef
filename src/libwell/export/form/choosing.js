// Choosing one of several options on the page, or several.

CONTROLS.choice = (prompt, page) => {
  const group = freshGroup();
  const host = el("div", {});
  const none = el("p", { class: "help" }, NOTHING_YET);
  const out = button("Take my answer out", () => pick(undefined), { class: "small" });
  const state = { picked: undefined, words: "", id: "", isLoaded: false };
  const own = prompt.other && choiceField({ type: "radio", group, label: OWN_WORDS, onChange: () => pick(OWN) });
  const text = field({ label: OWN_WORDS, onInput: (typed) => { state.words = typed; give(); }, onChange: () => tell() });
  const keep = keptById(host, (thing) => {
    const label = unwrapped(thing.text);
    return choiceField({ type: "radio", group, label, help: thing.help, onChange: () => pick(thing.id) });
  });
  const wrong = () => {
    if (state.picked !== OWN) return "";
    return !isBlank(state.words) ? tooLong(state.words, TEXT_LIMIT) : "Write a few words, or choose another.";
  };
  const tell = () => text.error(isBlank(state.words) ? "" : wrong());
  const pick = (name) => {
    state.picked = name;
    give();
    if (name === undefined) element.querySelector("input").focus();
  };
  const give = () => page.give(prompt, valueNow());
  const valueNow = () => {
    if (state.picked !== OWN) return state.picked;
    if (wrong()) return undefined;
    state.id = state.id || page.newOwn(prompt);
    return { other: state.words, id: state.id };
  };
  const load = (value) => {
    state.isLoaded = true;
    if (!isOwn(value)) state.picked = value;
    else Object.assign(state, { picked: OWN, words: value.other, id: entryId(value) });
    text.input.value = state.words;
  };
  const show = (one) => {
    if (!state.isLoaded) load(one.value);
    const things = KINDS.choice.things(prompt, one.around);
    const parts = keep(things);
    if (state.picked !== OWN && !parts.has(state.picked)) state.picked = undefined;
    for (const [id, part] of parts) part.input.checked = id === state.picked;
    if (own) own.input.checked = state.picked === OWN;
    text.element.hidden = state.picked !== OWN;
    none.hidden = things.length > 0 || Boolean(own);
    out.hidden = state.picked === undefined;
  };
  const element = el("div", {}, none, host, own && own.element, text.element, out);
  return { element, show, problems: () => (wrong() ? [{ message: wrong(), input: text.input }] : []) };
};

CONTROLS.choices = (prompt, page) => {
  const host = el("div", {});
  const none = el("p", { class: "help" }, NOTHING_YET);
  const bounds = el("p", { class: "help" }, boundsOf(prompt));
  const state = { picked: new Set(), things: [], wrong: "", isLoaded: false };
  const box = withError(host);
  const keep = keptById(host, (thing) => choiceField({
    label: unwrapped(thing.text), help: thing.help, onChange: (isTicked) => tick(thing, isTicked),
  }));
  const most = () => (prompt.max ?? Infinity) - state.picked.size;
  const own = ownRows({ prompt, page, most, onChange: () => give() });
  const owned = () => own.filled().map(ownEntry);
  const tick = (thing, isTicked) => {
    if (isTicked) state.picked.add(thing.id);
    else state.picked.delete(thing.id);
    const refused = isTicked ? refusedNow(prompt, [...state.picked, ...owned()], owned().length) : "";
    if (refused) state.picked.delete(thing.id);
    box.error(refused);
    if (refused) page.announce(refused);
    give();
  };
  const give = () => {
    const picks = state.things.map((thing) => thing.id).filter((id) => state.picked.has(id));
    const value = [...picks, ...owned()];
    state.wrong = refusedNow(prompt, value, owned().length);
    if (state.wrong) box.error(state.wrong);
    page.give(prompt, value.length && !state.wrong ? value : undefined);
  };
  const problems = () => {
    const wrong = state.wrong ? [{ message: state.wrong, input: element.querySelector("input") }] : [];
    return [...wrong, ...own.problems()];
  };
  const load = (value = []) => {
    state.isLoaded = true;
    for (const entry of value) if (!isOwn(entry)) state.picked.add(entry);
    value.filter(isOwn).forEach((entry) => own.addRow({ text: entry.other, id: entryId(entry) }));
  };
  const show = (one) => {
    if (!state.isLoaded) load(one.value);
    state.things = KINDS.choices.things(prompt, one.around);
    const parts = keep(state.things);
    for (const id of state.picked) if (!parts.has(id)) state.picked.delete(id);
    for (const [id, part] of parts) part.input.checked = state.picked.has(id);
    none.hidden = state.things.length > 0 || Boolean(prompt.other);
    own.show();
  };
  const element = el("div", {}, boundsOf(prompt) && bounds, none, box.element, prompt.other && own.element);
  return { element, show, problems };
};

/** How many can be chosen, in words; empty where any number can. */
function boundsOf(prompt) {
  const bounds = [prompt.min > 0 && `at least ${prompt.min}`, prompt.max && `at most ${prompt.max}`].filter(Boolean);
  return bounds.length ? `Choose any (${bounds.join(" and ")}).` : "Choose any.";
}

/** Why these picks together can't be taken; empty if they can. */
function refusedNow(prompt, entries, countOfOwn) {
  if (entries.length > (prompt.max ?? Infinity)) {
    const own = countOfOwn ? " Your own words count too." : "";
    return `At most ${prompt.max} can be chosen.${own} Choose those that matter most.`;
  }
  const alone = (prompt.options ?? []).find((option) => (prompt.exclusive ?? []).includes(option.id) && entries.includes(option.id));
  return alone && entries.length > 1 ? `“${oneLine(alone.text)}” stands alone. Choose it, or the others.` : "";
}

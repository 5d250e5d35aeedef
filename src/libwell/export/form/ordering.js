// Options put in order on the page.

CONTROLS.ranking = (prompt, page) => {
  const order = el("ol", { class: "placed" });
  const lead = el("p", { class: "help" });
  const left = el("div", { class: "left" });
  const state = { placed: [], things: [], isLoaded: false };
  const wanted = () => Math.min(state.things.length, prompt.top ?? MOST_PLACES);
  const named = (thing) => unwrapped(thing.text);
  const keepPlaced = keptById(order, (thing) => {
    const up = button("Move up", () => move(thing), { class: "small", "aria-label": `Move up: ${visible(named(thing))}` });
    const out = button("Take out", () => takeOut(thing), { class: "small", "aria-label": `Take out: ${visible(named(thing))}` });
    return { element: el("li", {}, el("span", {}, named(thing)), " ", up, " ", out), up, out };
  });
  const keepLeft = keptById(left, (thing) => {
    const put = button(named(thing), () => place(thing), { class: "pick" });
    return { element: el("div", {}, put, thing.help && el("span", { class: "help" }, unwrapped(thing.help))), put };
  });
  const give = () => page.give(prompt, state.placed.length ? [...state.placed] : undefined);
  const unplaced = () => state.things.filter((thing) => !state.placed.includes(thing.id));
  /** Puts a thing in the next place; of all that are put in order the one that is left is last. */
  const place = (thing) => {
    const at = unplaced().indexOf(thing);
    state.placed.push(thing.id);
    const others = unplaced();
    if (!prompt.top && others.length === 1) state.placed.push(others[0].id);
    give();
    page.announce(`${named(thing)} comes ${ordinal(state.placed.indexOf(thing.id) + 1)}. ${lead.hidden ? "" : lead.textContent}`);
    const now = unplaced();
    const next = lead.hidden ? undefined : now[Math.min(at, now.length - 1)];
    (next ? parts.left.get(next.id).put : parts.placed.get(thing.id).out).focus();
  };
  const move = (thing) => {
    const at = state.placed.indexOf(thing.id);
    state.placed.splice(at - 1, 2, thing.id, state.placed[at - 1]);
    give();
    const { up, out } = parts.placed.get(thing.id);
    (at === 1 ? out : up).focus();
    page.announce(`${named(thing)} comes ${ordinal(at)}.`);
  };
  const takeOut = (thing) => {
    state.placed = state.placed.filter((id) => id !== thing.id);
    give();
    parts.left.get(thing.id).put.focus();
    page.announce(`${named(thing)} has no place now.`);
  };
  const parts = {};
  const show = (one) => {
    if (!state.isLoaded) state.placed = [...(one.value ?? [])];
    state.isLoaded = true;
    state.things = KINDS.ranking.things(prompt, one.around);
    const byId = new Map(state.things.map((thing) => [thing.id, thing]));
    state.placed = state.placed.filter((id) => byId.has(id));
    parts.placed = keepPlaced(state.placed.map((id) => byId.get(id)));
    parts.left = keepLeft(unplaced());
    state.placed.forEach((id, at) => { parts.placed.get(id).up.hidden = at === 0; });
    const isFull = state.placed.length >= wanted();
    order.hidden = !state.placed.length;
    lead.hidden = isFull && state.things.length > 0;
    left.hidden = isFull;
    say(lead, state.things.length ? `Which comes ${ordinal(state.placed.length + 1)}?` : NOTHING_YET);
  };
  return { element: el("div", {}, order, lead, left), show, problems: () => [] };
};

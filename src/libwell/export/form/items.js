// Items that are marked on the page.

CONTROLS.checklist = (prompt, page) => {
  const marks = prompt.marks;
  const marked = new Map((prompt.items ?? []).map((item) => [item.id, new Set()]));
  const ticks = [];
  let isLoaded = false;

  /** Checkboxes of all marks for what is marked in `set`. */
  const boxes = (set) => el("div", { class: "in-a-row" }, marks.map((mark) => {
    return markBox(set, mark, { label: capital(unwrapped(mark.text)), help: mark.help }).element;
  }));
  const markBox = (set, mark, words) => {
    const one = choiceField({ ...words, checked: set.has(mark.id), onChange: (isTicked) => {
      if (isTicked) set.add(mark.id);
      else set.delete(mark.id);
      give();
    } });
    ticks.push(() => { one.input.checked = set.has(mark.id); });
    return one;
  };
  const itemOf = (item) => {
    const words = { label: unwrapped(item.text), help: item.help };
    if (marks.length === 1) return markBox(marked.get(item.id), marks[0], words).element;
    return itemSet(item, boxes(marked.get(item.id)));
  };
  const below = (row) => {
    row.more = row.more ?? new Set(marks.length === 1 ? [marks[0].id] : []);
    return marks.length === 1 ? "" : boxes(row.more);
  };
  const own = ownRows({ prompt, page, onChange: () => give(), below: marks.length === 1 ? undefined : below });
  const give = () => page.give(prompt, marksGiven(prompt, marked, own.filled()));
  const load = (value) => {
    isLoaded = true;
    const rows = new Map();
    for (const [mark, entry] of partsOf(value).flatMap(([mark, list]) => list.map((entry) => [mark, entry]))) {
      const id = entryId(entry);
      if (!isOwn(entry)) marked.get(id)?.add(mark);
      else rows.set(id, { text: entry.other, id, more: new Set([...(rows.get(id)?.more ?? []), mark]) });
    }
    [...rows.values()].sort((one, other) => numberIn(one.id) - numberIn(other.id)).forEach(own.addRow);
    ticks.forEach((bring) => bring());
  };
  const lead = marks.length === 1 && marks[0].id !== "yes" ? el("p", { class: "help" }, `Tick for: ${oneLine(marks[0].text)}`) : "";
  const element = el("div", {}, lead, (prompt.items ?? []).map(itemOf), prompt.add_items && own.element);
  return { element, show: (one) => isLoaded || load(one.value), problems: own.problems };
};

/** The value of a checklist: under each mark what has it, in the worksheet's order, own entries last. */
function marksGiven(prompt, marked, own) {
  const value = {};
  const only = prompt.marks.length === 1 ? prompt.marks[0].id : "";
  const marksOf = (row) => row.more ?? new Set([only]);
  for (const mark of prompt.marks) {
    const items = [...marked].filter(([, marks]) => marks.has(mark.id)).map(([id]) => id);
    const entries = [...items, ...own.filter((row) => marksOf(row).has(mark.id)).map(ownEntry)];
    if (entries.length) value[mark.id] = entries;
  }
  const bare = own.filter((row) => !prompt.marks.some((mark) => marksOf(row).has(mark.id))).map(ownEntry);
  if (bare.length) value[NO_MARK] = bare;
  return Object.keys(value).length ? value : undefined;
}

// Items that are marked.

const NO_MARK_YET = "no mark yet";

/** The own entries of a checklist in the order they were given, each once. */
function ownMarked(value) {
  const own = partsOf(value).flatMap(([, entries]) => entriesOf(entries).filter(isOwn));
  const found = new Map(own.map((entry) => [entryId(entry), entry]));
  return [...found.values()].sort((one, other) => highestOwn(one) - highestOwn(other));
}

/** The items and own entries that have marks, each with these, in the order they are asked. */
function marked(prompt, value) {
  const own = ownMarked(value).map((entry) => ({ id: entryId(entry), text: entry.other }));
  const ids = new Map(prompt.marks.map((mark) => [mark, entriesOf(part(value, mark.id)).map(entryId)]));
  return [...CHECKLIST.things(prompt), ...own]
    .map((item) => ({ item, marks: prompt.marks.filter((mark) => ids.get(mark).includes(item.id)) }))
    .filter((one) => one.marks.length);
}

/** What has each mark, in words, and at last what has none yet: pairs of the mark and texts. */
function inWords(prompt, value) {
  const texts = textsOf(CHECKLIST.things(prompt));
  return [...prompt.marks, { id: NO_MARK, text: NO_MARK_YET }]
    .map(({ id, text }) => [text, entriesOf(part(value, id)).map((entry) => entryText(entry, texts))])
    .filter(([, found]) => found.length);
}

const CHECKLIST = {
  ...BASE,
  things: ({ items = [] }) => items,
  takes(prompt, value) {
    const [items, marks, own] = [idsOf(CHECKLIST.things(prompt)), idsOf(prompt.marks), Boolean(prompt.add_items)];
    const isList = ([mark, entries]) =>
      mark === NO_MARK ? own && areEntries(entries, new Set(), own) : marks.has(mark) && areEntries(entries, items, own);
    return isTable(value) && partsOf(value).every(isList);
  },
  brief: (prompt, value) =>
    inWords(prompt, value).map(([mark, texts]) => `${mark}: ${texts.join(", ")}`).join("; "),
  lines: (prompt, value) =>
    inWords(prompt, value).flatMap(([mark, texts]) => texts.map((text) => labeled(capital(mark), text))),
  given(prompt, value) {
    const found = marked(prompt, value).flatMap(({ item, marks }) =>
      marks.map(({ id, text }) => given({ item: item.id, about: item.text, mark: id, markText: text, text })),
    );
    const bare = entriesOf(part(value, NO_MARK)).filter(isOwn);
    const unmarked = { value: null, text: NO_MARK_YET };
    return [...found, ...bare.map((one) => given({ item: entryId(one), about: one.other, ...unmarked }))];
  },
  withoutWords: (prompt, value) =>
    tableOf(
      partsOf(value)
        .map(([mark, entries]) => [mark, worksheetEntries(entriesOf(entries))])
        .filter(([, entries]) => entries.length),
    ),
  picked: (prompt, value) =>
    marked(prompt, value).map(({ item, marks }) => pick({ ...item, marks: idsOf(marks) })),
  offers: (prompt, value) =>
    marked(prompt, value)
      .map(({ item: { id, text, suggest, level }, marks }) => ({
        address: `${prompt.id}.${id}`,
        step: suggest || text,
        about: text,
        level,
        marks: idsOf(marks.filter((mark) => mark.offer)),
      }))
      .filter((offer) => offer.marks.size),
  passes(prompt, test, value) {
    const lists = partsOf(value).filter(([mark]) => mark !== NO_MARK && (test.with ?? mark) === mark);
    const entries = lists.flatMap(([, found]) => entriesOf(found));
    if (test.marked === undefined) return entries.length > 0;
    return entries.some((entry) => (test.marked === "other" ? isOwn(entry) : entryId(entry) === test.marked));
  },
};

KINDS.checklist = CHECKLIST;

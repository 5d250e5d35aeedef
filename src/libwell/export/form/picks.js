// What is picked: options of the worksheet, and those picked above.

/** The picks and own entries in a value, be it one of them or a list. */
function picksIn(value) {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}

/** The ids that can be picked, with those in an answer that were withdrawn above. */
function knownIds(prompt, entries, around) {
  const known = idsOf(PICKING.things(prompt, around));
  if (!prompt.options_from) return known;
  const withdrawn = entries.map(wordsOf).filter((id) => couldBePicked(prompt, id));
  return new Set([...known, ...withdrawn]);
}

/** What was picked, in the worksheet's order, own entries last; a ranking has an order of its own. */
function inOrder(prompt, value, around) {
  const picks = picksIn(value);
  if (prompt.kind === "ranking" || picks.length < 2) return picks;
  const order = new Map(PICKING.things(prompt, around).map((thing, place) => [thing.id, place]));
  const place = (entry) => order.get(wordsOf(entry)) ?? order.size;
  return [...picks].sort((one, other) => place(one) - place(other));
}

/** The words of what was picked. */
function pickedTexts(prompt, value, around) {
  const texts = textsOf(PICKING.things(prompt, around));
  return inOrder(prompt, value, around).map((entry) => entryText(entry, texts));
}

/** What an option, or an own entry beside such, puts before the person at the plan. */
function offerOf(prompt, entry) {
  const address = `${prompt.id}.${entryId(entry)}`;
  if (isOwn(entry)) return { address, step: entry.other, about: entry.other };
  const option = prompt.options.find((one) => one.id === entry);
  if (!option?.offer) return null;
  return { address, step: option.suggest || option.text, about: option.text, level: option.level };
}

const PICKING = {
  ...BASE,
  things: (prompt, around) => (prompt.options_from ? around.picks : (prompt.options ?? [])),
  ofPicks: someOf,
  current(prompt, value, around) {
    if (!prompt.options_from) return value;
    const ids = idsOf(around.picks);
    const left = picksIn(value).filter((entry) => isOwn(entry) || ids.has(entry));
    return KINDS[prompt.kind].ofPicks(left);
  },
  withoutWords: (prompt, value) => KINDS[prompt.kind].ofPicks(worksheetEntries(picksIn(value))),
  brief: (prompt, value, around) => pickedTexts(prompt, value, around).join("; "),
  lines: pickedTexts,
  given(prompt, value, around) {
    const texts = textsOf(PICKING.things(prompt, around));
    return inOrder(prompt, value, around).map((entry) => {
      const [item, text] = [entryId(entry), entryText(entry, texts)];
      return given({ item, about: text, text, written: isOwn(entry) || isOwnId(item) });
    });
  },
  picked: (prompt, value, around) =>
    PICKING.given(prompt, value, around).map((one) => pick({ id: one.item, text: one.about })),
  offers(prompt, value, around) {
    if (!(prompt.options ?? []).some((option) => option.offer)) return [];
    return inOrder(prompt, value, around)
      .map((entry) => offerOf(prompt, entry))
      .filter(Boolean);
  },
  passes: (prompt, test, value) =>
    picksIn(value).some((entry) => (isOwn(entry) ? "other" : entry) === (test.includes ?? test.is)),
};

const CHOICE = {
  ...PICKING,
  takes: (prompt, value, around) => isEntry(value, knownIds(prompt, [value], around), Boolean(prompt.other)),
  ofPicks: (picks) => picks[0],
};

const CHOICES = {
  ...PICKING,
  takes(prompt, value, around) {
    if (!Array.isArray(value) || value.length > (prompt.max ?? Infinity)) return false;
    const isAlone = value.length < 2 || !value.some((entry) => (prompt.exclusive ?? []).includes(entry));
    return isAlone && areEntries(value, knownIds(prompt, value, around), Boolean(prompt.other));
  },
  unmet: (prompt, value) =>
    entriesOf(value).length < (prompt.min ?? 0) ? `Choose at least ${prompt.min}.` : "",
};

Object.assign(KINDS, { choice: CHOICE, choices: CHOICES });

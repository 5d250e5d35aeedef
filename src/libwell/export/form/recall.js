// Earlier answers that a question builds on, as they are now.

const LONGEST_PART = 60;

/** The earlier answers that a prompt recalls: { number, question, ask, part, lines, is_private } of each. */
function recalled({ recall = [] }, everything) {
  const chosen = chosenAmong(recall.map(promptIn), everything);
  return recall.flatMap((address) => {
    const [id, ...parts] = address.split(".");
    const place = everything.findIndex((one) => one.prompt.id === id && one.value !== undefined);
    const one = everything[place];
    const given = one ? givenAt(one, parts, chosen.get(sourceOf(one.prompt))) : [];
    return given.length ? [recalledOne(one, place + 1, parts, given)] : [];
  });
}

/** An earlier answer that is question `number`: what was given in it at the parts of an address. */
function recalledOne(one, number, parts, given) {
  const words = wordsAt(given[0]);
  const ask = oneLine(one.prompt.ask);
  const narrowed = parts.map((name) => quoted(shortened(words.get(name), LONGEST_PART))).join(", ");
  const lines = given.map((thing, place) => lineOf(thing, [...parts, given[place - 1]?.item ?? ""]));
  const question = `${ask} ${narrowed}`.trimEnd();
  return { number, question, ask, part: narrowed, lines, is_private: Boolean(one.prompt.private) };
}

/** What was picked among picks at prompts with these ids, by the prompt these picks come from. */
function chosenAmong(ids, everything) {
  const isMeant = ({ prompt, value }) => value !== undefined && prompt.options_from && ids.includes(prompt.id);
  return new Map(everything.filter(isMeant).map(({ prompt, value, around }) => [
    prompt.options_from, idsOf(KINDS[prompt.kind].picked(prompt, value, around)),
  ]));
}

/** What was given in an answer at the parts of an address; of things picked only those chosen. */
function givenAt({ prompt, value, around }, parts, chosen) {
  return KINDS[prompt.kind].given(prompt, value, around).filter((one) =>
    parts.every((name) => name === one.item || name === one.mark) &&
    (!chosen || chosen.has(one.item)) && (one.value ?? null) !== null);
}

/** What the item and the mark of something given are called, by their ids. */
function wordsAt(given) {
  return new Map([[given.item, given.about], [given.mark, given.markText]]);
}

/** One thing given, behind what it belongs to; what is named already is left out. */
function lineOf(given, named) {
  const entries = [...wordsAt(given)].filter(([id]) => id && !named.includes(id));
  const leads = entries.map(([, words]) => oneLine(words));
  const isMark = named.slice(0, -1).includes(given.mark) && given.text === given.markText;
  const text = isMark && leads.length ? leads.pop() : given.text;
  return leads.filter((lead) => lead !== oneLine(text)).reduceRight((line, lead) => labeled(lead, line), text);
}

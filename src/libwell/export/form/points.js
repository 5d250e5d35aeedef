// Points of a scale: for one thing, or for items.

/** The words of a scale's points that have one, by their points. */
function scaleWords({ labels, min, max }) {
  const isEach = labels.length === max - min + 1;
  return new Map(labels.map((word, place) => [isEach || !place ? min + place : max, word]));
}

/** A point with its word: `2 of 3, in place`, or `-1, on a scale from -2 to 2 (worse)`. */
function sayPoint(scale, point) {
  const { min, max } = scale;
  const word = scaleWords(scale).get(point);
  if (min === 0 || min === 1) return [`${point} of ${max}`, word].filter(Boolean).join(", ");
  return onScale(point, min, max) + (word ? ` (${word})` : "");
}

/** Whether points are given to items, and not to one thing. */
function ratesItems(prompt) {
  return Boolean(prompt.items || prompt.add_items);
}

/** Whether a value is a point of a scale. */
function isPoint({ min, max }, value) {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** Whether a value is a point, or a reason why there is none. */
function isRated(prompt, value) {
  return isNotAnswerOf(prompt, value) || isPoint(prompt.scale, value);
}

/** Whether what stands under `:own` are own entries, each with a point if any. */
function areOwnPoints(prompt, entries) {
  if (!Array.isArray(entries) || !entries.every(isOwn)) return false;
  const isSound = ({ point }) => point === undefined || isRated(prompt, point);
  return entries.every(isSound) && areEntries(entries.map(({ point, ...entry }) => entry), new Set(), true);
}

/** What was rated, as { item, point }, also why it has none: own entries last, also those without a point. */
function rated(prompt, value) {
  if (!ratesItems(prompt)) return [{ item: { id: "", text: "" }, point: value }];
  const items = RATING.things(prompt).map((item) => ({ item, point: part(value, item.id) }));
  const own = entriesOf(part(value, OWN)).filter(isOwn);
  const added = own.map((entry) => ({ item: { id: entryId(entry), text: entry.other }, point: entry.point }));
  return [...items.filter(({ point }) => point !== undefined), ...added];
}

/** What was given as a point, or in its place. */
function givenPoint(prompt, { item: { id, text: about }, point }) {
  const notAnswered = notAnswer(point);
  const none = point === undefined ? "not rated yet" : NOT_ANSWER_WORDS[notAnswered];
  if (none) return given({ item: id, about, value: null, text: none, notAnswered });
  const text = prompt.give_back ? scaleWords(prompt.scale).get(point) : sayPoint(prompt.scale, point);
  return given({ item: id, about, value: point, text });
}

/** Whether whoever gives this point is offered a step. */
function isOffered({ offer_at_most: most = -Infinity, offer_at_least: least = Infinity }, point) {
  return typeof point === "number" && (point <= most || point >= least);
}

const RATING = {
  ...BASE,
  things: ({ items = [] }) => items,
  takes(prompt, value) {
    if (!ratesItems(prompt)) return isPoint(prompt.scale, value);
    const items = idsOf(RATING.things(prompt));
    const isPart = ([name, point]) =>
      name === OWN && prompt.add_items ? areOwnPoints(prompt, point) : items.has(name) && isRated(prompt, point);
    return isTable(value) && partsOf(value).every(isPart);
  },
  given: (prompt, value) => rated(prompt, value).map((one) => givenPoint(prompt, one)),
  brief: (prompt, value) => RATING.lines(prompt, value).join("; "),
  lines: (prompt, value) =>
    RATING.given(prompt, value).map((one) => (ratesItems(prompt) ? `${one.about}: ${one.text}` : one.text)),
  withoutWords: (prompt, value) =>
    ratesItems(prompt) ? tableOf(partsOf(value).filter(([name]) => name !== OWN)) : value,
  picked: (prompt, value) =>
    rated(prompt, value)
      .filter(({ item, point }) => item.id && typeof point === "number")
      .map(({ item, point }) => pick({ ...item, point })),
  offers: (prompt, value) =>
    rated(prompt, value)
      .filter(({ point }) => isOffered(prompt, point))
      .map(({ item: { id, text, suggest, level } }) => {
        const about = text || prompt.ask;
        return { address: [prompt.id, id].filter(Boolean).join("."), step: suggest || about, about, level };
      }),
  passes(prompt, test, value) {
    const point = test.item === undefined ? value : part(value, test.item);
    return typeof point === "number" && isBetween(test, point);
  },
  givenBack(prompt, value) {
    const said = new Map(RATING.given(prompt, value).map((one) => [one.item, `${one.text}: ${one.about}`]));
    return (prompt.give_back ?? [])
      .map(({ title, items }) => ({ title, items: items.map((id) => said.get(id)).filter(Boolean) }))
      .filter((group) => group.items.length);
  },
};

KINDS.rating = RATING;

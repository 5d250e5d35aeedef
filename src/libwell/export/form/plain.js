// Answers that are one plain thing, and lists of texts.

const PLAIN = {
  ...BASE,
  given: (prompt, value) => [given({ value, text: KINDS[prompt.kind].brief(prompt, value) })],
  withoutWords: (prompt, value) => value,
};

const YES_NO = {
  ...PLAIN,
  takes: (prompt, value) => typeof value === "boolean",
  brief: (prompt, value) => (value ? "yes" : "no"),
  passes: (prompt, test, value) => value === test.is,
};

const DATE = {
  ...PLAIN,
  takes: (prompt, value) =>
    isDay(value) && value.text >= (prompt.not_before ?? "") && value.text <= (prompt.not_after ?? "9999-12-31"),
  brief: (prompt, value) => sayDate(value),
};

const NUMBER = {
  ...PLAIN,
  takes(prompt, value) {
    const bounds = { at_least: prompt.min, at_most: prompt.max };
    const isUsable = typeof value === "number" && Math.abs(value) < 1e15;
    return isUsable && isBetween(bounds, value) && isStep(prompt, value);
  },
  brief: (prompt, value) => `${inFull(value)} ${prompt.unit ?? ""}`.trim(),
  passes: (prompt, test, value) => (test.is === undefined ? isBetween(test, value) : value === test.is),
};

/** Whether a number is so many whole steps from where they begin. */
function isStep({ step, min = 0 }, number) {
  if (step === undefined) return true;
  const [[above, below], begin, size] = [number, min, step].map(fraction);
  return ((above * begin[1] - begin[0] * below) * size[1]) % (below * begin[1] * size[0]) === 0n;
}

const LIST = {
  ...BASE,
  takes: ({ max = Infinity }, value) =>
    Array.isArray(value) && value.length <= max && value.every((entry) => isText(entry)),
  unmet: (prompt, value) =>
    entriesOf(value).length < (prompt.min ?? 0) ? `Give at least ${prompt.min}.` : "",
  brief: (prompt, value) => value.map(oneLine).join("; "),
  lines: (prompt, value) => value,
  given: (prompt, value) =>
    value.map((text, place) => given({ item: String(place + 1), value: text, text, written: true })),
};

Object.assign(KINDS, { "yes-no": YES_NO, date: DATE, number: NUMBER, list: LIST });

// Points of a scale on the page.

const MOST_RADIOS = 11;

/** The words of a scale's points: pairs of a point and what is said beside it. */
function pointsOf(scale) {
  const points = Array.from({ length: scale.max - scale.min + 1 }, (_, place) => scale.min + place);
  const isAll = scale.labels.length === points.length;
  const word = (point) => isAll ? scale.labels[point - scale.min] : { [scale.min]: scale.labels[0], [scale.max]: scale.labels[1] }[point];
  return points.map((point) => ({ value: point, label: word(point) ? `${point}: ${oneLine(word(point))}` : String(point), word: word(point) }));
}

/** A point of a scale: radios, or a field where there are many points; `reasons` can be given instead. */
function pointControl({ scale, reasons = [], inWords, takeOut, onPick }) {
  const points = pointsOf(scale);
  if (points.length > MOST_RADIOS) return typedPoint(scale, onPick);
  const choices = points.map((one) => (inWords ? { ...one, label: capital(one.word) } : one));
  const instead = reasons.map((reason) => ({ value: reason, label: REASONS[reason] }));
  const className = choices.every((one) => one.label.length <= 3 || points.length <= 7) ? "in-a-row" : "";
  const all = radios({ choices: [...choices, ...instead], onPick: (value) => onPick(typeof value === "string" ? { [NOT_ANSWERED]: value } : value), takeOut, className });
  return { element: all.element, show: (value) => all.show(notAnswer(value) || value), problems: () => [] };
}

/** A field for a point of a scale with many. */
function typedPoint(scale, onPick) {
  const expected = `a whole number from ${scale.min} to ${scale.max}`;
  const fits = (number) => Number.isInteger(number) && number >= scale.min && number <= scale.max;
  const options = { help: `${capital(expected)}.`, inputmode: "numeric" };
  const giving = { give: (_, value) => onPick(value) };
  const one = fieldControl({}, giving, options, (text) => readNumber(text, expected, fits), String);
  return { ...one, show: (value) => one.show({ value }) };
}

CONTROLS.rating = (prompt, page) => {
  const shared = { scale: prompt.scale, inWords: Boolean(prompt.give_back) };
  const line = el("p", { class: "help" }, `${capital(prompt.expected)}.`);
  if (!prompt.items?.length && !prompt.add_items) {
    const whole = pointControl({ ...shared, onPick: (value) => page.give(prompt, value) });
    return { element: el("div", {}, line, whole.element), show: (one) => whole.show(one.value), problems: whole.problems };
  }
  const given = new Map();
  const controls = [];
  let isLoaded = false;
  const give = () => {
    const value = Object.fromEntries(given);
    const entries = own.filled().map((row) => ({ ...ownEntry(row), ...(row.more === undefined ? {} : { point: row.more }) }));
    if (entries.length) value[OWN] = entries;
    page.give(prompt, Object.keys(value).length ? value : undefined);
  };
  const controlOf = (onPick) => {
    const control = pointControl({ ...shared, reasons: prompt.not_answers, takeOut: "Take out", onPick });
    controls.push(control);
    return control;
  };
  const items = (prompt.items ?? []).map((item) => {
    const control = controlOf((value) => {
      if (value === undefined) given.delete(item.id);
      else given.set(item.id, value);
      give();
    });
    return { id: item.id, control, element: itemSet(item, control.element) };
  });
  const below = (row) => {
    const control = controlOf((value) => { row.more = value; give(); });
    control.show(row.more);
    return control.element;
  };
  const own = ownRows({ prompt, page, onChange: give, below });
  const load = (value) => {
    isLoaded = true;
    for (const [id, point] of partsOf(value)) if (id !== OWN) given.set(id, point);
    for (const item of items) item.control.show(given.get(item.id));
    for (const entry of entriesOf(part(value, OWN))) own.addRow({ text: entry.other, id: entryId(entry), more: entry.point });
  };
  const element = el("div", {}, prompt.give_back ? "" : line, items.map((item) => item.element), prompt.add_items && own.element);
  const problems = () => [...controls.flatMap((control) => control.problems()), ...own.problems()];
  return { element, show: (one) => isLoaded || load(one.value), problems };
};

// Days on the page, and what a typed number means.

/** What a typed number means: its value, or what is wrong with it. */
function readNumber(text, expected, fits) {
  const typed = text.trim().replace("\u2212", "-");
  if (!typed) return {};
  const number = /^[+-]?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(typed) ? Number(typed) : NaN;
  return fits(number) ? { value: number } : { wrong: `Type ${expected}.` };
}

CONTROLS.date = (prompt, page) => {
  const read = (text, input) => readDay(prompt, text, input);
  const bounds = { type: "date", min: prompt.not_before, max: prompt.not_after ?? "9999-12-31" };
  return fieldControl(prompt, page, bounds, read, (value) => value.text);
};

/** What is in a field for a day: the day, or what is wrong with it. */
function readDay(bounds, text, input) {
  if (input.validity.badInput) return { wrong: "This is no whole day yet. Fill in day, month and year." };
  if (!text) return {};
  if (bounds.not_before && text < bounds.not_before) return { wrong: `The day is too early. Not before ${bounds.not_before}.` };
  if (bounds.not_after && text > bounds.not_after) return { wrong: `The day is too late. Not after ${bounds.not_after}.` };
  return { value: new Day(text) };
}

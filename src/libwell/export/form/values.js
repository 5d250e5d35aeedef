// What an answer is made of: days, own entries, reasons why there is none.

const TEXT_LIMIT = 100000;
const NOT_ANSWERED = "not-answered";
const NOT_ANSWER_WORDS = {
  skipped: "skipped",
  "prefer-not-to-say": "prefer not to say",
  "dont-know": "don't know",
  "not-applicable": "does not apply",
};
const OWN = ":own"; // where own entries stand among the points of a rating
const NO_MARK = ":no-mark"; // where own entries of a checklist stand that have no mark yet

/** A day, as its text has it: `2026-12-01`. */
class Day {
  constructor(text) {
    this.text = text;
  }

  toJSON() {
    return { ":day": this.text };
  }
}

/** Whether a value is a day that there is. */
function isDay(value) {
  if (!(value instanceof Day) || !/^(?!0000)\d{4}-\d\d-\d\d$/.test(wordsOf(value.text))) return false;
  return Boolean(new Date(value.text).toJSON()?.startsWith(value.text));
}

/** A day in full: `Tuesday, December 1, 2026`. */
function sayDate(day) {
  return new Date(day.text).toLocaleDateString("en-US", { dateStyle: "full", timeZone: "UTC" });
}

/** By when: a day in full, or the words instead of one. */
function sayDue(due) {
  return isDay(due) ? sayDate(due) : due || "";
}

/** A value as JSON gave it, with `{":day": …}` as days. */
function withDays(value) {
  if (!isTable(value)) return Array.isArray(value) ? value.map(withDays) : value;
  const day = new Day(part(value, ":day"));
  if (Object.keys(value).length === 1 && isDay(day)) return day;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, withDays(inside)]));
}

/** Whether a value is a table: named parts, and neither a list nor a day. */
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Day);
}

/** What stands in a table under a name, and in nothing else that every object has. */
function part(table, name) {
  return isTable(table) && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The entries of a value that is a list; none where it is anything else. */
function entriesOf(value) {
  return Array.isArray(value) ? value : [];
}

/** The named parts of a value that is a table; none where it is anything else. */
function partsOf(value) {
  return isTable(value) ? Object.entries(value) : [];
}

/** A value that is a text; empty where it is anything else. */
function wordsOf(value) {
  return typeof value === "string" ? value : "";
}

/** Whether a value is a text of so many characters at most. */
function isText(value, limit = TEXT_LIMIT) {
  return typeof value === "string" && (value.length <= limit || lengthOf(value) <= limit);
}

/** The reason why there is no answer; empty where a value is not such. */
function notAnswer(value) {
  const reason = wordsOf(part(value, NOT_ANSWERED));
  return reason && Object.keys(value).length === 1 ? reason : "";
}

/** Whether a table that says why there is no answer is one that a prompt takes. */
function isNotAnswerOf(prompt, value) {
  return ["skipped", "prefer-not-to-say", ...(prompt.not_answers ?? [])].includes(notAnswer(value));
}

/** Whether a value is an entry in the person's own words. */
function isOwn(entry) {
  return part(entry, "other") !== undefined;
}

/** Whether an id is an own entry's or an added row's. */
function isOwnId(text) {
  return /^(other|row)-[1-9]\d{0,5}$/.test(text);
}

/** Whether an id is an added row's. */
function isRowId(text) {
  return isOwnId(text) && text.startsWith("row-");
}

/** The id of a pick or of an own entry; empty while it has none. */
function entryId(entry) {
  return isTable(entry) ? String(part(entry, "id") ?? "") : String(entry);
}

/** The words of a pick or of an own entry; `texts` has those of picks by their ids. */
function entryText(entry, texts) {
  return isOwn(entry) ? entry.other : (texts.get(entryId(entry)) ?? entryId(entry));
}

/** The number in the id of an own entry or an added row; 0 where it is no such id. */
function numberIn(id) {
  return isOwnId(id) ? Number(id.split("-")[1]) : 0;
}

/** The highest number among the own entries and added rows in a value; 0 if there is none. */
function highestOwn(value) {
  const inside = isTable(value) ? Object.values(value) : entriesOf(value);
  const own = numberIn(wordsOf(part(value, "id")));
  return inside.map(highestOwn).reduce((one, other) => Math.max(one, other), own);
}

/** The highest number among added rows that stand under their ids; 0 if there is none. */
function highestRow(value) {
  return highestOwn(partsOf(value).flatMap(([id]) => (isRowId(id) ? { id } : [])));
}

/** The worksheet's own words of things, by their ids. */
function textsOf(things) {
  return new Map(things.map((thing) => [thing.id, thing.text]));
}

/** The ids of things. */
function idsOf(things) {
  return new Set(things.map((thing) => thing.id));
}

// A draft as a file: everything that is on the page, and reading it back as carefully as a stranger's.

const DRAFT = "DRAFT-private.json";
const DRAFT_FORMAT = "libwell-form/1";
const DRAFT_LIMIT = 8 * 1024 * 1024;
const MOST_STEPS = 5_000;
const MOST_OWN = 999_999;
const NO_DRAFT = "This file is no draft of a page like this one, or it was damaged.";

/** A draft's text: all of a response, and which worksheet it answers. */
function draftText(form, response) {
  const { person, answers, actions, last_own, last_action, short, sharing } = response;
  const { sha256 } = form.definition;
  const given = { person, answers, actions, last_own, last_action, short, sharing: sharing ?? null };
  return `${JSON.stringify({ libwell: DRAFT_FORMAT, worksheet: form.id, sha256, ...given }, null, 1)}\n`;
}

/** What of a draft's text fits this page, and sentences about what does not; without a `response` nothing. */
function readDraft(form, text) {
  const draft = parsedDraft(text);
  const refusal = whyRefused(form, draft, text);
  if (refusal) return { problems: [refusal] };
  const { answers, unfit } = fittingAnswers(form, asTable(draft.answers));
  const actions = fittingSteps(form, draft.actions);
  const response = {
    person: fittingPerson(asTable(draft.person)),
    answers,
    actions,
    last_own: fittingNumbers(form, asTable(draft.last_own)),
    last_action: Math.max(numberOf(draft.last_action), ...actions.map((step) => numberOf(+step.id.slice(1)))),
    short: draft.short === true && Boolean(form.short_minutes),
    sharing: fittingSharing(asTable(draft.sharing)),
  };
  return { response, problems: draftProblems(form, draft, unfit) };
}

/** A draft's text as plain data; undefined if it is none. */
function parsedDraft(text) {
  if (text.length > DRAFT_LIMIT) return undefined;
  try {
    return withDays(JSON.parse(text.replace(/^\ufeff/, "")));
  } catch {
    return undefined;
  }
}

/** A table; an empty one in the place of anything else. */
function asTable(value) {
  return isTable(value) ? value : {};
}

/** Why nothing is taken of a draft, as a sentence; empty if something may be. */
function whyRefused(form, draft, text) {
  const kind = asTable(draft).libwell;
  if (/^\s*libwell = /.test(text)) {
    return `This is one of the files that leave the page, and no draft. A draft ends in .json, as ${DRAFT} does.`;
  }
  if (typeof kind !== "string" || !kind.startsWith("libwell-form/")) return NO_DRAFT;
  if (kind !== DRAFT_FORMAT) return "This draft was made by a newer page than this one. Open it in that page.";
  return draft.worksheet === form.id ? "" : "This is a draft of another worksheet. Open it in the page it was made in.";
}

/** What is said of a draft that was taken: that its worksheet was another, what could not be taken. */
function draftProblems(form, draft, unfit) {
  const asks = unfit.map((prompt) => `Not taken, as it does not fit: your answer to “${oneLine(prompt.ask)}”`);
  if (draft.sha256 === form.definition.sha256) return asks;
  return ["This draft is of another edition of this worksheet. What still fits is on the page.", ...asks];
}

// --- answers

/** The answers that fit their questions, whether these are asked now or not; and the questions of the others. */
function fittingAnswers(form, given) {
  const answers = {};
  const unfit = [];
  const known = allPrompts(form).filter((prompt) => part(given, prompt.id) !== undefined);
  for (const prompt of known) answers[prompt.id] = given[prompt.id];
  const bare = { ...form, sections: form.sections.map(withoutConditions) };
  for (const { prompt, around } of asked(bare, answering(answers))) {
    const value = part(answers, prompt.id);
    if (value === undefined || fitsHere(prompt, value, around)) continue;
    delete answers[prompt.id];
    unfit.push(prompt);
  }
  return { answers, unfit };
}

/** Whether an answer is one that the page itself could have. */
function fitsHere(prompt, value, around) {
  if (prompt.kind === "plan") return isNotAnswerOf(prompt, value);
  return fits(prompt, value, around) && hasItsIds(value);
}

/** Whether each own entry and each added row has an id: on the page none is without. */
function hasItsIds(value) {
  const isSingle = part(value, "other") !== undefined;
  const lists = isTable(value) && !isSingle ? Object.values(value).filter(Array.isArray) : [[value]];
  return lists.flat(2).every((thing) => !isTable(thing) || part(thing, "id") !== undefined);
}

// --- the rest

/** A whole number that own entries and steps may have reached; 0 in the place of anything else. */
function numberOf(value) {
  return Number.isInteger(value) && value > 0 && value <= MOST_OWN ? value : 0;
}

function fittingPerson(given) {
  const text = (name) => (isText(given[name]) ? given[name] : "");
  return { name: text("name"), team: text("team"), library: text("library") };
}

function fittingNumbers(form, given) {
  const pairs = allPrompts(form).map((prompt) => [prompt.id, numberOf(given[prompt.id])]);
  return Object.fromEntries(pairs.filter(([, number]) => number));
}

/** The steps of a draft that have words and an id of their own. */
function fittingSteps(form, given) {
  const isThere = allPrompts(form).some((prompt) => prompt.kind === "plan");
  if (!isThere || !Array.isArray(given) || given.length > MOST_STEPS) return [];
  const steps = new Map();
  for (const table of given.map(asTable)) {
    const isSound = /^a[1-9]\d{0,5}$/.test(table.id) && !steps.has(table.id) && isText(table.step);
    if (isSound && oneLine(table.step)) steps.set(table.id, fittingStep(form, table));
  }
  return [...steps.values()];
}

function fittingStep(form, given) {
  const texts = ["who", "know", "notes"].filter((name) => isText(given[name]));
  const step = { id: given.id, step: given.step, ...chosen(given, texts) };
  if (isDay(given.due) || (isText(given.due) && given.due)) step.due = given.due;
  if (typeof given.level === "string" && Object.hasOwn(LEVEL_SAID, given.level)) step.level = given.level;
  const from = typeof given.from === "string" ? fittingOrigin(form, given.from) : "";
  if (from) step.from = from;
  // What a step came from may have been private where it is not known any more.
  if (given.private === true || (given.from && !from)) step.private = true;
  return step;
}

/** Where a step came from, as far as the worksheet has it. */
function fittingOrigin(form, address) {
  const [name, ...inside] = address.split(".");
  const prompt = allPrompts(form).find((one) => one.id === name);
  if (!prompt) return "";
  const isThere = (place) => isOwnId(place) || idsInside(form, prompt).has(place);
  const columns = [...(prompt.columns ?? []).map((column) => column.id), ...(prompt.add_rows ? ["row"] : [])];
  const leads = inside.length < 3 && inside.slice(0, 1).every(isThere)
    && inside.slice(1).every((place) => columns.includes(place));
  return leads ? address : name;
}

/** The ids of everything in a question, and of what is picked for it elsewhere. */
function idsInside(form, prompt) {
  const things = ["options", "items", "marks", "columns", "rows"].flatMap((key) => prompt[key] ?? []);
  const source = allPrompts(form).find((one) => one.id === (prompt.rows_from ?? prompt.options_from));
  return new Set([...things.map((thing) => thing.id), ...(source ? idsInside(form, source) : [])]);
}

/** What a draft knows of the copies that were saved; null where that is not sound. */
function fittingSharing({ shared_id, key, pseudonym, revision, digest }) {
  const isId = (text) => typeof text === "string" && /^[a-z2-7]{26}$/.test(text);
  const isName = typeof pseudonym === "string" && /^[A-Z][a-z]{1,19} [A-Z][a-z]{1,19}$/.test(pseudonym);
  const isCount = Number.isInteger(revision) && revision >= 1 && revision <= REVISION_LIMIT;
  if (!isId(shared_id) || !isId(key) || !isName || !isCount) return null;
  return { shared_id, key, pseudonym, revision, digest: isText(digest) && digest.length <= 64 ? digest : "" };
}

// What each kind of prompt takes, and how its answer reads: texts and plans, and what all kinds share.
// Each function takes the prompt's data first; `around.picks` are the rows or options from above.

const NO_PICKS = { picks: [] };

/** What a kind says where it says nothing of its own. */
const BASE = {
  takes: () => false,
  things: () => [],
  current: (prompt, value) => value,
  given: () => [],
  picked: () => [],
  counting: (prompt, picks) => picks,
  offers: () => [],
  rowOffers: () => [],
  takesUp: () => [],
  withoutWords: () => undefined,
  passes: () => false,
  unmet: () => "",
  lacks: (prompt, value, around) => lack(KINDS[prompt.kind].unmet(prompt, value, around)),
  brief: () => "",
  lines: (prompt, value, around) => [KINDS[prompt.kind].brief(prompt, value, around)],
  givenBack: () => [],
};

/** Something given, with what it leaves out. */
function given(found) {
  const nothing = { item: "", about: "", mark: "", markText: "", value: true, text: "" };
  return { ...nothing, written: false, notAnswered: "", ...found };
}

/** A pick that makes a row or an option below, with what it leaves out. */
function pick(found) {
  const { id, text, help = "", suggest = "", level, point, marks = new Set() } = found;
  return { id, text, help, suggest, level, point, marks };
}

/** What a whole answer lacks, of a sentence that says it; empty where it says nothing. */
function lack(said) {
  return said ? [{ message: small(said), path: [] }] : [];
}

/** A list, or nothing where it is empty. */
function someOf(entries) {
  return entries.length ? entries : undefined;
}

/** A table of pairs, or nothing where there are none. */
function tableOf(pairs) {
  return pairs.length ? Object.fromEntries(pairs) : undefined;
}

// --- texts ---------------------------------------------------------------------------

const TEXT = {
  ...BASE,
  takes: (prompt, value) => isText(value, prompt.max_length),
  brief: (prompt, value) => oneLine(value),
  lines: (prompt, value) => value.split("\n"),
  given: (prompt, value) => [given({ value, text: value, written: true })],
};

// --- entries in one's own words, and picks -------------------------------------------------------------------------------------

/** Whether a pick is an id among those known, or an own entry where these are allowed. */
function isEntry(entry, known, own) {
  if (typeof entry === "string") return known.has(entry);
  if (!own || !isOwn(entry)) return false;
  const { other, id, ...more } = entry;
  return isText(other) && /^other-[1-9]\d{0,5}$/.test(wordsOf(id ?? "other-1")) && !Object.keys(more).length;
}

/** Whether all of a list are such picks, none of them named twice. */
function areEntries(entries, known, own) {
  if (!Array.isArray(entries) || !entries.every((entry) => isEntry(entry, known, own))) return false;
  const names = entries.map(entryId).filter(Boolean);
  return names.length === new Set(names).size;
}

/** Whether an id may be one of a pick made above, now or before it was withdrawn. */
function couldBePicked(prompt, id) {
  return isOwnId(id) || (prompt.pickable ?? []).includes(id);
}

/** The picks of a list that are in the worksheet's words. */
function worksheetEntries(entries) {
  return entries.filter((entry) => typeof entry === "string" && !isOwnId(entry));
}

/** Whether an offer stands at an address that a plan collects. */
function isAt(offer, address) {
  const [prompt, ...wanted] = address.split(".");
  const [first, ...inside] = offer.address.split(".");
  const found = new Set([...inside, ...(offer.marks ?? [])]);
  return prompt === first && wanted.every((one) => found.has(one));
}

const PLAN = {
  ...BASE,
  brief: (prompt, value) => (value.length ? counted(value.length, "step", "steps") : ""),
  lines: (prompt, value) => value.map((action) => action.step),
  takesUp: (prompt, offers) =>
    prompt.collect ? offers.filter((one) => prompt.collect.some((address) => isAt(one, address))) : offers,
};

/** Every kind by its word in a worksheet; the modules of the others add theirs. */
const KINDS = { text: TEXT, plan: PLAN };

/** Whether something can stand as an answer: one that fits its prompt, or a reason why there is none. */
function fits(prompt, entry, around) {
  return part(entry, NOT_ANSWERED) === undefined
    ? KINDS[prompt.kind].takes(prompt, entry, around)
    : isNotAnswerOf(prompt, entry);
}

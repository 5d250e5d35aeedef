// What is asked now, what is offered at a plan, and what is still needed: worked out of all answers together.

const NEEDED = "This one needs an answer before you finish; “prefer not to say” is one.";

/** What a prompt takes its rows or options from, by its id; undefined where it has its own. */
function sourceOf(prompt) {
  return prompt.rows_from ?? prompt.options_from;
}

/** Every prompt of a form, in the order asked. */
function allPrompts(form) {
  return form.sections.flatMap((section) => section.prompts);
}

/** The id of the prompt that an address begins with. */
function promptIn(address) {
  return address.split(".")[0];
}

/** What was picked above and makes rows or options in a prompt. */
function picksFor(prompt, answered) {
  const source = answered.get(sourceOf(prompt));
  if (!source) return [];
  const picks = KINDS[source.prompt.kind].picked(source.prompt, source.value, source.around);
  return KINDS[prompt.kind].counting(prompt, picks);
}

/** What counts of an answer now; undefined where nothing does. */
function currentOf(prompt, entry, around) {
  if (entry === undefined || notAnswer(entry) || !fits(prompt, entry, around)) return undefined;
  return KINDS[prompt.kind].current(prompt, entry, around);
}

/** A prompt with what its rows come from, what counts of its answer (`value`), and what is kept (`entry`). */
function askedOne(section, prompt, response, answered) {
  const around = { picks: picksFor(prompt, answered) };
  const entry = part(response.answers, prompt.id);
  if (prompt.kind !== "plan") return { section, prompt, around, value: currentOf(prompt, entry, around), entry };
  const value = someOf(response.actions);
  return { section, prompt, around, value, entry: value ?? entry };
}

/** Every prompt asked now, in order, each as `askedOne` has it. */
function asked(form, response) {
  const found = [];
  const answered = new Map();
  const scoring = form.scores.length ? scoringOf(form, answered) : null;
  const holds = (condition) => condition === undefined || isMet(condition, answered, scoring);
  for (const section of form.sections) {
    const isThere = holds(section.when);
    for (const prompt of isThere ? section.prompts : []) {
      if (!holds(prompt.when)) continue;
      const one = askedOne(section, prompt, response, answered);
      if (one.value !== undefined) answered.set(prompt.id, one);
      found.push(one);
    }
  }
  return found;
}

/** Whether a condition is met by the answers so far; what is not answered fails every test but `answered`. */
function isMet(condition, answered, scoring) {
  const holds = (inside) => isMet(inside, answered, scoring);
  if (condition.all) return condition.all.every(holds);
  if (condition.any) return condition.any.some(holds);
  if (condition.not) return !holds(condition.not);
  if (condition.score) {
    const { value } = scoring.result(condition.score);
    return value !== undefined && isBetween(condition, value);
  }
  const one = answered.get(condition.prompt);
  if (condition.answered !== undefined) return condition.answered === Boolean(one);
  return Boolean(one) && KINDS[one.prompt.kind].passes(one.prompt, condition, one.value);
}

/** What of all that is asked is on the person's way: on the short one what is at the core, or was given. */
function onTheWay(form, response, everything) {
  if (!response.short || !form.short_minutes) return everything;
  return everything.filter((one) => one.prompt.core || one.entry !== undefined);
}

/** The highest number ever given to an own entry or added row of a prompt, by its id; 0 if there is none. */
function highestNumber(form, response, id) {
  const sources = new Map(allPrompts(form).map((prompt) => [prompt.id, sourceOf(prompt)]));
  const first = (name) => (sources.get(name) ? first(sources.get(name)) : name);
  const numbers = [...sources.keys()]
    .filter((name) => first(name) === first(id))
    .flatMap((name) => [part(response.last_own, name) ?? 0, highestOwn(part(response.answers, name))]);
  return Math.max(highestRow(part(response.answers, id)), ...numbers);
}

// --- what is offered at a plan

/** What the answers above a plan put before the person, what others could do first. */
function offersAt(form, everything, plan) {
  const above = everything.slice(0, everything.findIndex((one) => one.prompt.id === plan.id));
  const offers = [...above.flatMap(offersOf), ...(form.scores.length ? offersOfScores(form, above) : [])];
  const isMine = (offer) => Number(offer.level === "me");
  return toldApart(form, KINDS.plan.takesUp(plan, offers.sort((one, other) => isMine(one) - isMine(other))));
}

/** What an answer puts before the person. */
function offersOf({ prompt, value, around }) {
  const offers = value === undefined ? [] : KINDS[prompt.kind].offers(prompt, value, around);
  return offers.map((offer) => leveled(offer, prompt));
}

/** An offer with a level: its own, or that of its prompt. */
function leveled(offer, prompt) {
  return { ...offer, level: offer.level || prompt.level };
}

/** The offers; where some would read the same, each says the section it comes from. */
function toldApart(form, offers) {
  const words = ({ step, about }) => JSON.stringify([step, about]);
  const isTwice = new Map();
  for (const offer of offers) isTwice.set(words(offer), isTwice.has(words(offer)));
  return offers.map((offer) => {
    const { address, step, about } = offer;
    if (!isTwice.get(words(offer))) return offer;
    const isHome = (section) => section.prompts.some((prompt) => prompt.id === promptIn(address));
    const home = form.sections.find(isHome).title;
    return { ...offer, about: about === step ? home : `${about} (${home})` };
  });
}

// --- what is needed

/** Whether something was given: an answer that counts, or a full reason why there is none. */
function isAnswered(one) {
  return one.value !== undefined || !["", "skipped"].includes(notAnswer(one.entry));
}

/** What is still needed before everything is answered: at which prompt, the sentence, where inside the answer. */
function lacking(form, response) {
  return onTheWay(form, response, asked(form, response)).flatMap((one) => {
    const { prompt, value, around } = one;
    if (prompt.required && !isAnswered(one)) return [{ prompt, message: NEEDED, path: [] }];
    const found = value === undefined ? [] : KINDS[prompt.kind].lacks(prompt, value, around);
    return found.map(({ message, path }) => ({ prompt, message: capital(message), path }));
  });
}

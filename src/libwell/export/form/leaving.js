// What leaves: the answers file, the copy for a team, the withdrawal. It decides by a list of what may.

const MINE = "MINE-do-not-send.txt";
const COPY = "COPY-FOR-MY-TEAM.txt";
const WITHDRAWAL = "WITHDRAWAL-FOR-MY-TEAM.txt";
const WITH_NAME = "With my name, and who does what";
const WITH_WORDS = "With what I wrote in my own words";
const ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const ID_LENGTH = 26;
const REVISION_LIMIT = 10 ** 9;
const STEP_PARTS = ["id", "step", "who", "due", "know", "notes", "level", "from", "private"];
const LEVEL_SAID = {
  me: "for me", team: "for the team", organisation: "for the organization", community: "with the community",
};

/** Of a table those parts that say something, in this order. */
function chosen(table, names) {
  const isThere = (name) => table[name] !== undefined && table[name] !== "";
  return Object.fromEntries(names.filter(isThere).map((name) => [name, table[name]]));
}

/** The steps of the plan that have words. */
function stepsOf(response) {
  return response.actions.filter((step) => oneLine(step.step));
}

/** Whether all of a worksheet is private, so that there is no copy of it. */
function isForOneAlone(form) {
  return form.sections.every((section) => section.all_private);
}

// --- my answers

/** A file with all that was given, which `libwell fill` takes; for the person alone. */
function answersFile(form, response) {
  const prompts = allPrompts(form).filter((prompt) => part(response.answers, prompt.id) !== undefined);
  const answers = Object.fromEntries(prompts.map((prompt) => [prompt.id, response.answers[prompt.id]]));
  const asks = new Map(prompts.map((prompt) => [prompt.id, prompt.ask + (prompt.private ? " (private)" : "")]));
  const head = [
    `All that you answered to “${oneLine(form.title)}”, what is private too.`,
    `It is for you alone: do not send it.${isForOneAlone(form) ? "" : " To send: the file for your team."}`,
    `To go on in libwell: libwell fill ${MINE}`,
    "(with --draft behind it while questions that need an answer are open)",
  ];
  const tables = { person: chosen(response.person, ["name", "team", "library"]) };
  const steps = stepsOf(response).map((step) => chosen(step, STEP_PARTS));
  return [
    withHead({ libwell: "answers/1", worksheet: form.id, ...tables }, head.join("\n")),
    `[answers]\n${tomlLines(answers, (name) => asks.get(name))}`,
    ...(steps.length ? [tomlText({ actions: steps })] : []),
  ].join("\n");
}

/** A record as a file, whose first line says what it is, and lines behind it say so to people. */
function withHead(record, comment) {
  const full = Object.entries(record).filter(([, value]) => typeof value !== "object" || Object.keys(value).length);
  const [first, ...rest] = tomlText(Object.fromEntries(full)).split("\n");
  return `${first}\n${tomlComment(comment)}${rest.join("\n")}`;
}

// --- what is private

/** The question a step came from; undefined where that is not known. */
function originOf(form, step) {
  return allPrompts(form).find((prompt) => prompt.id === promptIn(step.from ?? ""));
}

/** Whether a step is private: if it says so, if the plan is, or the question it came from, or if that is gone. */
function isPrivateStep(form, step) {
  const plan = allPrompts(form).find((prompt) => prompt.kind === "plan");
  const origin = originOf(form, step);
  if (step.private || !plan || plan.private || origin?.private) return true;
  return step.private !== false && !origin && Boolean(step.from);
}

/** What counts of an answer: the answer, or the reason why there is none. */
function countingIn(one) {
  const reason = notAnswer(one.entry);
  return reason ? { [NOT_ANSWERED]: reason } : one.value;
}

// --- the copy for a team

/** A whole number below `count` by chance, each as likely as the others. */
function drawnBelow(count) {
  const most = 2 ** 32 - (2 ** 32 % count);
  const number = crypto.getRandomValues(new Uint32Array(1))[0];
  return number < most ? number % count : drawnBelow(count);
}

/** What the copies of one response have in common, drawn by chance: an id, a key, and a made-up name. */
function drawnSharing(form) {
  const drawn = (things) => things[drawnBelow(things.length)];
  const id = () => Array.from({ length: ID_LENGTH }, () => drawn(ID_LETTERS)).join("");
  const pseudonym = form.names.map((names) => drawn(names.split(" "))).join(" ");
  return { shared_id: id(), key: id(), pseudonym, revision: 0, digest: "" };
}

/**
 * The copy of a response as it would leave: `record` and its `text`, what `stays`, whether anything `leaves`,
 * and what the response knows of it once it is saved (`sharing`). `wish` has `named` and `withText`.
 */
function copyOf(form, response, wish, drawn) {
  const known = response.sharing ?? drawn;
  const everything = asked(form, response);
  const answers = leavingAnswers(everything, wish);
  const steps = stepsOf(response).filter((step) => !isPrivateStep(form, step));
  const person = chosen(response.person, wish.named ? ["name", "team", "library"] : ["team", "library"]);
  const actions = steps.map((step, place) => leavingStep(form, step, place + 1, answers, wish));
  const digest = digestOf(JSON.stringify([person, answers, actions, form.definition.sha256]));
  const revision = digest === known.digest ? known.revision : known.revision + 1;
  const sharing = { ...known, revision: Math.min(revision, REVISION_LIMIT), digest };
  const record = { libwell: "shared/1", ...chosen(sharing, ["shared_id", "revision", "pseudonym", "key"]) };
  Object.assign(record, { person, answers, actions });
  const stays = staying(form, response, everything, { person, answers, actions, steps });
  const leaves = Object.keys(answers).length > 0 || actions.length > 0;
  const text = `${withHead(record, COPY_HEAD)}\n${BELOW}${definitionText(form.definition)}`;
  return { record: { ...record, definition: form.definition }, text, stays, leaves, sharing };
}

const BELOW = "# Below stand only the questions of the worksheet, as they were asked.\n";
const COPY_HEAD = `A copy for a team, as the one it is from let it leave.
Nothing private is in it. Send this file as it is to whoever asked for it.`;

/** The answers that leave, by the ids of their questions: nothing private, own words only if wished. */
function leavingAnswers(everything, wish) {
  const answers = {};
  for (const one of everything) {
    if (one.prompt.private || !one.prompt.measured || !isAnswered(one)) continue;
    const value = wish.withText || notAnswer(one.entry) ? countingIn(one) : wordless(one);
    if (value !== undefined) answers[one.prompt.id] = value;
  }
  return answers;
}

function wordless(one) {
  return KINDS[one.prompt.kind].withoutWords(one.prompt, one.value);
}

/** A step as it leaves. Its number is new, as a gap between numbers would tell of a private step. */
function leavingStep(form, step, number, answers, wish) {
  const names = ["step", ...(wish.named ? ["who"] : []), "due", ...(wish.withText ? ["know", "notes"] : [])];
  const parts = chosen(step, [...names, "level"]);
  if (parts.due !== undefined && !isDay(parts.due) && !wish.withText) delete parts.due;
  const from = leavingOrigin(step.from ?? "", answers, wish);
  return { id: `a${number}`, ...parts, ...(from && { from }), private: false };
}

/** Where a step came from, if that is in the copy; three parts lead to a cell in a person's own words. */
function leavingOrigin(address, answers, wish) {
  const [name, ...inside] = address.split(".");
  const isWordless = inside.length < 2 && !inside.some(isOwnId);
  return Object.hasOwn(answers, name) && (wish.withText || isWordless) ? address : "";
}

/** What of a response is not in its copy: questions and numbers, never an answer. */
function staying(form, response, everything, copy) {
  const given = everything.filter((one) => isAnswered(one) && one.prompt.measured);
  const asks = (some) => some.map((one) => oneLine(one.prompt.ask));
  const isCut = (one) => JSON.stringify(part(copy.answers, one.prompt.id)) !== JSON.stringify(countingIn(one));
  const lacks = (...names) => copy.steps.some((step, place) =>
    names.some((name) => step[name] && !copy.actions[place][name]));
  const isAsked = new Set(everything.map((one) => one.prompt.id));
  return {
    private: asks(given.filter((one) => one.prompt.private)),
    words: asks(given.filter((one) => !one.prompt.private && isCut(one))),
    unasked: Object.keys(response.answers).filter((name) => !isAsked.has(name)).length,
    steps: stepsOf(response).length - copy.steps.length,
    names: Boolean(response.person.name && !copy.person.name) || lacks("who"),
    besideSteps: lacks("know", "notes", "due"),
  };
}

/** What stays, a line each. */
function stayingLines(stays) {
  const lines = stays.private.map((ask) => `Private: ${ask}`);
  if (stays.steps) lines.push(`${counted(stays.steps, "private step", "private steps")} of your plan`);
  if (stays.names) lines.push(`Your name, and who does what (to share them, tick “${WITH_NAME}”)`);
  lines.push(...stays.words.map((ask) => `In your own words: ${ask} (to share it, tick “${WITH_WORDS}”)`));
  if (stays.besideSteps) {
    lines.push(`How you will know, notes, and days given in words (to share them, tick “${WITH_WORDS}”)`);
  }
  if (stays.unasked) lines.push("Answers to questions that are no longer asked");
  return lines.length ? lines : ["Nothing of what you gave."];
}

/** Why there is no copy to save. */
function whyNothingLeaves(stays) {
  if (stays.words.length || stays.besideSteps) {
    return `Nothing would leave but what you wrote in your own words. To let that leave, tick “${WITH_WORDS}”.`;
  }
  const isPrivate = stays.private.length || stays.steps;
  return isPrivate ? "All that you gave here is private, and stays here." : "There is nothing to share yet.";
}

/** The answers and steps of a copy as whoever reads it sees them: pairs of a question and its lines. */
function copyInWords(form, record) {
  const bare = { ...form, sections: form.sections.map(withoutConditions) };
  const everything = asked(bare, answering(record.answers));
  const given = everything.filter((one) => one.prompt.measured && isAnswered(one));
  return given.map((one) => ({ ask: oneLine(one.prompt.ask), lines: linesOf(form, one) }));
}

/** A section as if every question of it were asked. */
function withoutConditions(section) {
  const prompts = section.prompts.map((prompt) => ({ ...prompt, when: undefined }));
  return { ...section, when: undefined, prompts };
}

/** A response with these answers, and nothing else. */
function answering(answers) {
  return { person: {}, answers, actions: [], last_own: {}, last_action: 0, short: false, sharing: null };
}

/** An answer in words, or the reason why there is none. */
function linesOf(form, one) {
  const reason = notAnswer(one.entry);
  if (reason) return [`(${NOT_ANSWER_WORDS[reason]})`];
  return KINDS[one.prompt.kind].lines(one.prompt, one.value, one.around);
}

/** What is said of a step beside its words, a line each. */
function stepLines(step) {
  return factLines({
    Who: step.who,
    "By when": sayDue(step.due),
    Level: LEVEL_SAID[step.level],
    "How we will know": step.know,
    Notes: step.notes,
  });
}

/** What is known, a line each, with its label; what is empty is left out. */
function factLines(facts) {
  return Object.entries(facts).filter(([, text]) => text).map(([label, text]) => labeled(label, text));
}

/** The worksheet as it was asked, at the end of a copy. */
function definitionText({ sha256, worksheet }) {
  const isAsItStands = !/[\u0000-\u0008\u000b-\u001f\u007f]|'''|'$/.test(worksheet);
  const text = isAsItStands ? `'''\n${worksheet}'''` : tomlString(worksheet);
  return `[definition]\nsha256 = "${sha256}"\nworksheet = ${text}\n`;
}

/** A few letters that change when a text does. */
function digestOf(text) {
  const mixed = [...text].reduce((so, sign) => Math.imul(so ^ sign.codePointAt(0), 0x01000193), 0x811c9dc5);
  return (mixed >>> 0).toString(16);
}

// --- the withdrawal

/** A file that says that the copies of this response no longer count, and what the response knows then. */
function withdrawalOf(response) {
  const revision = Math.min(response.sharing.revision + 1, REVISION_LIMIT);
  const record = { libwell: "withdrawal/1", shared_id: response.sharing.shared_id, revision };
  return { record, text: tomlText(record), sharing: { ...response.sharing, revision, digest: "" } };
}

// --- the page to print

/** What is printed: steps, scores, and sections with answers. `isPrivate`: what is private too. */
function printed(form, response, isPrivate) {
  const everything = asked(form, response);
  const isSeen = (prompt) => !prompt.stays && (isPrivate || !prompt.private);
  const given = everything.filter((one) => isSeen(one.prompt) && one.prompt.kind !== "plan" && isAnswered(one));
  const ids = new Set(given.map((one) => one.prompt.id));
  const all = form.scores.length ? scores(form, everything).filter((score) => !score.personal) : [];
  return {
    steps: stepsOf(response).filter((step) =>
      !originOf(form, step)?.stays && (isPrivate || !isPrivateStep(form, step))),
    scores: all.length ? scoreLines(all.filter((score) => [...score.prompts].some((name) => ids.has(name)))) : [],
    name: all.some((score) => score.is_there) ? "" : response.person.name,
    sections: form.sections.map((section) => ({
      title: section.title,
      given: given.filter((one) => one.section.id === section.id),
    })).filter((section) => section.given.length),
  };
}

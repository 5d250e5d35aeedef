// The plan on the page: steps that earlier answers offer, to tick, and a fieldset for each step there is.

const PARTS_OF_STEPS = ["step", "who", "due", "know", "notes"];
const WHOSE = [
  ["me", "mine"], ["team", "the team's"],
  ["organisation", "the organization's"], ["community", "the community's"],
];
const IN_NO_CALENDAR = "It takes the place of the day. It will be in no calendar, and not among what is due.";
const LEAVES = " A copy for your team has it word for word.";
const OF_YOUR_OWN =
  "Such as “Ask for …”, and then who can decide it. What you type stands in your plan as it is.";
const ON_YOU_ALONE =
  "All of this rests on you alone. You also marked things for the team or the organization. " +
  "Would you like to add: ";
const OUT_WITH_STEP = "Take this step out, with what you wrote in it?";

/** A step with what it is for, and what was said of it before: `Add a ramp. Who: Ana`. */
function offerLine({ step, about, who, due, know, notes }) {
  const brief = (said) => firstWords(sayDue(said), 60);
  const facts = { For: about === step ? "" : brief(about), Who: brief(who), By: brief(due) };
  const said = [step, ...factLines({ ...facts, "We will know": brief(know), Notes: brief(notes) })];
  return said.reduce((line, fact) => `${line.replace(/[^.?!]$/, "$&.")} ${fact}`);
}

/** Whether a person said anything in a step beside what its offer says, if it has one. */
function isChanged(action, offer = {}) {
  return PARTS_OF_STEPS.some((name) => sayDue(action[name]) !== sayDue(offer[name]));
}

/** A step of the plan on the page; while it has no words it is no action. */
function planStep(plan, action) {
  const legend = el("legend");
  const about = el("p", { class: "help" });
  const give = (name, value) => {
    step.action = { ...step.action, [name]: value };
    plan.give();
  };
  const words = (name, label, more) => field({
    label, value: wordsOf(action[name]), maxlength: TEXT_LIMIT,
    onInput: (text) => give(name, isBlank(text) ? undefined : text), ...more,
  });
  const what = words("step", "Your step", { rows: 3 });
  const { day, element: due } = dueFields(action.due, words, (value) => give("due", value));
  const onChange = (level) => give("level", level);
  const hasWords = () => !isBlank(step.action.step ?? "");
  const step = {
    id: action.id, action, input: what.input, hasWords,
    element: el("fieldset", { class: "item row" }, legend, about, what.element,
      words("who", "Who?", { help: "Names or roles." }).element, due,
      words("know", "How will you know it worked?", { help: "One sentence.", rows: 2 }).element,
      !action.from && selectField({ label: "Whose step is it?", choices: WHOSE, value: action.level, onChange }).element,
      action.notes && el("p", { class: "help" }, `Notes: ${action.notes}`),
      outButton("Take this step out", OUT_WITH_STEP, () => isChanged(step.action, plan.offerOf(step)), () => plan.takeOut(step))),
    show(number, what) {
      say(legend, `Step ${number}`);
      say(about, what && `For: ${what}`);
      about.hidden = !what;
    },
    /** What keeps the step, or its day, out of the files. */
    problems() {
      const isLost = !hasWords() && (step.action.from || isChanged(step.action));
      const lost = `${legend.textContent} has no words, so it is in no file. Say what is to happen, or take it out.`;
      return [...(isLost ? [{ message: lost, input: step.input }] : []), ...day.problems()];
    },
  };
  return step;
}

/** Fields for when a step is due, a `day` or words: what is given in one empties the other. */
function dueFields(due, words, give) {
  let isGiven = isDay(due);
  const giveDay = (_, value) => {
    if (value) inWords.input.value = "";
    if (value || isGiven) give(value);
    isGiven = Boolean(value);
  };
  const day = CONTROLS.date({ label: "By when?" }, { give: giveDay });
  day.show({ value: isGiven ? due : undefined });
  const input = day.element.querySelector("input");
  const onInput = (text) => {
    if (!isBlank(text)) {
      input.value = "";
      input.dispatchEvent(new Event("input"));
    }
    give(isBlank(text) ? undefined : text);
  };
  const inWords = words("due", "Or by when, in your own words", { help: IN_NO_CALENDAR, onInput });
  return { day, element: [day.element, inWords.element] };
}

/** A checkbox for a step that is offered. */
function offeredStep(plan, { address }) {
  const room = el("div", { class: "asking" });
  const stepNow = () => plan.steps.find((step) => step.action.from === address);
  const offerNow = () => plan.offers.find((offer) => offer.address === address);
  const onChange = (isTicked) => {
    const takeOut = () => plan.takeOut(stepNow(), input);
    if (isTicked) {
      plan.addOffer(offerNow());
    } else if (isChanged(stepNow().action, offerNow())) {
      input.checked = true;
      askIn(room, OUT_WITH_STEP, takeOut, input);
    } else {
      takeOut();
    }
  };
  const { element, input } = choiceField({ label: " ", onChange });
  const show = () => {
    say(element.querySelector("label"), offerLine(offerNow()));
    input.checked = Boolean(stepNow());
    if (!input.checked) room.replaceChildren();
  };
  return { element: el("div", {}, element, room), show };
}

CONTROLS.plan = (prompt, page) => {
  let isBegun = false;
  let isTakenUp = false;
  const boxes = el("div");
  const rows = el("div", { class: "rows" });
  const picks = fieldset("From what you said, steps could be these. Tick those you want.", boxes);
  const more = button("Add a step of your own", () => {
    const step = planStep(plan, { id: page.newAction(), level: prompt.level });
    plan.steps.push(step);
    showSteps();
    goTo(step.input);
  });
  const actions = () => plan.steps.filter((step) => step.hasWords()).map((step) => step.action);
  const plan = {
    offers: [], steps: [],
    offerOf: (step) => plan.offers.find((offer) => offer.address === step.action.from),
    give: () => page.setActions(actions()),
    addOffer(offer) {
      const action = { id: page.newAction(), level: offer.level, ...chosen(offer, PARTS_OF_STEPS), from: offer.address };
      plan.steps.push(planStep(plan, action));
      plan.give();
      page.announce(`Added below as step ${plan.steps.length}.`);
    },
    /** Takes a step out; focus goes on at `next`. */
    takeOut(step, next = more) {
      plan.steps = plan.steps.filter((other) => other !== step);
      plan.give();
      page.announce("Taken out of the plan.");
      goTo(next);
    },
  };
  const keepOffers = keptById(boxes, (offer) => offeredStep(plan, offer));
  const keepSteps = keptById(rows, (step) => step);

  /** Shows the steps; where offers have the same words, each says what it is for. */
  const showSteps = () => {
    plan.steps.forEach((step, place) => {
      const offer = plan.offerOf(step);
      const isAlike = plan.offers.filter((other) => other.step === offer?.step).length > 1;
      step.show(place + 1, isAlike ? offer.about : "");
    });
    keepSteps(plan.steps);
  };

  const ideaForOthers = () => {
    const taken = plan.steps.map((step) => step.action.from);
    return plan.offers.find(({ level, address }) => ["team", "organisation"].includes(level) && !taken.includes(address));
  };
  const idea = el("p");
  const takeUp = button("Add it", () => {
    isTakenUp = true;
    plan.addOffer(ideaForOthers());
    goTo(plan.steps.at(-1).input);
  });
  const remark = el("div", { class: "remark" }, idea, takeUp, el("p", {}, "Both are fine."));
  /** Says, where all steps are one's own, that there is something for others too. */
  const showRemark = () => {
    const found = ideaForOthers();
    const levels = actions().map((action) => action.level);
    remark.hidden = isTakenUp || !found || !levels.length || levels.some((level) => level !== "me");
    if (found) say(idea, ON_YOU_ALONE + found.step);
  };

  const show = () => {
    if (!isBegun) plan.steps = page.response.actions.map((action) => planStep(plan, action));
    isBegun = true;
    plan.offers = page.offers(prompt);
    keepOffers(plan.offers.map((offer) => ({ ...offer, id: offer.address }))).forEach((box) => box.show());
    picks.hidden = !plan.offers.length;
    showSteps();
    showRemark();
  };
  const help = el("p", { class: "help" }, OF_YOUR_OWN, prompt.private ? "" : LEAVES);
  const element = el("div", {}, picks, rows, help, more, remark);
  return { element, show, problems: () => plan.steps.flatMap((step) => step.problems()) };
};

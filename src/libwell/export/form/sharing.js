// The three things that leave, each in a step of its own that shows in words what would leave.

const REVOKED_AFTER = 60000;
const ROWS_OF_TEXT = 14;

/** Hands a file to the browser, which puts it where it puts downloads. */
function download(name, text) {
  const type = name.endsWith(".json") ? "application/json" : "text/plain;charset=utf-8";
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), REVOKED_AFTER);
}

/**
 * Buttons that save a file, or show it as text; `text()` gives it, or nothing if it is not to leave now.
 * `keep(text)` takes away what is shown if it is no longer that.
 */
function waysOut(name, text, afterwards) {
  const said = el("p", { role: "status" });
  const shown = el("div", {});
  let last;
  const give = (how, words) => () => {
    const found = text();
    if (found === undefined) return;
    how(found);
    say(said, words);
    afterwards();
  };
  const show = (found) => {
    last = found;
    const label = `${name}: select all of this, copy it, and save it under that name`;
    shown.replaceChildren(field({ label, value: found, rows: ROWS_OF_TEXT, readonly: true }).element);
  };
  const keep = (now) => {
    if (last === undefined || now === last) return;
    last = undefined;
    shown.replaceChildren();
    say(said, "");
  };
  const element = el("div", {},
    el("p", { class: "buttons" },
      button(`Save ${name}`, give((found) => download(name, found), `Saved as ${name}, where your browser puts downloads.`)),
      button("Show it as text", give(show, "Shown below, for where saving is blocked."))),
    said, shown);
  return { element, keep };
}

// --- the section at the end

/** All that can be done when somebody is done: `element`, and `show()` to bring it up to date. */
function leavingPart(page) {
  const every = [personPart, minePart, copyPart, printPart, withdrawPart];
  const made = isForOneAlone(page.form) ? [personPart, minePart, printPart] : every;
  const parts = made.map((make) => make(page));
  const element = el("section", { class: "leaving" },
    el("h2", {}, "When you are done"),
    el("p", {}, "Nothing leaves by itself. Here is what you can take along, one thing at a time."),
    parts.map((one) => one.element), remainsPart(page.form));
  const show = () => parts.forEach((one) => one.show());
  show();
  return { element, show };
}

/** Who answers, as far as they like to say. */
function personPart(page) {
  const fields = ["name", "team", "library"].map((name) => {
    const onInput = (value) => {
      page.response.person[name] = value;
      page.changed();
    };
    return [name, field({ label: `Your ${name}`, value: "", maxlength: TEXT_LIMIT, onInput }).input];
  });
  const show = () => fields.forEach(([name, input]) => fill(input, page.response.person[name]));
  const goes = " Your name only goes along with the copy for your team if you tick that.";
  const about = `For your files.${isForOneAlone(page.form) ? "" : goes}`;
  const element = fieldset("Who you are, if you like", el("p", { class: "help" }, about),
    fields.map(([, input]) => input.parentElement));
  return { element, show };
}

/** How much there is: answers to these prompts, how many of them are private, and steps. */
function howMuch(prompts, steps) {
  const closed = prompts.filter((prompt) => prompt.private).length;
  const answers = counted(prompts.length, "answer", "answers") + (closed ? `, ${closed} of them private` : "");
  return `${answers}, and ${counted(steps.length, "step", "steps")}.`;
}

function minePart(page) {
  const much = el("p", {});
  const text = () => answersFile(page.form, page.response);
  const ways = waysOut(MINE, text, () => {
    if (!page.unsavedInDraft) page.saved();
    page.showLacking();
  });
  const element = el("section", {}, el("h3", {}, "My answers, for myself"),
    el("p", {}, "Everything you answered, what is private too. Keep it where only you can read it; don't send it to anybody."),
    much, ways.element);
  const show = () => {
    const prompts = allPrompts(page.form).filter((prompt) => part(page.response.answers, prompt.id) !== undefined);
    say(much, `In it: ${howMuch(prompts, stepsOf(page.response))}`);
    ways.keep(text());
  };
  return { element, show };
}

/** The copy for a team. It can be saved once it was seen, as it was seen. */
function copyPart(page) {
  const wish = { named: false, withText: false };
  const state = { copy: undefined, drawn: undefined };
  const preview = el("div", { class: "preview" });
  const renew = renewed(preview);
  const made = () => copyOf(page.form, page.response, wish, state.drawn ??= drawnSharing(page.form));
  const out = el("div", { hidden: true });
  const look = () => {
    state.copy = made();
    renew([state.copy.text, state.copy.stays], () => copyPreview(page.form, state.copy));
    out.hidden = !state.copy.leaves;
    ways.keep(state.copy.text);
  };
  const leave = () => {
    const before = state.copy;
    look();
    if (before.text === state.copy.text) return state.copy.text;
    announce("Your answers changed meanwhile. Look once more at what would leave.");
    return undefined;
  };
  const afterwards = () => {
    page.response.sharing = state.copy.sharing;
    state.drawn = undefined;
    page.unsavedInDraft = "copy";
    page.changed();
  };
  const after = afterCopy(page);
  const ways = waysOut(COPY, leave, afterwards);
  out.append(ways.element, after);
  const see = button("Show what would leave", () => {
    look();
    announce("What would leave stands below.");
  });
  const wishes = wishFields(wish, () => state.copy && look());
  const element = el("section", {}, el("h3", {}, "A copy for my team"),
    el("p", {}, "Without anything private. It has a made-up name in the place of yours. Look first at what would leave; then you can save it, and send it."),
    wishes, el("p", { class: "buttons" }, see), preview, out);
  const show = () => {
    after.hidden = page.unsavedInDraft !== "copy";
    if (state.copy) look();
  };
  return { element, show };
}

/** The two things that only leave if they are ticked. */
function wishFields(wish, onChange) {
  const tick = (name, label) => choiceField({ label, onChange: (isTicked) => {
    wish[name] = isTicked;
    onChange();
  } }).element;
  return fieldset("To go along, if you tick it:", tick("named", WITH_NAME), tick("withText", WITH_WORDS));
}

/** What is to be done once a copy was saved. */
function afterCopy(page) {
  const why = "Now save your draft again. It knows that this copy is yours: without it, a second copy would count as another person's.";
  return el("div", { hidden: true }, el("p", {}, why), button("Save the draft", () => saveDraft(page)));
}

/** What leaves and what stays, in words. */
function copyPreview(form, copy) {
  const { person, pseudonym, actions } = copy.record;
  if (!copy.leaves) return [el("h4", {}, "Nothing would leave"), el("p", {}, whyNothingLeaves(copy.stays))];
  const from = person.name ? `${person.name} (${pseudonym})` : `${pseudonym}, a name made up for this copy`;
  const answers = copyInWords(form, copy.record);
  return [
    el("h4", {}, "What leaves"),
    bullets(factLines({ From: from, Team: person.team, Library: person.library })),
    answers.length > 0 && [el("p", {}, "Your answers:"), bullets(answers.map(answerItem))],
    actions.length > 0 && el("p", {}, "Your steps, word for word. If there is a name in one, it goes along:"),
    actions.length > 0 && bullets(actions.map((step) => stepItem(step))),
    el("p", {}, "And the questions of the worksheet, as they were asked."),
    el("h4", {}, "What stays here"),
    bullets(stayingLines(copy.stays)),
  ];
}

/** A question with its answer, a line each. */
function answerItem({ ask, lines }) {
  return [ask, lines.map((line) => el("span", { class: "answer" }, line))];
}

/** A step with all that is said of it; `mark` says that it is private. */
function stepItem(step, mark = "") {
  return [step.step + mark, stepLines(step).map((line) => el("span", { class: "aside" }, line))];
}

// --- a page to print

function printPart(page) {
  const wish = { isPrivate: false };
  const said = el("p", {});
  const tick = choiceField({
    label: "With my private answers",
    help: "Stand at the printer.",
    onChange: (isTicked) => {
      wish.isPrivate = isTicked;
      show();
    },
  });
  const print = button("Print", () => printOut(page, wish.isPrivate));
  const show = () => {
    const { steps, sections } = printed(page.form, page.response, wish.isPrivate);
    const prompts = sections.flatMap((section) => section.given).map((one) => one.prompt);
    print.disabled = prompts.length + steps.length === 0;
    say(said, print.disabled ? "There is nothing to print yet." : `On it: ${howMuch(prompts, steps)}`);
  };
  const element = el("section", {}, el("h3", {}, "A page to print"),
    el("p", {}, "Your plan first, then your answers, in words."),
    tick.element, said, el("p", { class: "buttons" }, print));
  return { element, show };
}

/** Prints the answers in the place of the page, and takes them out of it again. */
function printOut(page, isPrivate) {
  const sheet = printSheet(page.form, page.response, printed(page.form, page.response, isPrivate));
  const end = () => {
    document.body.classList.remove("printing-answers");
    sheet.remove();
  };
  document.getElementById("to-print")?.remove();
  document.body.append(sheet);
  document.body.classList.add("printing-answers");
  for (const when of ["afterprint", "pagehide"]) window.addEventListener(when, end, { once: true });
  window.print();
}

/** The page to print, as an element. */
function printSheet(form, response, { steps, scores: lines, name, sections }) {
  const mark = (isPrivate) => (isPrivate ? " (private)" : "");
  const { team, library } = response.person;
  return el("div", { id: "to-print" },
    el("h1", {}, form.title),
    bullets(factLines({ Name: name, Team: team, Library: library })),
    steps.length > 0 && el("h2", {}, "Action plan"),
    bullets(steps.map((step) => stepItem(step, mark(isPrivateStep(form, step))))),
    lines.length > 0 && [el("h2", {}, "Scores"), bullets(lines)],
    sections.map(({ title, given: answers }) => [
      el("h2", {}, title),
      answers.map((one) => [
        el("h3", {}, oneLine(one.prompt.ask) + mark(one.prompt.private)),
        linesOf(form, one).map((line) => el("p", {}, line)),
      ]),
    ]));
}

// --- the withdrawal, and what remains

/** Takes a copy back; it is there once one was saved. */
function withdrawPart(page) {
  const text = () => {
    const made = withdrawalOf(page.response);
    page.response.sharing = made.sharing;
    return made.text;
  };
  const after = el("p", { hidden: true }, "Now save your draft again, so that it knows of the withdrawal.");
  const afterwards = () => {
    page.unsavedInDraft = "withdrawal";
    page.changed();
  };
  const inside = details("Take back the copy I saved", el("p", {}, page.form.withdrawal),
    waysOut(WITHDRAWAL, text, afterwards).element, after);
  const element = el("section", { hidden: true }, inside);
  const show = () => {
    element.hidden = !page.response.sharing;
    after.hidden = page.unsavedInDraft !== "withdrawal";
  };
  return { element, show };
}

/** How to go on, and what is still on this computer. */
function remainsPart(form) {
  const send = isForOneAlone(form) ? "" : `Send ${COPY} to whoever asked you for it. `;
  return el("section", {}, el("h3", {}, "Before you go"),
    bullets([
      `${send}Keep ${MINE} for yourself.`,
      "Saved files stay on this computer, mostly in the folder Downloads. Some computers copy that folder to OneDrive by themselves.",
      "The name of this page stays in the list of pages that the browser opened (its history).",
      "This page itself keeps nothing. Once you close it, what you did not save is gone.",
    ]));
}

// --- drafts

function saveDraft(page) {
  download(DRAFT, draftText(page.form, page.response));
  page.unsavedInDraft = "";
  page.saved();
  announce(`Saved as ${DRAFT}, where your browser puts downloads.`);
}

/** Buttons that save a draft, and open one; beside them what there is to say of it. */
function draftBox(page) {
  const place = { said: el("div", { role: "status" }), asking: el("div", {}) };
  const input = el("input", { type: "file", accept: ".json,application/json", hidden: true });
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) openDraft(page, file, place);
    input.value = "";
  });
  return el("div", { class: "draft" },
    el("p", { class: "buttons" },
      button("Save a draft", () => saveDraft(page)), button("Open a draft", () => input.click()), input),
    el("p", { class: "help" }, `A draft is a file, ${DRAFT}. It holds every answer that the page has taken, private ones too.`),
    place.said, place.asking);
}

/** Takes a draft out of a file; over answers that are on the page only if that is meant. */
async function openDraft(page, file, { said, asking }) {
  const text = file.size > DRAFT_LIMIT ? "" : await file.text().catch(() => "");
  const { response, problems } = readDraft(page.form, text);
  const tell = ([first, ...rest]) => said.replaceChildren(el("p", {}, first), rest.length ? bullets(rest) : "");
  const take = () => {
    asking.replaceChildren();
    page.take(response);
    tell(["The draft is on the page.", ...problems]);
  };
  if (!response) tell(problems);
  else if (!holdsAnything(page.response)) take();
  else askInPlace(asking, "Put the draft in the place of what is on this page?", take);
}

function holdsAnything(response) {
  return Object.keys(response.answers).length > 0 || response.actions.length > 0;
}

/** Asks once more, where one is, before something is done. */
function askInPlace(place, question, act) {
  const stay = button("No, leave it", () => place.replaceChildren());
  const go = button("Yes", act);
  place.replaceChildren(el("p", {}, question), el("p", { class: "buttons" }, go, stay));
  goTo(stay);
}

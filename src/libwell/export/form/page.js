// The page put together: what is asked now, and what follows a change; nothing is kept when it is left.

const FORM = JSON.parse(document.getElementById("form-data").textContent);
FORM.definition.worksheet = decodeURIComponent(document.getElementById("definition").textContent);
const REVIEWED_AFTER = 250;

/** What there is of a person's answers before anything was given. */
function emptyResponse() {
  const person = { name: "", team: FORM.team, library: FORM.library };
  return { person, answers: {}, actions: [], last_own: {}, last_action: 0, short: false, sharing: null };
}

/** How many questions more or fewer there are, as it is said; empty where they are the same. */
function sayChange(before, now) {
  const come = now.filter((name) => !before.includes(name)).length;
  const gone = before.filter((name) => !now.includes(name)).length;
  if (come && gone) return "Other questions below now.";
  if (come) return come === 1 ? "One more question below." : `${come} more questions below.`;
  if (gone) return gone === 1 ? "One question fewer." : `${gone} questions fewer.`;
  return "";
}

/** A number for an own entry or an added row of a question, never given before. */
function drawn(page, prompt) {
  const number = highestNumber(FORM, page.response, prompt.id) + 1;
  page.response.last_own[prompt.id] = number;
  return number;
}

/** Asks before the page is left. */
function askFirst(event) {
  event.preventDefault();
  event.returnValue = true;
}

/** The page at work in an element, empty; `hide` hides it. What it knows is lost with `end`. */
function startPage(live, hide) {
  // What the draft does not know yet, though it has to: that a `copy` was saved, or a `withdrawal`.
  const page = { form: FORM, response: emptyResponse(), announce, unsavedInDraft: "" };
  const host = el("div", {});
  const state = { sections: [], way: [], timer: 0 };
  const questions = () => state.sections.flatMap((one) => one.questions);
  const find = (name) => questions().find((one) => one.prompt.id === name);
  const review = reviewOf(page, {
    way: () => state.way,
    problems: () => questions().flatMap((one) => one.problems().map((wrong) => ({ ...wrong, prompt: one.prompt }))),
    fieldOf: (name) => find(name).field(),
  });

  /** Works out what is asked now, and brings all of it up to date. */
  const update = () => {
    state.way = onTheWay(FORM, page.response, asked(FORM, page.response));
    const numbered = new Map(state.way.map((one, place) => [one.prompt.id, { ...one, number: place + 1 }]));
    for (const section of state.sections) section.show(numbered, state.way);
    sayOnce(state.sections, page);
    opening.show();
    live.classList.toggle("short-way", page.response.short);
    clearTimeout(state.timer);
    state.timer = setTimeout(showRest, REVIEWED_AFTER);
  };
  const showRest = () => {
    review.show();
    leaving.show();
  };
  const setSaved = (isSaved) => {
    if (isSaved) window.removeEventListener("beforeunload", askFirst);
    else window.addEventListener("beforeunload", askFirst);
  };
  /** Makes the questions anew, of whatever the response holds. */
  const build = () => {
    const told = new Set(FORM.notice);
    state.sections = FORM.sections.map((section) => sectionOf(section, page, told));
    host.replaceChildren(...state.sections.map((one) => one.element));
    update();
  };

  page.changed = () => {
    setSaved(false);
    const before = state.way.map((one) => one.prompt.id);
    update();
    const now = state.way.map((one) => one.prompt.id);
    const said = sayChange(before, now);
    const isKept = before.some((name) => !now.includes(name) && part(page.response.answers, name) !== undefined);
    if (said) announce(isKept ? `${said} What you had answered there is kept.` : said);
  };
  page.give = (prompt, value) => {
    if (value === undefined) delete page.response.answers[prompt.id];
    else page.response.answers[prompt.id] = value;
    page.changed();
  };
  page.setActions = (actions) => {
    page.response.actions = actions;
    page.changed();
  };
  page.newOwn = (prompt) => `other-${drawn(page, prompt)}`;
  page.newRow = (prompt) => `row-${drawn(page, prompt)}`;
  page.newAction = () => {
    page.response.last_action += 1;
    return `a${page.response.last_action}`;
  };
  page.offers = (prompt) => offersAt(FORM, state.way, prompt);
  page.saved = () => {
    setSaved(true);
    showRest();
  };
  page.showLacking = () => review.goThere();
  page.take = (response) => {
    page.response = response;
    page.unsavedInDraft = "";
    build();
    setSaved(true);
  };
  page.end = () => {
    clearTimeout(state.timer);
    setSaved(true);
    Object.assign(page.response, emptyResponse());
    Object.assign(state, { sections: [], way: [] });
    live.replaceChildren();
    STATUS.replaceChildren();
  };

  const opening = openingOf(page, hide);
  const leaving = leavingPart(page);
  live.replaceChildren(...nodes([
    opening.element, host, review.element, leaving.element, draftBox(page), clearingOf(() => page.clear()),
  ]));
  build();
  return page;
}

/** The whole of it: what is typed is gone when the page is left, also where the browser keeps the page. */
function runPage() {
  const live = el("main", { id: "live" });
  const hiding = hidingOf(live, { open: FORM.tab, covered: "Worksheet" });
  let page;
  const start = () => {
    page = startPage(live, hiding.turn);
    page.clear = () => {
      page.end();
      start();
      live.querySelector("h1").focus();
      announce("The page is empty.");
    };
  };
  document.body.append(live, hiding.cover, STATUS);
  start();
  window.addEventListener("pagehide", () => page.end());
  window.addEventListener("pageshow", (event) => { if (event.persisted) start(); });
}

runPage();

// What stands around the questions: the opening, how far one is, a way to hide the page and to empty it.

const A_SITTING = 60;
const STARTLED = 1000; // milliseconds in which the key is pressed once more
const NOTHING_LEAVES =
  "Nothing is sent, and nothing is saved by itself: what you type is only in this page until you save a file.";
const NO_SPELLING = "Spelling help is off here, as some browsers and add-ons send what you type to be checked.";

/** What stands above the questions; `show` brings it up to date. */
function openingOf(page, hide) {
  const { form } = page;
  const sittings = form.minutes > A_SITTING ? ", in sittings" : "";
  const way = form.short_minutes ? wayOf(page) : null;
  const element = el("header", {},
    el("h1", { tabindex: "-1" }, form.title),
    form.minutes && el("p", { class: "aside" }, `About ${form.minutes} minutes${sittings}.`),
    paragraphs(form.notice),
    el("p", {}, form.what_is_private),
    el("p", {}, `${NOTHING_LEAVES} Escape hides the page at once.`),
    el("p", { class: "aside" }, NO_SPELLING),
    form.about.length > 0 && details("What this is about", paragraphs(form.about)),
    details("Whom you can turn to", supportOf(form)),
    way && way.element,
    draftBox(page),
    button("Hide this page (Escape)", hide, { class: "small" }));
  return { element, show: () => way && way.show() };
}

/** A choice between the short way and all questions. */
function wayOf(page) {
  const choices = [
    { value: false, label: "All questions" },
    { value: true, label: `The short way, about ${page.form.short_minutes} minutes` },
  ];
  const group = freshGroup();
  const fields = choices.map(({ value, label }) => {
    const choose = () => {
      page.response.short = value;
      page.changed();
    };
    return { value, ...choiceField({ type: "radio", group, label, onChange: choose }) };
  });
  const show = () => fields.forEach((one) => { one.input.checked = one.value === page.response.short; });
  return { element: fieldset("How much time do you have?", fields.map((one) => one.element)), show };
}

/** How far one is, with links to what is still needed and to what can't be taken. */
function reviewOf(page, now) {
  const heading = el("h2", {}, "How far you are");
  const count = el("p", {});
  const list = el("div", { class: "lacking" });
  const renew = renewed(list);
  const found = () => [
    ...now.problems().map(({ message, input, prompt }) => ({ text: about(prompt, message), target: () => input })),
    ...lacking(page.form, page.response).map(({ prompt, message }) => {
      return { text: about(prompt, message), target: () => now.fieldOf(prompt.id) };
    }),
  ];
  const about = (prompt, message) => `${firstWords(prompt.ask, 60)}: ${message}`;
  const show = () => {
    const way = now.way();
    const answered = way.filter((one) => one.entry !== undefined).length;
    say(count, `${answered} of ${counted(way.length, "question", "questions")} answered.`);
    const lacks = found();
    renew(lacks.map((one) => one.text), () => lacks.length > 0 && [
      el("p", { tabindex: "-1" }, "Something is still needed, or could not be taken and is in no file yet. You can save all the same."),
      bullets(lacks.map((one) => linkTo(one.text, one.target))),
    ]);
  };
  const goThere = () => {
    show();
    const head = list.querySelector("p");
    if (head) head.focus();
  };
  return { element: el("section", { class: "review" }, heading, count, list), show, goThere };
}

/** A button that empties the page, and asks once more before. */
function clearingOf(clear) {
  const ask = el("p", { hidden: true });
  const first = button("Clear", () => turn(false));
  const no = button("No", () => turn(true));
  const turn = (isBack) => {
    ask.hidden = isBack;
    first.hidden = !isBack;
    (isBack ? first : no).focus();
  };
  ask.append("Empty the whole page? ", button("Yes, empty it", clear), " ", no);
  return el("div", { class: "clearing" }, first, ask);
}

/** What hides the whole page at a key behind one that says nothing of it, and brings it back. */
function hidingOf(live, titles) {
  const turn = () => {
    const hides = cover.hidden;
    if (!hides && Date.now() - here.since < STARTLED) return;
    here.since = Date.now();
    if (hides) Object.assign(here, { focus: document.activeElement, top: window.scrollY });
    live.hidden = hides;
    cover.hidden = !hides;
    document.body.classList.toggle("covered", hides);
    document.title = hides ? titles.covered : titles.open;
    STATUS.replaceChildren();
    if (hides) heading.focus();
    else comeBack();
  };
  const comeBack = () => {
    window.scrollTo(0, here.top);
    if (here.focus) here.focus.focus({ preventScroll: true });
  };
  const here = {};
  const goOn = button("Go on", turn);
  const heading = el("h1", { tabindex: "-1" }, "A pause");
  const cover = el("main", { id: "cover", hidden: true }, heading, el("p", {}, "Escape goes on."), goOn);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) turn();
  });
  return { cover, turn };
}

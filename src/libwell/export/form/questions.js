// Sections and their questions: each is made once, and brought up to date by its `show`.

const REASONS = { "dont-know": "Don't know", "not-applicable": "Does not apply", "prefer-not-to-say": "Prefer not to say" };
const AFTER_PRIVATE = "This comes after every private part, whatever you said.";
const KEPT_ASIDE = "What you gave before is kept here until you untick this, and is in no file, nor in a draft.";
const LONGEST_RECALLED = 200;

/** The heading of a question, which names all that is asked in it. */
function headingId(prompt) {
  return `ask-${prompt.id}`;
}

/** Puts new children into an element where what they are made of has changed, as `news` tells. */
function renewed(element) {
  let known;
  return (news, make) => {
    const said = JSON.stringify(news);
    if (said !== known) element.replaceChildren(...nodes([make()]));
    known = said;
  };
}

/** Whom one can turn to, as a list; an address at the end of a line can be followed. */
function supportOf(form, lead) {
  const lines = form.support.map((line) => {
    const [, text, address] = /^(?:(.*) )?(https:\/\/\S+)$/.exec(line) ?? [];
    return address ? [text && `${text} `, outwards(address, address)] : line;
  });
  return el("div", { class: "support" }, lead && el("p", { class: "aside" }, lead),
    el("p", {}, el("strong", { tabindex: "-1" }, form.support_head)), bullets(lines));
}

/** A link out of the page, which stays open. */
function outwards(text, target) {
  return el("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** Earlier answers above a question; private ones are folded away. */
function recallsOf(prompt) {
  const open = el("div", { class: "recalled" });
  const inner = el("div", {});
  const summary = el("summary", {});
  const folded = el("details", { hidden: true }, summary, inner);
  const renewOpen = renewed(open);
  const renewInner = renewed(inner);
  const show = (way) => {
    const found = prompt.recall ? recalled(prompt, way) : [];
    const closed = found.filter((one) => one.is_private);
    const told = found.filter((one) => !one.is_private);
    renewOpen(told, () => told.map(recalledLine));
    renewInner(closed, () => closed.map((one) => [el("p", { class: "aside" }, askedThere(one)), bullets(one.lines)]));
    folded.hidden = !closed.length;
    say(summary, saysThatItHelps([...new Set(closed.map((one) => String(one.number)))]));
  };
  return { element: [open, folded], show };
}

function recalledLine(one) {
  const whole = one.lines.join("; ");
  const lead = `Your answer to question ${one.number}${one.part && ", "}${one.part}`;
  const cut = shortened(whole, LONGEST_RECALLED);
  if (cut === oneLine(whole)) return el("p", {}, `${lead}: ${cut}`);
  return [el("p", {}, `${lead}: ${cut}`), details("All of it", bullets(one.lines))];
}

function askedThere(one) {
  return `${one.number}. ${one.ask} ${one.part}`.trim();
}

function saysThatItHelps(numbers) {
  if (numbers.length === 1) return `Your answer to question ${numbers[0]} helps here`;
  return `Your answers to questions ${listed(numbers)} help here`;
}

/** The reasons for not answering; ticking one keeps what is on the field until it is unticked. */
function reasonsOf(prompt, page) {
  if (prompt.kind === "plan") return { element: "", show: () => {} };
  let kept;
  let reason = "";
  const tick = (name, isTicked) => {
    if (isTicked && !reason) kept = part(page.response.answers, prompt.id);
    page.give(prompt, isTicked ? { [NOT_ANSWERED]: name } : kept);
  };
  const fields = [...(prompt.not_answers ?? []), "prefer-not-to-say"].map((name) => {
    return [name, choiceField({ label: REASONS[name], onChange: (isTicked) => tick(name, isTicked) })];
  });
  const show = (now) => {
    reason = now;
    aside.hidden = !reason || kept === undefined;
    for (const [name, one] of fields) one.input.checked = name === now;
  };
  const aside = el("p", { class: "help", hidden: true }, KEPT_ASIDE);
  const element = el("div", {}, fieldset("Or:", fields.map(([, one]) => one.element)), aside);
  element.firstChild.className = "reasons";
  return { element, show };
}

/** A question: number, words, help, earlier answers, its control, reasons not to answer. */
function questionOf(prompt, page) {
  const number = el("p", { class: "number", id: freshId("number") });
  const needed = prompt.required ? " (needed)" : "";
  const heading = el("h3", { id: headingId(prompt) }, `${unwrapped(prompt.ask)}${needed}`);
  const control = CONTROLS[prompt.kind](prompt, page);
  const held = el("fieldset", { class: "control" }, control.element);
  const recalls = recallsOf(prompt);
  const reasons = reasonsOf(prompt, page);
  const support = prompt.stays ? supportOf(page.form) : "";
  const why = prompt.why ? details("Why this is asked", paragraphs(prompt.why)) : "";
  const group = el("fieldset", { "aria-describedby": number.id }, el("legend", {}, heading),
    paragraphs(prompt.help, { class: "help" }), recalls.element, why, held, reasons.element, support);
  const element = el("div", { class: "question" }, number, group);
  let reason = "";
  let isSupported = false;
  const show = (one, way) => {
    element.hidden = !one;
    if (!one) return;
    say(number, `Question ${one.number} of ${way.length}${prompt.private ? " (private)" : ""}`);
    reason = REASONS[notAnswer(one.entry)] ? notAnswer(one.entry) : "";
    held.disabled = Boolean(reason);
    reasons.show(reason);
    recalls.show(way);
    if (!reason) control.show(one);
    if (support) showSupport(one.entry !== undefined);
  };
  const showSupport = (isAnswered) => {
    support.hidden = !isAnswered;
    if (isAnswered && !isSupported) page.announce("Whom you can turn to is said below.");
    isSupported = isAnswered;
  };
  const problems = () => (element.hidden || reason ? [] : control.problems());
  const field = () => held.querySelector("input, select, textarea, button") ?? heading;
  return { prompt, element, show, problems, field };
}

/** What stands above the questions of a section; `told` are paragraphs that were said above, `shared` a place. */
function sectionHead(section, told, shared) {
  const fresh = (texts) => (texts ?? []).filter((text) => !told.has(text));
  const notice = fresh(section.notice);
  const intro = fresh(section.intro);
  if (!section.when) [...notice, ...intro].forEach((text) => told.add(text));
  const who = [...notice.slice(-1), section.who_sees].filter(Boolean).join(" ");
  const read = (section.read_on ?? []).filter((one) => one.target);
  return [
    el("h2", {}, section.title),
    section.epigraph ? epigraphOf(section) : "",
    paragraphs(notice.slice(0, -1)), who && el("p", {}, who), shared,
    intro.map((text, place) => el("p", { class: place ? "at-length" : "" }, text)),
    read.length ? details("To read on (links open beside this page)", bullets(read.map((one) => outwards(one.text, one.target)))) : "",
  ];
}

function epigraphOf(section) {
  const words = unwrapped(section.epigraph.text);
  return el("blockquote", { class: "at-length" },
    el("p", {}, section.quoted ? `“${words}”` : words),
    section.epigraph.source && el("footer", {}, `— ${section.epigraph.source}`));
}

/** A section: its head, its questions, and at its end scores, own words given back, whom to turn to. */
function sectionOf(section, page, told) {
  const shared = section.all_private ? "" : el("p", { hidden: true }, page.form.what_can_be_shared);
  const questions = section.prompts.map((prompt) => questionOf(prompt, page));
  const ends = el("div", { class: "ends" });
  const support = section.all_private ? supportOf(page.form, AFTER_PRIVATE) : "";
  const again = el("p", { hidden: true });
  const element = el("section", {}, sectionHead(section, told, shared), questions.map((one) => one.element),
    ends, support, again);
  const renewEnds = renewed(ends);
  const show = (numbered, way) => {
    for (const one of questions) one.show(numbered.get(one.prompt.id), way);
    element.hidden = !questions.some((one) => numbered.has(one.prompt.id));
    const groups = element.hidden ? [] : sectionEnd(page.form, section, way);
    renewEnds(groups, () => groups.map(endOf));
  };
  return { section, element, questions, shared, support, again, show };
}

/** Lines that are told at the end of a section: the first leads the others. */
function endOf(lines) {
  return el("div", { class: "end" }, lines.map((line) => el("p", { class: /^ {3}/.test(line) ? "inside" : "" }, line.trim())));
}

/** Shows what is said once for all sections in the first of those that are there. */
function sayOnce(sections, page) {
  const there = sections.filter((one) => !one.element.hidden);
  const [first, ...others] = there.filter((one) => one.support);
  if (first) first.support.hidden = false;
  for (const one of others) {
    one.support.hidden = true;
    if (!one.again.firstChild) one.again.append(linkTo("Whom you can turn to", () => firstSupport(sections)));
  }
  if (first) first.again.hidden = true;
  for (const one of others) one.again.hidden = false;
  const open = there.find((one) => one.shared);
  for (const one of sections) if (one.shared) one.shared.hidden = one !== open || !page.form.what_can_be_shared;
}

function firstSupport(sections) {
  return sections.find((one) => one.support && !one.support.hidden && !one.element.hidden).support.querySelector("strong");
}

// Entries in one's own words on the page, also those added beside the worksheet's.

/**
 * Entries in one's own words: a field for each, and a button for one more. `below` gives what stands below the
 * field of an entry. What has no words is in no answer. `most` is how many fields there can be.
 */
function ownRows({ prompt, page, onChange, below, most = () => Infinity, named = () => OWN_WORDS, add = "Add one of your own", drawsIds = true }) {
  const rows = [];
  const host = el("div", {});
  const adder = button(add, () => addRow({}).input.focus(), { class: "small" });
  const wrongWith = (row) => tooLong(row.text, TEXT_LIMIT);
  const show = () => { adder.hidden = rows.length >= most(); };

  const addRow = ({ text = "", id = "", more }) => {
    const row = { text, id, more };
    const one = field({
      label: named(rows.length), value: oneLine(text), autocapitalize: "sentences", onkeydown: goOn,
      onInput: (typed) => write(row, typed), onChange: () => one.error(wrongWith(row)),
    });
    const out = button("Take out", () => takeOut(row), { class: "small" });
    Object.assign(row, { input: one.input, label: one.label });
    const line = el("div", { class: "own-line" }, one.element, out);
    row.element = below ? fieldset("Of your own", line, below(row)) : line;
    if (below) row.element.className = "item";
    rows.push(row);
    host.append(row.element);
    show();
    return row;
  };
  const write = (row, typed) => {
    row.text = typed;
    if (drawsIds && !row.id && !isBlank(typed)) row.id = page.newOwn(prompt);
    onChange();
  };
  /** Enter goes on to a field without words. */
  const goOn = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const empty = rows.find((row) => isBlank(row.text));
    if (empty || !adder.hidden) (empty ?? addRow({})).input.focus();
  };
  const takeOut = (row) => {
    const place = rows.indexOf(row);
    rows.splice(place, 1);
    row.element.remove();
    rows.forEach((one, number) => say(one.label, named(number)));
    show();
    (rows[place]?.input ?? adder).focus();
    page.announce("Taken out.");
    onChange();
  };
  return {
    element: el("div", { class: "own" }, host, adder),
    addRow, show,
    filled: () => rows.filter((row) => !isBlank(row.text) && !wrongWith(row)),
    problems: () => rows.filter(wrongWith).map((row) => ({ message: wrongWith(row), input: row.input })),
  };
}

/** An own entry as an answer has it. */
function ownEntry(row) {
  return { other: row.text, id: row.id };
}

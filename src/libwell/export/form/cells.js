// Tables on the page: a fieldset for each row, in it a field for each cell that is asked.

const ONE_FIELD = ["text", "number", "date"];
const NO_ROWS_YET = "There is nothing to answer here yet: it comes from an earlier answer.";
const OUT_WITH_ROW = "Take this row out, with what is in it?";

/** A cell of a column, answered as a question of its kind is; `give` takes its value. */
function cellOf(column, give) {
  const label = oneLine(column.ask) + (column.required ? " (needed)" : "");
  const withoutId = (value) => (isOwn(value) ? { other: value.other } : value);
  const host = { newOwn: () => "", announce, give: (_, value) => give(withoutId(value)) };
  const prompt = { ...column, label, long: true, max_length: TEXT_LIMIT };
  const control = CONTROLS[column.kind](prompt, host);
  const help = column.help && el("p", { class: "help", id: freshId("help") }, column.help);
  const isOne = ONE_FIELD.includes(column.kind);
  const element = isOne ? el("div", {}, control.element) : fieldset(label, help, control.element);
  const input = isOne ? element.querySelector("input, textarea") : element;
  if (help) describe(input, help.id, true);
  if (help && isOne) input.before(help);
  element.className = column.when ? "cell at-times" : "cell"; // whose help is seen in the first row
  return { ...control, element };
}

/** A row on the page. `row` is its id in the answer, empty while nothing was ever in a row of one's own. */
class TableRow {
  constructor(table, row, wayOut) {
    Object.assign(this, { id: freshId("row"), table, row, shown: [] });
    this.legend = el("legend");
    this.help = el("p", { class: "help" });
    const cells = el("div");
    this.keep = keptById(cells, (column) => cellOf(column, (cell) => table.giveCell(this, column, cell)));
    const out = wayOut && wayOut(this);
    this.element = el("fieldset", { class: "item row" }, this.legend, this.help, cells, out);
  }

  /** Brings the row up to date with what is asked in it now. */
  show({ text, help, asked, cells }) {
    say(this.legend, text);
    say(this.help, help);
    this.help.hidden = !help;
    const fields = this.keep(asked);
    const more = this.shown.length ? asked.length - this.shown.length : 0;
    this.shown = asked.map((column) => fields.get(column.id));
    asked.forEach(({ id }, place) => this.shown[place].show({ value: cells[id], around: NO_PICKS }));
    if (more > 0) announce(`${counted(more, "more field", "more fields")} in this row.`);
  }
}

class TableControl {
  constructor(prompt, page) {
    Object.assign(this, { prompt, page, named: new Map(), added: [], shown: [] });
    this.nothing = el("p", { class: "help" }, NO_ROWS_YET);
    const rows = el("div", { class: "rows", onchange: () => this.tellTotal() });
    this.keep = keptById(rows, (row) => row);
    this.total = el("p", { class: "total" });
    this.more = button(onlyAdded(prompt) ? "Add a row" : "Add a row of your own", () => this.addRow());
    this.more.hidden = !onlyAdded(prompt) && !prompt.add_rows;
    this.element = el("div", {}, this.nothing, rows, this.total, this.more);
  }

  /** A row of one's own, with a way to take it out. */
  newRow(name = "") {
    return new TableRow(this, name, (row) => {
      const isFilled = () => this.given().has(row.row);
      return outButton("Take this row out", OUT_WITH_ROW, isFilled, () => this.takeOut(row));
    });
  }

  /** The cells that are kept of each row, by its id; none where there is a not-answer. */
  given() {
    const kept = part(this.page.response.answers, this.prompt.id);
    return givenRows(this.prompt, notAnswer(kept) ? undefined : kept);
  }

  show(one) {
    this.one = one;
    const rows = filled(this.prompt, one.entry, one.around);
    const isAdded = ({ id }) => onlyAdded(this.prompt) || (Boolean(this.prompt.add_rows) && isRowId(id));
    const named = rows.filter((row) => !isAdded(row)).map((row) => this.showNamed(row));
    this.tellRows(named.length);
    this.shown = [...named, ...this.showAdded(rows.filter(isAdded))];
    this.keep(this.shown);
    this.nothing.hidden = this.shown.length > 0 || !this.more.hidden;
    this.more.disabled = this.added.length >= (this.prompt.max ?? Infinity);
    say(this.total, sayTotal(this.prompt, one.entry, one.around));
    this.total.hidden = !this.total.textContent;
  }

  /** Says that rows came or went with an answer above. */
  tellRows(count) {
    const more = count - (this.count ?? count);
    this.count = count;
    if (more > 0) announce(`${counted(more, "more row", "more rows")} below.`);
    if (more < 0) announce(`${counted(-more, "row", "rows")} fewer below.`);
  }

  showNamed(row) {
    const known = this.named.get(row.id) ?? new TableRow(this, row.id);
    this.named.set(row.id, known);
    known.show(row);
    return known;
  }

  /** Shows rows of one's own; those with nothing in them yet, or nothing more, stay where they are. */
  showAdded(rows) {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const known = this.added.map((row) => row.row);
    this.added.push(...rows.filter(({ id }) => !known.includes(id)).map(({ id }) => this.newRow(id)));
    const least = onlyAdded(this.prompt) && !this.isBegun ? Math.max(1, this.prompt.min ?? 0) : 0;
    while (this.added.length < least) this.added.push(this.newRow());
    this.isBegun = true;
    this.added.forEach((row, place) => {
      const inside = byId.get(row.row) ?? askedIn(this.prompt, row.row || "row-1", {});
      row.show({ ...inside, help: "", text: this.nameOf(inside, place) });
    });
    return this.added;
  }

  nameOf(row, place) {
    if (onlyAdded(this.prompt)) return `Row ${place + 1}`;
    return row.cells.row ? row.text : "A row of your own";
  }

  addRow() {
    const row = this.newRow();
    this.added.push(row);
    this.show(this.one);
    goTo(row.element.querySelector("input, select, textarea"));
  }

  /** Takes what a cell holds now (undefined: nothing) into the answer. */
  giveCell(row, column, cell) {
    row.row ||= this.page.newRow(this.prompt);
    const rows = this.given();
    const cells = { ...rows.get(row.row), [column.id]: cell };
    const pairs = columnsOf(this.prompt, row.row).map(({ id }) => [id, cells[id]]);
    this.give(rows.set(row.row, Object.fromEntries(pairs.filter(([, value]) => value !== undefined))));
  }

  /** Makes the answer of rows by their ids; those without a cell are left out, one's own stand last. */
  give(rows) {
    const last = this.added.map((row) => row.row);
    const ids = [...[...rows.keys()].filter((id) => !last.includes(id)), ...last];
    const pairs = ids.map((id) => [id, rows.get(id) ?? {}]);
    const hasCells = ([, cells]) => Object.keys(cells).some((name) => name !== "id");
    this.page.give(this.prompt, ofRows(this.prompt, pairs.filter(hasCells)));
  }

  takeOut(row) {
    this.added = this.added.filter((other) => other !== row);
    const rows = this.given();
    if (rows.delete(row.row)) this.give(rows);
    else this.show(this.one);
    this.page.announce("Taken out.");
    goTo(this.more);
  }

  tellTotal() {
    const said = this.total.textContent;
    if (said && said !== this.told) this.page.announce(said);
    this.told = said;
  }

  problems() {
    return this.shown.flatMap((row) => row.shown).flatMap((cell) => cell.problems());
  }
}

CONTROLS.table = (prompt, page) => new TableControl(prompt, page);

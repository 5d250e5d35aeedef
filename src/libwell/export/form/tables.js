// Rows of cells, each cell as its column's kind has it; and the plan.

const ROW_NAME_LENGTH = 60;
const NAMING = { id: "row", ask: "What is it called?", kind: "text", required: true };

/** Whether the person adds all rows of a table. */
function onlyAdded(prompt) {
  return !prompt.rows && !prompt.rows_from;
}

/** The columns of a row, by its id; one added beside others begins with what it is called. */
function columnsOf(prompt, row) {
  return prompt.add_rows && isRowId(row) ? [NAMING, ...prompt.columns] : prompt.columns;
}

/** What an added row is called by: its first words, else its number. */
function rowText(text, number) {
  return shortened(wordsOf(text), ROW_NAME_LENGTH) || `Row ${number}`;
}

/** The rows now, with what they are called. */
function rowsNow(prompt, value, around) {
  if (onlyAdded(prompt)) {
    const { id, kind } = prompt.columns[0];
    const words = (row) => (kind === "text" ? part(row, id) : "");
    return entriesOf(value).map((row, place) => ({ id: row.id, text: rowText(words(row), place + 1) }));
  }
  const rows = prompt.rows_from ? around.picks : prompt.rows;
  if (!prompt.add_rows) return rows;
  const added = partsOf(value).filter(([id]) => isRowId(id));
  const named = added.map(([id, cells], place) => ({ id, text: rowText(part(cells, "row"), place + 1) }));
  return [...rows, ...named];
}

/** Whether a cell is asked among these cells of its row. */
function isCellAsked(column, cells) {
  return !column.when || [column.when.is].flat().includes(part(cells, column.when.column));
}

/** The columns asked in a row, and its cells that count: those whose condition holds among what counts. */
function askedIn(prompt, row, cells) {
  const [asked, counting] = [[], {}];
  for (const column of columnsOf(prompt, row)) {
    if (!isCellAsked(column, counting)) continue;
    asked.push(column);
    if (part(cells, column.id) !== undefined) counting[column.id] = cells[column.id];
  }
  return { asked, cells: counting };
}

/** The cells of each row that has some, by its id. */
function givenRows(prompt, value) {
  const pairs = onlyAdded(prompt) ? entriesOf(value).map((row) => [row.id, row]) : partsOf(value);
  return new Map(pairs);
}

/** The value that pairs of an id and cells make. */
function ofRows(prompt, pairs) {
  return onlyAdded(prompt) ? someOf(pairs.map(([id, cells]) => ({ ...cells, id }))) : tableOf(pairs);
}

/** The rows now: of each its id, text, help, the columns `asked` and the `cells` that count. */
function filled(prompt, value, around) {
  const rows = givenRows(prompt, value);
  return rowsNow(prompt, value, around).map(({ id, text, help = "", suggest, level }) => ({
    ...{ id, text, help, suggest, level },
    ...askedIn(prompt, id, rows.get(id) ?? {}),
  }));
}

/** Those of some columns that have a cell among these. */
function withCell(columns, cells) {
  return columns.filter((column) => part(cells, column.id) !== undefined);
}

/** Every cell that counts: its row, its column, what stands in it. */
function cellsNow(prompt, value, around) {
  return filled(prompt, value, around).flatMap((row) =>
    withCell(row.asked, row.cells).map((column) => ({ row, column, cell: row.cells[column.id] })),
  );
}

/** Whether a row's cells are what its columns take. */
function areCells(prompt, row, cells) {
  const columns = new Map(columnsOf(prompt, row).map((column) => [column.id, column]));
  const isCell = ([name, cell]) => {
    const column = columns.get(name);
    return column !== undefined && KINDS[column.kind].takes(column, cell, NO_PICKS);
  };
  return isTable(cells) && Object.entries(cells).every(isCell);
}

/** Whether a list holds rows that the person added. */
function areAddedRows(prompt, rows) {
  if (!Array.isArray(rows) || rows.length > (prompt.max ?? Infinity) || !rows.every(isTable)) return false;
  const ids = rows.map((row) => part(row, "id")).filter((id) => id !== undefined);
  const cells = (row) => Object.fromEntries(partsOf(row).filter(([key]) => key !== "id"));
  const isRow = (row) => areCells(prompt, "", cells(row));
  return ids.every((id) => isRowId(wordsOf(id))) && new Set(ids).size === ids.length && rows.every(isRow);
}

// --- the total ---------------------------------------------------------------------------------

/** The numbers of a table's total: their sum, what is left, its bound in words, and their column. */
function totalOf(prompt, value, around) {
  const { column: id, is, at_most: most } = prompt.total;
  const numbers = cellsNow(prompt, value, around).filter((one) => one.column.id === id);
  const sum = numbers.map((one) => fraction(one.cell)).reduce(add, fraction(0));
  const left = subtract(fraction(is ?? most), sum);
  const isMet = is === undefined ? left[0] >= 0n : left[0] === 0n;
  const bound = is === undefined ? `at most ${plain(most, 15)}` : plain(is, 15);
  const { ask, unit = "" } = prompt.columns.find((one) => one.id === id);
  return { sum, left, isMet, isThere: numbers.length > 0, bound, ask, unit };
}

/** How far the numbers add up: `Points so far: 60 of 100, 40 left.`; empty where there are none. */
function sayTotal(prompt, value, around) {
  if (!prompt.total) return "";
  const { sum, left, isThere, bound, unit } = totalOf(prompt, value, around);
  if (!isThere) return "";
  const rest = left[0] < 0n ? `${plain(negative(left), 15)} too many` : `${plain(left, 15)} left`;
  const head = oneLine(`${unit} so far`);
  return `${capital(head)}: ${plain(sum, 15)} of ${bound}, ${rest}.`;
}

/** What the numbers are to add up to, where they don't. */
function miscount(prompt, value, around) {
  if (!prompt.total) return "";
  const { isMet, bound, ask, unit } = totalOf(prompt, value, around);
  if (isMet) return "";
  const wanted = `${bound} ${oneLine(unit)}`.trim();
  return `The numbers at ${quoted(ask)} are to add up to ${wanted}.`;
}

// --- what is needed ----------------------------------------------------------------------------

/** Cells that are needed and not there: where, the row's text, and what is asked. */
function lackingCells(prompt, value, around) {
  if (value === undefined) return [];
  return filled(prompt, value, around).flatMap(({ id, text, asked, cells }, place) => {
    if (onlyAdded(prompt) && !Object.keys(cells).length) return [];
    const lacking = asked.filter((column) => column.required && part(cells, column.id) === undefined);
    const row = onlyAdded(prompt) ? place : id;
    return lacking.map((column) => ({ path: [row, column.id], text, ask: column.ask }));
  });
}

/** That there are too few rows, as a sentence. */
function tooFew(prompt, value) {
  const isFew = onlyAdded(prompt) && entriesOf(value).length < (prompt.min ?? 0);
  return isFew ? `Give at least ${counted(prompt.min, "row", "rows")}.` : "";
}

/** A row in one line; a list's is called by its first cell, and several points by their columns. */
function rowBrief(prompt, { text, cells }) {
  const given = withCell(prompt.columns, cells);
  const texts = given.map((column) => KINDS[column.kind].brief(column, cells[column.id], NO_PICKS));
  let name = text;
  if (onlyAdded(prompt) && texts.length && shortened(texts[0], ROW_NAME_LENGTH) === name) {
    name = texts.shift();
    given.shift();
  }
  const isByColumn = prompt.columns.filter((column) => column.scale).length > 1;
  const named = texts.map((said, place) => `${oneLine(given[place].ask)} ${said}`);
  const said = isByColumn ? named.join(" / ") : texts.join(", ");
  return texts.length ? `${name}: ${said}` : name;
}

/** What a cell gives, at its place. */
function givenInCell({ row, column, cell }) {
  const place = { item: row.id, about: row.text, mark: column.id, markText: column.ask };
  const isChoice = column.kind === "choice";
  return KINDS[column.kind].given(column, cell, NO_PICKS).map((one) => {
    const picked = one.written ? one.text : one.item;
    return { ...one, ...place, value: isChoice ? picked : one.value };
  });
}

/** What the cells of a row say of the step that it offers. */
function ofStep(prompt, cells) {
  const columns = withCell(prompt.columns, cells).filter((column) => column.becomes);
  return Object.fromEntries(columns.map((column) => [column.becomes, cells[column.id]]));
}

/** What is left of a row's cells without own words. */
function cellsWithoutWords(prompt, row, cells) {
  return withCell(columnsOf(prompt, row), cells)
    .map((column) => [column.id, KINDS[column.kind].withoutWords(column, cells[column.id])])
    .filter(([, cell]) => cell !== undefined);
}

const TABLE = {
  ...BASE,
  things: (prompt, around) => (prompt.rows_from ? around.picks : (prompt.rows ?? [])),
  takes(prompt, value, around) {
    if (onlyAdded(prompt)) return areAddedRows(prompt, value);
    const names = idsOf(rowsNow(prompt, value, around));
    const isId = (id) => names.has(id) || Boolean(prompt.rows_from && couldBePicked(prompt, id));
    const isRow = ([id, cells]) => isId(id) && areCells(prompt, id, cells);
    return isTable(value) && Object.entries(value).every(isRow);
  },
  current(prompt, value, around) {
    if (!prompt.rows_from && !prompt.columns.some((column) => column.when)) return value;
    const rows = filled(prompt, value, around).filter((row) => Object.keys(row.cells).length);
    return ofRows(prompt, rows.map((row) => [row.id, row.cells]));
  },
  counting(prompt, picks) {
    const { rated_at_least: low, rated_at_most: high, marked } = prompt;
    const bounds = { at_least: low, at_most: high };
    const isRated = (point) => point !== undefined && isBetween(bounds, point);
    const isRow = (one) => (low ?? high) === undefined || isRated(one.point);
    return picks.filter((one) => isRow(one) && (marked === undefined || one.marks.has(marked)));
  },
  unmet(prompt, value, around) {
    const [first] = lackingCells(prompt, value, around);
    const lacking = first ? `${first.text}: “${first.ask}” is needed.` : "";
    return tooFew(prompt, value) || lacking || miscount(prompt, value, around);
  },
  lacks(prompt, value, around) {
    const cells = lackingCells(prompt, value, around).map(({ path, ask }) => ({
      message: `“${ask}” is needed in each row.`,
      path,
    }));
    return [...lack(tooFew(prompt, value)), ...cells, ...lack(miscount(prompt, value, around))];
  },
  brief: (prompt, value, around) => TABLE.lines(prompt, value, around).join("; "),
  lines: (prompt, value, around) =>
    filled(prompt, value, around)
      .filter((row) => Object.keys(row.cells).length)
      .map((row) => rowBrief(prompt, row)),
  given: (prompt, value, around) => cellsNow(prompt, value, around).flatMap(givenInCell),
  withoutWords(prompt, value) {
    const isKept = (id) => onlyAdded(prompt) || isRowId(id) || !isOwnId(id);
    const rows = [...givenRows(prompt, value)].filter(([id]) => isKept(id));
    const left = rows.map(([id, cells]) => [id, cellsWithoutWords(prompt, id, cells)]);
    const kept = left.filter(([, cells]) => cells.length);
    return ofRows(prompt, kept.map(([id, cells]) => [id, Object.fromEntries(cells)]));
  },
  offers: (prompt, value, around) =>
    cellsNow(prompt, value, around)
      .filter(({ column }) => column.offer)
      .map(({ row, column, cell }) => ({
        address: `${prompt.id}.${row.id}.${column.id}`,
        step: cell,
        about: onlyAdded(prompt) ? prompt.ask : row.text,
        level: column.level ?? row.level,
        ...ofStep(prompt, row.cells),
      })),
  rowOffers: (prompt, value, around) =>
    filled(prompt, value, around).map(({ id, text, suggest, level, cells }) => ({
      ...{ address: `${prompt.id}.${id}`, step: suggest || text, about: text, level },
      ...ofStep(prompt, cells),
    })),
  ends(prompt, inside = "") {
    const column = prompt.columns.find((one) => one.id === inside.split(".").at(-1));
    return column ? KINDS[column.kind].ends(column) : null;
  },
  amounts(prompt, inside, value, around) {
    const [wanted, name] = inside.split(".");
    const rows = filled(prompt, value, around).map(({ id, asked, cells }) => {
      const column = asked.find((one) => one.id === name);
      const cell = part(cells, name);
      return [id, column, cell === undefined ? null : KINDS[column.kind].amount(column, cell)];
    });
    const found = rows.filter(([id, column]) => column && (wanted === "*" || wanted === id));
    return new Map(found.map(([id, , amount]) => [id, amount]));
  },
};

KINDS.table = TABLE;

// Scores, exactly as libwell counts and says them. What is not answered is never a zero.
// A part of a score is { amount, ends: { low, high } }: fractions, undefined where nothing is known.

const NO_ROW_YET = "no row has a score yet";
const NOTHING = fraction(0);
const HUNDRED = fraction(100);

// --- fractions together

function addedUp(fractions) {
  return fractions.reduce(add, NOTHING);
}

function meanOf(fractions) {
  return divide(addedUp(fractions), fraction(fractions.length));
}

/** Fractions going upwards. */
function upwards(fractions) {
  return [...fractions].sort(compare);
}

// --- how a score is counted

/** How many of so many parts have to be answered. */
function neededOf(score, total) {
  return score.minimum_answered ?? (score.method === "share" ? 1 : Math.max(1, total));
}

/** Whether each part is put on the scale that is told before they are taken together. */
function isEachRescaled(score) {
  return Boolean(score.as) && score.method === "mean";
}

/** The least and the most that is told of parts with these ends. */
function endsTold(score, ends) {
  if (!score.as) return countedEnds(score, ends);
  return { low: fraction(score.as.min), high: fraction(score.as.max) };
}

/** The least and the most that can come out of parts with these ends; {} where those of a part are not known. */
function countedEnds(score, ends) {
  if (score.method === "share") return { low: NOTHING, high: HUNDRED };
  if (!ends.length || ends.some((one) => !one.low || !one.high)) return {};
  const lows = ends.map((one) => one.low);
  const highs = ends.map((one) => one.high);
  if (score.method === "sum") return { low: addedUp(lows), high: addedUp(highs) };
  if (score.method === "product") return productEnds(ends);
  if (score.method === "difference") {
    return { low: subtract(lows[0], highs.at(-1)), high: subtract(highs[0], lows.at(-1)) };
  }
  const needed = neededOf(score, ends.length);
  return { low: meanOf(upwards(lows).slice(0, needed)), high: meanOf(upwards(highs).slice(-needed)) };
}

/** The least and the most that parts with these ends make when multiplied. */
function productEnds(ends) {
  let products = [fraction(1)];
  for (const { low, high } of ends) {
    const every = upwards(products.flatMap((one) => [multiply(one, low), multiply(one, high)]));
    products = [every[0], every.at(-1)];
  }
  return { low: products[0], high: products.at(-1) };
}

/** A value moved from between some ends to between others; undefined without ends, or where these are one. */
function rescaled(value, before, after) {
  const { low, high } = before;
  if (!value || !low || !high || compare(low, high) === 0) return undefined;
  const size = divide(subtract(after.high, after.low), subtract(high, low));
  return add(after.low, multiply(subtract(value, low), size));
}

/** A part whose lowest amount counts as its highest, and so on. */
function turnedRound(one) {
  const { low, high } = one.ends;
  if (!one.amount || !low || !high) return one;
  return { amount: subtract(add(low, high), one.amount), ends: one.ends };
}

/** What the parts that are answered give, enough of all, before it is rescaled. */
function valueOf(score, given, parts) {
  const amounts = given.map((one) => one.amount);
  if (score.method === "sum") return sumOf(amounts, given, parts);
  if (score.method === "mean") return meanOf(amounts);
  if (score.method === "share") return shareOf(amounts, given);
  if (score.method === "difference") return subtract(amounts[0], amounts.at(-1));
  return amounts.reduce(multiply, fraction(1));
}

/** The sum; what lacks counts as the mean of the rest, each above the lowest of its own scale. */
function sumOf(amounts, given, parts) {
  const lowestOf = (some) => addedUp(some.map((one) => one.ends.low ?? NOTHING));
  const above = subtract(addedUp(amounts), lowestOf(given));
  const size = divide(fraction(parts.length), fraction(given.length));
  return add(lowestOf(parts), multiply(above, size));
}

/** Points given of points possible, in percent. */
function shareOf(amounts, given) {
  const possible = addedUp(given.map((one) => one.ends.high ?? NOTHING));
  if (compare(possible, NOTHING) === 0) return undefined;
  return divide(multiply(HUNDRED, addedUp(amounts)), possible);
}

/** What came out of the parts: a value (undefined: too little was answered) between its ends, of how many. */
function countScore(score, parts) {
  const partEnds = parts.map((one) => one.ends);
  const ends = endsTold(score, partEnds);
  let counting = parts;
  if (isEachRescaled(score)) {
    counting = parts.map((one) => ({ amount: rescaled(one.amount, one.ends, ends), ends }));
  }
  const given = counting.filter((one) => one.amount);
  const needed = neededOf(score, parts.length);
  let value = given.length >= needed ? valueOf(score, given, counting) : undefined;
  if (score.as && !isEachRescaled(score)) value = rescaled(value, countedEnds(score, partEnds), ends);
  return { value, ends, answered: given.length, needed, total: parts.length };
}

/** What is said of a value; one that reads as 1.33 is in the band up to 1.33, as is four thirds. */
function bandOf(score, value) {
  if (!value) return "";
  const read = fraction(plain(value));
  const least = compare(read, value) < 0 ? read : value;
  const isIn = (band) => compare(least, band.up_to ?? least) <= 0;
  return (score.bands ?? []).find(isIn)?.say ?? "";
}

/** A value between its ends: `2.25 of 3`, `62.5 percent`, or the number alone where there are none. */
function sayValue(value, ends, isPercent) {
  if (isPercent) return `${plain(value)} percent`;
  return ends.low && ends.high ? onScale(value, ends.low, ends.high) : plain(value);
}

// --- scores of answers

/** Whether some values of a score put rows before the person at the plan. */
function makesOffers(score) {
  return score.offer_at_most !== undefined || score.offer_at_least !== undefined;
}

/** Whether a row with this value is put before the person at the plan. */
function isRowOffered(score, value) {
  const { offer_at_most: most, offer_at_least: least } = score;
  if (most !== undefined && compare(value, most) <= 0) return true;
  return least !== undefined && compare(value, least) >= 0;
}

/** Works out scores by their ids, each once, of answers by the ids of their prompts, which may still grow. */
function scoringOf(form, answers) {
  const known = new Map((form.scores ?? []).map((score) => [score.id, score]));
  const prompts = new Map(allPrompts(form).map((prompt) => [prompt.id, prompt]));
  const found = new Map();
  const scoring = {
    answer: (id) => answers.get(id) ?? { prompt: prompts.get(id), around: { picks: [] } },
    lastOf: (ids) => [...answers.keys()].filter((id) => ids.has(id)).at(-1) ?? "",
    result(id) {
      if (!found.has(id)) found.set(id, scored(known.get(id), scoring));
      return found.get(id);
    },
  };
  return scoring;
}

/** A score as it came out. */
function scored(score, scoring) {
  const ofScores = (score.scores ?? []).map((id) => scoring.result(id));
  const came = countScore(score, partsOfScore(score, ofScores, scoring));
  const behind = ofScores.flatMap((one) => [...one.prompts]);
  const prompts = new Set([...(score.items ?? []).map(promptIn), ...behind]);
  const isPercent = isInPercent(score, ofScores);
  const rows = score.each_row ? rowsOf(score, scoring, isPercent) : [];
  return {
    id: score.id,
    title: score.title,
    head: headOf(score, came.ends),
    text: score.each_row ? textOfRows(rows) : textOfScore(score, came, isPercent),
    say: bandOf(score, came.value),
    value: came.value,
    ...came.ends,
    answered: came.answered,
    is_there: came.value !== undefined || rows.length > 0,
    is_percent: isPercent,
    is_gap: score.method === "difference",
    personal: Boolean(score.personal),
    each_row: Boolean(score.each_row),
    prompts,
    last: scoring.lastOf(prompts),
    rows,
  };
}

/** Whether a score is told in percent. */
function isInPercent(score, ofScores) {
  const meansPercents = score.method === "mean" && ofScores.length > 0 && ofScores.every((one) => one.is_percent);
  return !score.as && (score.method === "share" || meansPercents);
}

/** The parts a score is made of; one with rows has parts that are counted row by row, and here only ends. */
function partsOfScore(score, ofScores, scoring) {
  if (score.each_row) return score.items.map((address) => ({ ends: endsAt(address, scoring) }));
  const others = ofScores.map((one) => {
    const made = { amount: one.value, ends: { low: one.low, high: one.high } };
    return score.reverse?.includes(one.id) ? turnedRound(made) : made;
  });
  return [...others, ...itemsOf(score, scoring).flatMap((item) => [...item.values()])];
}

/** What stands in an address behind the id of its prompt. */
function insideOf(address) {
  return address.split(".").slice(1).join(".");
}

/** Between which ends the answers at an address count. */
function endsAt(address, scoring) {
  const { prompt } = scoring.answer(promptIn(address));
  return KINDS[prompt.kind].ends(prompt, insideOf(address)) ?? {};
}

/** What each item is made of, by row; of an item without rows one part, under an empty name. */
function itemsOf(score, scoring) {
  return (score.items ?? []).map((address) => {
    const { prompt, value, around } = scoring.answer(promptIn(address));
    const ends = endsAt(address, scoring);
    const item = new Map();
    for (const [row, amount] of KINDS[prompt.kind].amounts(prompt, insideOf(address), value, around)) {
      const made = { amount, ends };
      item.set(row, score.reverse?.includes(address) ? turnedRound(made) : made);
    }
    return item;
  });
}

/** What comes out for each row that has enough answers, greatest first. */
function rowsOf(score, scoring, isPercent) {
  const items = itemsOf(score, scoring);
  const { prompt, value, around } = scoring.answer(promptIn(score.items[0]));
  const offers = value === undefined ? [] : KINDS.table.rowOffers(prompt, value, around);
  const titles = new Map(offers.map((offer) => [offer.address.split(".").at(-1), offer.about]));
  const shared = [...items[0].keys()].filter((row) => items.every((item) => item.has(row)));
  const rows = shared.map((row) => {
    const parts = items.map((item) => item.get(row));
    return { id: row, title: titles.get(row), ...countScore(score, parts) };
  });
  const there = rows.filter((row) => row.value).sort((one, other) => compare(other.value, one.value));
  return there.map((row) => ({
    id: row.id,
    title: row.title,
    value: row.value,
    text: textOfRow(row, isPercent),
    say: bandOf(score, row.value),
    answered: row.answered,
  }));
}

/** The rows that scores put before the person; those that are farthest beyond the bound come first. */
function offersOfScores(form, above) {
  const answers = new Map(above.map((one) => [one.prompt.id, one]));
  const scoring = scoringOf(form, answers);
  return (form.scores ?? []).flatMap((score) => {
    const table = makesOffers(score) ? answers.get(promptIn(score.items[0])) : undefined;
    if (table?.value === undefined) return [];
    const offers = new Map(
      KINDS.table.rowOffers(table.prompt, table.value, table.around).map((offer) => [offer.address, offer]),
    );
    const rows = scoring.result(score.id).rows.filter((row) => isRowOffered(score, row.value));
    if (score.offer_at_most !== undefined) rows.reverse();
    return rows.map((row) => leveled(offers.get(`${table.prompt.id}.${row.id}`), table.prompt));
  });
}

// --- what is said of them

/** What stands above the rows of a score: its title, with the scale where that does not begin at 0. */
function headOf(score, { low, high }) {
  const title = oneLine(score.title);
  return !low || !high || low[0] === 0n ? title : `${title}, ${scaleOf(low, high)}`;
}

/** A row's value in words; where the head says the scale, the number alone. */
function textOfRow({ value, ends }, isPercent) {
  return ends.low && ends.low[0] !== 0n ? plain(value) : sayValue(value, ends, isPercent);
}

function textOfRows(rows) {
  return rows.map((row) => `${row.title}: ${row.text}`).join("; ") || NO_ROW_YET;
}

/** A score in words: `2.25 of 3`, or why there is none. */
function textOfScore(score, { value, ends, answered, needed, total }, isPercent) {
  if (!value) return `no score yet: ${answered} of ${total} answered, and it takes ${needed}`;
  const isPartly = score.method === "sum" && answered < total;
  const madeOf = isPartly ? `, worked out from ${answered} of ${total} answers` : "";
  return sayValue(value, ends, isPercent) + madeOf;
}

/** Every score of which something is asked now, in the worksheet's order. */
function scores(form, everything) {
  const scoring = scoringOf(form, new Map(everything.map((one) => [one.prompt.id, one])));
  return (form.scores ?? []).map((score) => scoring.result(score.id)).filter((one) => one.last);
}

/** A score, or each of its rows, in one line: `Safety: 2.25 of 3.` */
function barLines(score) {
  const line = (label, text) => {
    return `${oneLine(label)}: ${unwrapped(text)}`.replace(/[^.?!]$/, "$&.");
  };
  if (!score.each_row) return [line(score.title, score.text)];
  return score.rows.map((row) => line(row.title, [row.text, row.say].filter(Boolean).join(". ")));
}

/** The scores in the order they are told in: those of rows last, and of both the largest gaps first. */
function inProfile(found) {
  const group = (one) => 2 * Number(one.each_row) + Number(!one.is_gap);
  const gap = (one) => (one.is_gap && one.value ? one.value : NOTHING);
  return [...found].sort((one, other) => group(one) - group(other) || compare(gap(other), gap(one)));
}

/** All scores side by side, a score or a row a line; of those for oneself alone what the worksheet says. */
function scoreLines(found) {
  return inProfile(found.filter((one) => one.answered || one.is_there)).flatMap((one) => {
    const lines = barLines(one).map((line) => (one.each_row ? `  ${line}` : line));
    const head = one.each_row && lines.length ? [`${one.head}:`] : [];
    const said = one.say && one.personal ? [`  ${unwrapped(one.say)}`] : [];
    return [...head, ...lines, ...said];
  });
}

// --- at the end of a section

/** The lines of each score that ends with one of the questions `here`. */
function endsOfScores(form, here, everything) {
  const isHere = (score) => here.some((one) => one.prompt.id === score.last);
  const told = scores(form, everything).filter((score) => isHere(score) && !score.personal);
  return told.map((score) => endOfScore(score, everything));
}

/** The lines of a score; none before something came out, or all that it is made of was gone through. */
function endOfScore(score, everything) {
  const parts = everything.filter((one) => score.prompts.has(one.prompt.id));
  const isThrough = parts.every((one) => one.entry !== undefined) && parts.some(isAnswered);
  if (!score.is_there && !isThrough) return [];
  if (score.each_row && !score.rows.length) return [`${oneLine(score.title)}: ${score.text}.`];
  const head = score.each_row ? [`${score.head}:`] : [];
  return [...head, ...barLines(score), unwrapped(score.say)].filter(Boolean);
}

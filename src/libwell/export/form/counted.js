// What answers count for in scores, kind by kind; tables say it themselves.

/** The least and the most that an answer counts for; null where there is no bound. */
function endsBetween(low, high) {
  const end = (number) => (number === undefined ? null : fraction(number));
  return { low: end(low), high: end(high) };
}

/** What kinds that say nothing of it count for: nothing. */
const UNCOUNTED = {
  ends: () => null,
  amount: () => null,
  amounts(prompt, inside, value) {
    const one = prompt.kind === "rating" && inside ? part(value, inside) : value;
    return new Map([["", one === undefined ? null : KINDS[prompt.kind].amount(prompt, one)]]);
  },
};

/** The points that options have. */
function pointsIn(options = []) {
  return options.map((option) => option.points).filter((one) => one !== undefined);
}

const COUNTED = {
  "yes-no": {
    ends: () => endsBetween(0, 1),
    amount: (prompt, value) => fraction(Number(value)),
  },
  number: {
    ends: (prompt) => endsBetween(prompt.min, prompt.max),
    amount: (prompt, value) => fraction(value),
  },
  choice: {
    ends(prompt) {
      const points = pointsIn(prompt.options);
      return points.length ? endsBetween(Math.min(...points), Math.max(...points)) : null;
    },
    amount(prompt, value) {
      const [points] = pointsIn(prompt.options?.filter((option) => option.id === value));
      return points === undefined ? null : fraction(points);
    },
  },
  rating: {
    ends: (prompt) => endsBetween(prompt.scale.min, prompt.scale.max),
    amount: (prompt, value) => (typeof value === "number" ? fraction(value) : null),
  },
};

for (const [name, kind] of Object.entries(KINDS)) Object.assign(kind, { ...UNCOUNTED, ...COUNTED[name], ...kind });

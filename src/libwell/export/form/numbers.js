// Exact numbers, so that a score is the same wherever it is worked out.
// A fraction is [above, below] of BigInt, in lowest terms, `below` greater than 0.

const MOST_DECIMALS = 400;

/** A fraction in lowest terms. */
function lowest(above, below) {
  let [one, other] = [above, below];
  while (other) [one, other] = [other, one % other];
  if (one < 0n !== below < 0n) one = -one;
  return [above / one, below / one];
}

/** The fraction that a number is as it is written: 0.1 is a tenth. A fraction stays what it is. */
function fraction(number) {
  if (Array.isArray(number)) return number;
  const [mantissa, exponent = 0] = String(number).split("e");
  const [whole, decimals = ""] = mantissa.split(".");
  const places = Number(exponent) - decimals.length;
  const [digits, power] = [BigInt(whole + decimals), 10n ** BigInt(Math.abs(places))];
  return places < 0 ? lowest(digits, power) : [digits * power, 1n];
}

/** -1, 0 or 1, as one number is less, the same or more than another. */
function compare(...numbers) {
  const [[above, below], other] = numbers.map(fraction);
  return Math.sign(Number(above * other[1] - other[0] * below));
}

/** Whether a number is within the bounds of a test, exactly. */
function isBetween({ at_least: least, at_most: most }, number) {
  return compare(number, least ?? number) >= 0 && compare(number, most ?? number) <= 0;
}

/** A number with so many decimals at most, half away from zero: `2.25`, `3`. */
function plain(number, digits = 2) {
  const [above, below] = fraction(number);
  const isBelow = above < 0n;
  const size = ((isBelow ? -above : above) * 10n ** BigInt(digits) * 2n + below) / (below * 2n);
  const text = String(size).padStart(digits + 1, "0");
  const sign = isBelow && size ? "-" : "";
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0*$/, "");
}

/** A number with every digit it has, and no exponent: `1000`, `2.5`. */
function inFull(number) {
  return plain(number, MOST_DECIMALS);
}

/** Where a number is: `2.25 of 3`, or `-1, on a scale from -2 to 2`. */
function onScale(number, low, high) {
  return fraction(low)[0] ? `${plain(number)}, ${scaleOf(low, high)}` : `${plain(number)} of ${plain(high)}`;
}

/** Between which numbers something is: `on a scale from -2 to 2`. */
function scaleOf(low, high) {
  return `on a scale from ${plain(low)} to ${plain(high)}`;
}

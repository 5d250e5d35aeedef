// Fractions put together: what scores and totals need.

function add(one, other) {
  return lowest(one[0] * other[1] + other[0] * one[1], one[1] * other[1]);
}

function negative(one) {
  return [-one[0], one[1]];
}

function subtract(one, other) {
  return add(one, negative(other));
}

function multiply(one, other) {
  return lowest(one[0] * other[0], one[1] * other[1]);
}

/** One fraction by another, which is not 0. */
function divide(one, other) {
  return lowest(one[0] * other[1], one[1] * other[0]);
}

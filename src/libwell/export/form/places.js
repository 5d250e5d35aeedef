// What is put in order.

const MOST_PLACES = 100;
const ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split(" ");

/** Which one it is, counted from 1: `first`, `tenth`, `11th`, `22nd`. */
function ordinal(number) {
  const isTeen = number % 100 > 10 && number % 100 < 14;
  const ending = isTeen ? "th" : { 1: "st", 2: "nd", 3: "rd" }[number % 10] ?? "th";
  return ORDINALS[number - 1] ?? `${number}${ending}`;
}

const RANKING = {
  ...PICKING,
  takes: (prompt, value, around) =>
    Array.isArray(value) &&
    value.length <= (prompt.top ?? MOST_PLACES) &&
    areEntries(value, knownIds(prompt, value, around), false),
  given: (prompt, value, around) =>
    PICKING.given(prompt, value, around).map((one, place) =>
      given({ ...one, value: place + 1, text: ordinal(place + 1), written: false }),
    ),
  brief: (prompt, value, around) =>
    pickedTexts(prompt, value, around)
      .map((text, place) => `${place + 1}. ${text}`)
      .join("; "),
  lines: (prompt, value, around) =>
    pickedTexts(prompt, value, around).map((text, place) => labeled(capital(ordinal(place + 1)), text)),
};

KINDS.ranking = RANKING;

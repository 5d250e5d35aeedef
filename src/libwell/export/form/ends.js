// What is told at the end of a section: its scores, and a person's own words given back.

const GIVEN_BACK = "Back to you, as you marked it. This is not a measure, and nothing is added up.";

/** What is told at the end of a section: the lines of each score that ends there, and of each answer given back. */
function sectionEnd(form, section, everything) {
  const here = everything.filter((one) => one.section === section);
  const ofScores = form.scores.length ? endsOfScores(form, here, everything) : [];
  return [...ofScores, ...here.map(backTo)].filter((lines) => lines.length);
}

/** An answer in the words of its scale, where the worksheet gives it back. */
function backTo({ prompt, value }) {
  const groups = value === undefined ? [] : KINDS[prompt.kind].givenBack(prompt, value);
  const linesOf = ({ title, items }) => [oneLine(title), ...items.map((item) => `   ${oneLine(item)}`)];
  return groups.length ? [GIVEN_BACK, ...groups.flatMap(linesOf)] : [];
}

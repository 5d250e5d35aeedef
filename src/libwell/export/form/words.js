// Texts as libwell says them: made visible, on one line, shortened, quoted.

const BLANKS = /(?:(?!\ufeff)[\s\x1c-\x1f\x85])+/;
// Characters that could act instead of being read; line feeds and tabs stay.
const ACTIVE =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

/** A text with each control or bidirectional character written as `[U+001B]`. */
function visible(text) {
  const named = (sign) => `[U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
  return text.replaceAll("\r\n", "\n").replace(ACTIVE, named);
}

/** A text on one line: every run of white space is one space. */
function oneLine(text) {
  return text.split(BLANKS).filter(Boolean).join(" ");
}

/** Whether nothing of a text can be seen. */
function isBlank(text) {
  return !visible(text).trim();
}

/** How many characters a text has, as people and other programs count them. */
function lengthOf(text) {
  return [...text].length;
}

/** The text in one line; of one longer than `longest` the begin up to `end`, and what says that there is more. */
function shortened(text, longest, end = / $/, more = "…") {
  const line = [...oneLine(text)];
  const begin = line.slice(0, longest - 1).join("");
  return line.length > longest ? begin.replace(end, "") + more : line.join("");
}

/** The first whole words of a text, at most `longest` characters; ` …` says there are more. */
function firstWords(text, longest) {
  return shortened(text, longest, / [^ ]*$/, " …");
}

/** A worksheet's text with its single line breaks as spaces; an empty line is between paragraphs. */
function unwrapped(text) {
  return text.replaceAll("\r\n", "\n").split("\n\n").map(oneLine).filter(Boolean).join("\n\n");
}

/** A number and what there is of it: `1 file`, `2 files`. */
function counted(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

/** Words in a row: `1, 2 and 3`. */
function listed(words) {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" and ");
}

/** A worksheet's words in quotation marks, without the full stop at their end. */
function quoted(text) {
  return `“${oneLine(text).replace(/\.+$/, "")}”`;
}

/** A text behind its label: `Who: Ana`, and behind a question `Is it there? yes`. */
function labeled(label, text) {
  return `${label}${/[:?!.]$/.test(label) ? "" : ":"} ${text}`;
}

/** A text with a capital, as it begins a line. */
function capital(text) {
  return text.replace(/^./su, (first) => first.toUpperCase());
}

/** A text that begins small, as behind a colon. */
function small(text) {
  return text.replace(/^./su, (first) => first.toLowerCase());
}

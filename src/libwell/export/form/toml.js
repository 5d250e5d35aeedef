// TOML as files for libwell have it.

const BARE_KEY = /^[A-Za-z0-9_-]+$/;
const BREAKS = { "\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

/** A sign by its number, as TOML escapes it. */
function escapedSign(sign) {
  const number = sign.codePointAt(0).toString(16);
  return number.length > 4 ? `\\U${number.padStart(8, "0")}` : `\\u${number.padStart(4, "0")}`;
}

/** A text in quotation marks; over several lines if it has several. Halves of signs are replaced. */
function tomlString(text) {
  const sound = text.replace(/\p{Surrogate}/gu, "\ufffd");
  if (!sound.includes("\n") || sound.includes("\r")) return tomlLine(sound);
  const lines = sound.replaceAll("\\", "\\\\").replace(ACTIVE, escapedSign);
  return `"""\n${lines.replace(/"(?="")|"$/g, '\\"')}"""`;
}

/** A text in quotation marks on one line. */
function tomlLine(text) {
  return `"${text.replace(/["\\\n\t]/g, (sign) => BREAKS[sign]).replace(ACTIVE, escapedSign)}"`;
}

function tomlKey(name) {
  return BARE_KEY.test(name) ? name : tomlLine(name.replace(/\p{Surrogate}/gu, "\ufffd"));
}

/** A number; what is whole, and no more than a computer counts exactly, without a point. */
function tomlNumber(number) {
  const text = String(number);
  if (!Number.isFinite(number)) return { Infinity: "inf", "-Infinity": "-inf" }[text] ?? "nan";
  return Number.isSafeInteger(number) || /[.e]/.test(text) ? text : `${text}.0`;
}

/** A value on the right side of a key. */
function tomlValue(value) {
  if (typeof value === "string") return tomlString(value);
  if (typeof value === "number") return tomlNumber(value);
  if (typeof value === "boolean") return String(value);
  if (isDay(value)) return value.text;
  if (Array.isArray(value)) return tomlList(value.map(tomlValue));
  const parts = Object.entries(value).map(([name, part]) => `${tomlKey(name)} = ${tomlValue(part)}`);
  return parts.length ? `{ ${parts.join(", ")} }` : "{}";
}

/** A list: what is short on one line. */
function tomlList(parts) {
  const line = parts.join(", ");
  return line.length <= 80 && !line.includes("\n") ? `[${line}]` : `[\n    ${parts.join(",\n    ")},\n]`;
}

/** The lines of a table. `above(name)` gives the comment above a key; empty: there is none. */
function tomlLines(table, above = () => "") {
  return Object.entries(table).map(([name, value]) => {
    const comment = above(name);
    const lead = comment && `\n${tomlComment(comment)}`;
    return `${lead}${tomlKey(name)} = ${tomlValue(value)}\n`;
  }).join("");
}

/** A text as a comment, each of its lines with what is in it made visible. */
function tomlComment(text) {
  return text.split("\n").map((line) => `# ${oneLine(visible(line))}`.trimEnd()).join("\n") + "\n";
}

/** A record as a file: keys of its own first, then its tables, and its lists of tables. */
function tomlText(record) {
  const isTables = (value) => Array.isArray(value) && value.length > 0 && value.every(isTable);
  const entries = Object.entries(record);
  const own = entries.filter(([, value]) => !isTable(value) && !isTables(value));
  const tables = entries.filter(([, value]) => isTable(value));
  const lists = entries.filter(([, value]) => isTables(value));
  const texts = [tomlLines(Object.fromEntries(own))];
  for (const [name, table] of tables) texts.push(`[${tomlKey(name)}]\n${tomlLines(table)}`);
  for (const [name, rows] of lists) {
    for (const row of rows) texts.push(`[[${tomlKey(name)}]]\n${tomlLines(row)}`);
  }
  return texts.filter(Boolean).join("\n");
}

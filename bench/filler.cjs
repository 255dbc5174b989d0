'use strict';
// What large arguments and results are made of: JSON-escaped text that looks like source code, with two escaped
// quotes and a line feed in each line. Many quotes are the slow case for a scanner that skips strings.
const LINE = String.raw`  const open = orders.filter((order) => order.state === \"open\" && order.total > limit).length;\n`;

/** The inside of a JSON string, exactly `length` characters (and bytes) long. */
exports.filler = (length) => {
  const text = LINE.repeat(Math.ceil(length / LINE.length)).slice(0, length);
  return text.endsWith('\\') ? `${text.slice(0, -1)}x` : text;
};

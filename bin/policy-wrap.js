#!/usr/bin/env node
// Every version of Node must be able to read this file, also those that are too old for the rest.
const { node } = process.versions;
if (Number.parseInt(node, 10) < 20) say(`Node.js ${node} is too old`, 'install Node.js 20 or later');
else start();

function start() {
  try {
    const { start: begin } = require('../dist/main.cjs');
    // A file that was cut off may be one that can be read.
    if (begin === undefined) sayIncomplete();
    else begin(explain);
  } catch (error) {
    if (!explain(error)) throw error;
  }
}

/** Says what is wrong with the installation or the system; returns whether that is what the error is about. */
function explain(error) {
  // The stack of a file that cannot be read as JavaScript begins with its place.
  if (error.code === 'MODULE_NOT_FOUND' || /^[^\n]+\.cjs:\d+\n/.test(error.stack)) sayIncomplete();
  else if (error.syscall === 'uv_os_homedir')
    say('the home folder of this user is not known', "set HOME to the user's folder");
  else return false;
  return true;
}

function sayIncomplete() {
  say('its build is missing or incomplete', 'run npm ci && npm run build, or install the package again');
}

function say(what, help) {
  process.stderr.write(`policy-wrap: ${what}\n  help: ${help}\n`);
  process.exitCode = 1;
}

'use strict';
// The reference of every goal: the least that a wrapper written for Node can do. Usage: node node-raw.cjs COMMAND [ARGUMENT…]
const { spawn } = require('node:child_process');

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
process.stdin.pipe(child.stdin);
child.stdout.pipe(process.stdout);
child.on('close', (code) => process.exit(code ?? 1));

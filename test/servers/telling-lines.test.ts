import { describe, expect, it } from 'vitest';
import { KeptText } from '../../src/servers/kept-text.js';
import { tellingLine, tellingLines } from '../../src/servers/telling-lines.js';

const trace = (count: number) =>
  Array.from({ length: count }, (_, n) => `    at f${n} (/a/b.js:${n}:1)`).join('\n');

const SAID: readonly (readonly [name: string, stderr: string, cause: string])[] = [
  [
    'a module that Node does not find',
    `node:internal/modules/cjs/loader:1228\n  throw err;\n  ^\n\nError: Cannot find module '/x/y.js'\n${trace(9)} {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js v20.19.0\n`,
    "Error: Cannot find module '/x/y.js'",
  ],
  [
    'a native part',
    `/a/node_modules/bindings/bindings.js:126\n  err = new Error(\n  ^\n\nError: Could not locate the bindings file. Tried:\n → /a/build/better_sqlite3.node\n → /a/out/better_sqlite3.node\n${trace(9)}\n\nNode.js v22.1.0`,
    'Error: Could not locate the bindings file. Tried:',
  ],
  [
    'an error with its cause',
    `TypeError: fetch failed\n${trace(3)} {\n  [cause]: Error: connect ECONNREFUSED 127.0.0.1:1\n${trace(3)} {\n    errno: -111\n  }\n}`,
    'TypeError: fetch failed',
  ],
  [
    'Python',
    `INFO: starting\nTraceback (most recent call last):\n  File "/a/b.py", line 3, in <module>\n    import x\nModuleNotFoundError: No module named 'x'\n`,
    "ModuleNotFoundError: No module named 'x'",
  ],
  [
    'Python, one error while another was handled',
    `Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 'A'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "a.py", line 3\nmcp.shared.McpError: API_KEY is required\n`,
    'mcp.shared.McpError: API_KEY is required',
  ],
  [
    'Go',
    `2026/11/24 starting\npanic: open config.json: no such file\n\ngoroutine 1 [running]:\nmain.main()\n\t/a/main.go:9 +0x1\nexit status 2`,
    'panic: open config.json: no such file',
  ],
  [
    'Rust',
    `thread 'main' panicked at src/main.rs:3:5:\nAPI_KEY must be set\nnote: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace`,
    'API_KEY must be set',
  ],
  [
    'Rust before 1.73',
    `thread 'main' panicked at 'API_KEY must be set', src/main.rs:3:5\nnote: run with \`RUST_BACKTRACE=1\``,
    "thread 'main' panicked at 'API_KEY must be set', src/main.rs:3:5",
  ],
  [
    'Java',
    `Exception in thread "main" java.lang.RuntimeException: failed\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: middle\n\tat a.B.d(B.java:2)\nCaused by: java.net.ConnectException: Connection refused\n\t... 9 more`,
    'Caused by: java.net.ConnectException: Connection refused',
  ],
  ['a shell', `/bin/sh: 1: uvx: not found\nnpm notice New version\n`, '/bin/sh: 1: uvx: not found'],
  [
    'another shell',
    `run.sh: line 3: uvx: command not found\ndone\ndone\n`,
    'run.sh: line 3: uvx: command not found',
  ],
  [
    'npm',
    `npm error code E404\nnpm error 404 Not Found - GET https://r/x\nnpm error 404\nnpm error A complete log of this run can be found in: /x`,
    'npm error 404 Not Found - GET https://r/x',
  ],
  ['a logger', `[INFO] a\n[ERROR] no such tenant\n[INFO] bye\n[INFO] bye\n`, '[ERROR] no such tenant'],
];

describe('the line that says why a program failed', () => {
  it.each(SAID)('%s', (_name, stderr, cause) => {
    for (const text of [stderr, stderr.replaceAll('\n', '\r\n')]) {
      expect(tellingLines(text, 3)[0]).toBe(cause);
      expect(tellingLine(text)).toBe(cause);
    }
  });

  it('comes before the last lines, which are not places in the source', () => {
    expect(tellingLines(`Error: x\n${trace(30)}\nplease set A\nNode.js v20.1.0\n`, 3)).toEqual([
      'Error: x',
      'please set A',
    ]);
  });

  it('is missing where nothing is known: then the last lines are all', () => {
    expect(tellingLines('a\nb\n\nc\nd\n', 3)).toEqual(['b', 'c', 'd']);
    expect(tellingLine('a\nb\n')).toBe('b');
    expect(tellingLine('\n')).toBeUndefined();
    expect(tellingLines('', 5)).toEqual([]);
  });

  it.each(['a.', 'a:', 'Error', ' ', 'Error: \n', 'ERROR\n', '}'])('is found in time: %j', (piece) => {
    const began = performance.now();
    tellingLines(piece.repeat(24_000), 5);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('what is kept of a long text', () => {
  function kept(chunks: Iterable<Buffer>) {
    const text = new KeptText();
    for (const chunk of chunks) text.add(chunk);
    return text.text;
  }

  it('is all of a short one, wherever it is cut', () => {
    const whole = Buffer.from('größer 😀\n'.repeat(800));
    expect(kept([whole])).toBe(whole.toString());
    expect(kept(Array.from(whole, (byte) => Buffer.of(byte)))).toBe(whole.toString());
  });

  it('is the beginning and the end in whole lines, in bounded memory', () => {
    const lines = Array.from({ length: 100_000 }, (_, n) => `line ${n} ${'x'.repeat(40)}\n`);
    const text = kept(lines.map((line) => Buffer.from(line)));
    expect(text.length).toBeLessThan(26_000);
    expect(text.startsWith('line 0 ')).toBe(true);
    expect(text.endsWith(lines.at(-1) ?? '')).toBe(true);
    for (const line of text.split('\n').filter((each) => each !== '…' && each !== ''))
      expect(line).toMatch(/^line \d+ x{40}$/);
  });

  it('is nothing of a line that is too long', () => {
    expect(kept([Buffer.from('x'.repeat(100_000))])).toBe('');
  });
});

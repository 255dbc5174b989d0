import { describe, expect, it } from 'vitest';
import { isSurelyHarmless } from '../../../../src/core/secrets/bytes/harmless-arguments.js';
import { cpuTime } from '../../../cpu-time.js';
import { TOKENS } from '../text/forms.js';

const says = (json: string) => {
  const bytes = Buffer.from(json);
  return isSurelyHarmless(bytes, 0, bytes.length);
};
const saysOfText = (text: string) => says(JSON.stringify({ input: text }));

describe('everyday arguments hold no secret', () => {
  it.each<[string]>([
    ['{}'],
    ['{"path":"/home/joe/project/src/index.ts"}'],
    ['{"path": ".", "recursive": true, "depth": 2, "since": null}'],
    ['{"latitude":52.52,"longitude":-13.405,"zero":-0.5,"big":12345678901234567890}'],
    ['{"tokens":5000,"max_tokens":4096}'],
    ['{"channel_id":"C024BE91L","text":"Deployed v1.2.3 at 10:30. All good!"}'],
    ['{"block_id":"550e8400-e29b-41d4-a716-446655440000","data":[{"type":"text","text":"x"}]}'],
    ['{"command":"docker","args":["run","--rm","-it","alpine"]}'],
    ['{"paths":["/home/joe/a.ts","/home/joe/b.ts"],"empty":[],"none":{}}'],
  ])('%s', (json) => {
    expect(says(json)).toBe(true);
  });

  it.each<[string]>([
    ['const open = orders.filter((order) => order.state === "open" && order.total > limit).length;\n'],
    ["SELECT id, name FROM users WHERE created_at > '2026-01-01' AND status = 'active' LIMIT 10"],
    ['git log --oneline -n 20 | grep fix'],
    ['First, let\'s look at how it "works": it doesn’t check – yet…'],
    ['Die Größe ist in Ordnung, 東京の天気 👍'],
    ['{\n\t"name": "x",\n\t"scripts": { "test": "vitest run" }\n}'],
    ['<div class="card"><h1>Title</h1><p>Some text.</p></div>'],
    ['https://example.com/search?q=foo+bar&page=2#top'],
    ['C:\\Users\\joe\\notes.txt'],
    ['primary key = id'],
  ])('%s', (text) => {
    expect(saysOfText(text)).toBe(true);
  });
});

/** Put together here, so that nobody who searches this file for secrets finds one. */
const of = (...parts: string[]) => parts.join('');
const A = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5';

describe('nothing is said where a secret may be', () => {
  it.each<[string]>([
    ['[]'],
    ['{"password":"x"}'],
    ['{"a":{"b":[{"apiKey":"x"}]}}'],
    ['{"requestState":"x"}'],
    ['{"headers":{"a":"b"}}'],
    ['{"name":"DB_PASSWORD","value":"x"}'],
    ['{"type":"key","data":"x"}'],
    ['{"a":["session","x"]}'],
    ['{"a":["-p","hunter2"]}'],
    [`{"${of('gh', 'p_', A)}":1}`],
    ['{"p\\u0061ssword":"x"}'],
    ['{"a":"\\u0070assword=x"}'],
    ['{"a":-0}'],
    ['{"a":-0.0}'],
    ['{"a":1e3}'],
    ['{"a":"\u2028"}'],
    ['{"a":"\u0085"}'],
    [`{"a":"${'x '.repeat(500)}x"}`],
    [`{"a":${'['.repeat(40)}${']'.repeat(40)}}`],
    [`{${Array.from({ length: 100 }, (_, index) => `"word${index}":1`).join(',')}}`],
  ])('%s', (json) => {
    expect(says(json)).toBe(false);
  });

  it.each<[string]>([
    ['secret=hunter2'],
    ['the API key: hunter2'],
    ['api\tkey: hunter2'],
    ['\napi key: hunter2'],
    ['secret\t= hunter2'],
    ['"secret": "x"'],
    ['{\\"secret\\": \\"x\\"}'],
    ["{\\'secret\\': 1}"],
    ['secret\\`: x'],
    ['env["secret"] = "x"'],
    ['env[secret] = "x"'],
    ['secret?: hunter2'],
    ['\nsecret: hunter2'],
    ['пароль: hunter2'],
    ['secret：hunter2'],
    ['?code=aB3dE5fG7h'],
    ['name=DB_SECRET value=x'],
    ["with secret 'x'"],
    ["\\'secret \\'x"],
    ['Secret("x")'],
    ['Secret(\t"x")'],
    ["identified by 'x'"],
    ['mysql -pcolor'],
    ['curl -u joe:x'],
    ['--token x'],
    ['x=--token y'],
    ['<token>x</token>'],
    ['<string name="apiKey">x</string>'],
    ['<string id\n="apiKey">x</string>'],
    ['<string key\u00a0="apiKey">x</string>'],
    ['<string id ="apiKey">x</string>'],
    ['<key>token</key><string>x</string>'],
    ['https://joe:x@example.com/'],
    ['joe:x@tcp(localhost)'],
    ['Basic dXNlcjpwYXNzd29yZA=='],
    ['token\taB3dE5fG7h'],
    ['machine x login joe password x'],
    [`${'M'.repeat(24)}.abcdef.${A}`],
    ['https://hooks.slack.com/services/T0/B0/x'],
    ['https://discord.com/api/webhooks/1234/x'],
    ['https://x.webhook.office.com/x'],
    [of('-----BEGIN ', 'RSA PRIVATE KEY-----\nMIIE')],
    ['Private-Lines: 1\nAAAA'],
    [`a ${of('gh', 'p_', A)}`],
    [`a\\n${of('gh', 'p_', A)}`],
    [`%2F${of('gh', 'p_', A)}`],
    [of('bot123456789', ':AA', A.slice(0, 33))],
  ])('%s', (text) => {
    expect(saysOfText(text)).toBe(false);
  });
});

describe('nothing is said of tokens', () => {
  it.each(TOKENS)('%s', (_, token) => {
    for (const lead of ['', 'a ', 'a.', 'a\\n', '%2F', '"'])
      expect(saysOfText(`${lead}${token}`)).toBe(false);
  });
});

it('arguments of any kind are read in time that grows with their length', () => {
  const units = ['= ', "as '", '\\\\', 'x ', '<a b=', '--x ', '://a', 'key key=', '\\t', 'Basic a', '-', '/'];
  for (const unit of units) {
    const text = unit.repeat(Math.floor(1_000 / unit.length));
    const json = `{"list":[${Array.from({ length: 60 }, () => `"${text}"`).join(',')}]}`;
    expect(cpuTime(() => says(json))).toBeLessThan(200);
  }
});

it('words are judged alike, however many others came between', () => {
  for (let index = 0; index < 2_000; index++) {
    expect(says(`{"word${index}":"some${index} = other(\\"x\\")"}`)).toBe(true);
    expect(says(`{"password${index}":"x"}`)).toBe(false);
    expect(saysOfText(`password${index} = x`)).toBe(false);
  }
  expect(says('{"password":"x"}')).toBe(false);
});

it('a word is judged anew in another role', () => {
  expect(says('{"by":"x"}')).toBe(true);
  expect(saysOfText('by "x"')).toBe(false);
  expect(saysOfText('sig = x')).toBe(false);
  expect(says('{"sig":"x"}')).toBe(true);
});

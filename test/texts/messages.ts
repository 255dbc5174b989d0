import fc from 'fast-check';

/** Each with what careless readers take for it. */
const TWINS: Readonly<Record<string, readonly string[]>> = {
  jsonrpc: ['JSONRPC', 'jsonrpc\\u0000', 'json\\u0072pc'],
  id: ['ID', 'Id', '\\u0069d', 'ıd', 'id '],
  method: ['Method', 'METHOD', 'm\\u0065thod', 'method\\u0000', ' method', 'ｍethod', 'meth\u200bod'],
  params: ['Params', 'paramſ', 'param\\u017f', 'params\\u0000x', 'p\\u0061rams'],
  name: ['Name', 'NAME', 'n\\u0061me', 'name\\u0000', 'na\u00adme', 'ｎame', ' name', 'names', 'nаme'],
  uri: ['URI', 'Uri', 'ur\\u0131', 'urı', 'uri\\u0000'],
  arguments: ['Arguments', 'argumentſ', 'arguments\\u0000', 'argument'],
  _meta: ['_Meta', '_meta\\u0000', 'meta'],
  notifications: ['Notifications', 'notificationſ', 'notifications\\u0000'],
  task: ['Task', 'tas\\u212a', 'taſk'],
};

const METHODS = [
  ...[
    'tools/call',
    'subscriptions/listen',
    'tools/list',
    'prompts/get',
    'resources/read',
    'resources/subscribe',
    'ping',
    'initialize',
  ],
  ...[
    'notifications/cancelled',
    'notifications/initialized',
    'notifications/other',
    'tasks/get',
    'x/y',
    'tools',
  ],
  ...[
    'Tools/Call',
    'tools\\/call',
    'tools\\u002fcall',
    'tools/call ',
    '/tools/call',
    'tools//call',
    'tools.call',
  ],
  ...[
    'tools_call',
    'toolscall',
    'tool/call',
    'x-call-tool',
    'tools/run',
    'toolſ/call',
    'tools/call\\u0000',
    '',
  ],
  ...['Resources/Read', 'prompts/get\\n', 'notifications/Cancelled', 'xtools/list', 'tools/', '_tools_list'],
];

const VALUES = [
  ...[
    '"x"',
    '"delete_broker"',
    '""',
    '{}',
    '[]',
    'null',
    'true',
    '0',
    '1',
    '-1',
    '-0',
    '1.0',
    '1e0',
    '"1"',
    '"2.0"',
  ],
  ...[
    '2.0',
    '9007199254740991',
    '9007199254740992',
    '{"name":"x"}',
    '[{"name":"x"}]',
    '"\\ud800"',
    '"a\u2028b"',
  ],
  ...['{"a":1,"a":2}', '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"y"}}', '"\\u0000"'],
];

const anyValue = fc.constantFrom(...VALUES);
const blank = fc.constantFrom('', '', '', '', ' ', '\t');

/** Lines of a client that are messages, nearly messages, and what hides among messages. */
export function messageLines(): fc.Arbitrary<string> {
  const members = fc
    .tuple(
      often(jsonrpc),
      often(id),
      often(method),
      often(params),
      fc.array(other, { maxLength: 2 }),
      fc.nat(6),
    )
    .map(([version, number, name, inner, others, turned]) => {
      const all = [version, number, name, inner, ...others].filter((each) => each !== undefined);
      return [...all.slice(turned), ...all.slice(0, turned)].join(',');
    });
  const frames = fc.constantFrom(
    '{#}',
    '{#}',
    '{#}',
    '{#}',
    '{#}',
    ' {#}\t',
    '[{#}]',
    '{#}{#}',
    '{#}\n{#}',
    '#',
    '{#',
    '{#,}',
  );
  return fc.tuple(frames, members).map(([frame, text]) => frame.replaceAll('#', () => text));
}

const often = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 8 });
const mostly = (usual: readonly string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...usual) }, anyValue);
const key = (name: string) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(name) }, fc.constantFrom(...(TWINS[name] ?? [name])));
const pair = (name: string, value: fc.Arbitrary<string>) =>
  fc
    .tuple(key(name), blank, value, blank)
    .map(([written, before, text, after]) => `"${written}"${before}:${text}${after}`);

const jsonrpc = pair('jsonrpc', mostly(['"2.0"']));
const id = pair('id', mostly(['1', '"1"', '0', '-7']));
const method = pair('method', mostly(METHODS.map((name) => `"${name}"`)));
const FILTERS = [
  ...[
    '{}',
    '{"toolsListChanged":true}',
    '{"resourceSubscriptions":["file:///x"]}',
    '{"resourceSubscriptions":[7]}',
  ],
  ...[
    '{"ResourceSubscriptions":["x"]}',
    '{"resourceSubscriptions\\u0000":[]}',
    '{"resourceSubſcriptions":"x"}',
  ],
];
const usual = [
  '"name":"x"',
  '"uri":"file:///x"',
  '"arguments":{"a":1}',
  ...FILTERS.map((text) => `"notifications":${text}`),
];
const inner = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...usual) },
  ...Object.keys(TWINS).map((name) => pair(name, anyValue)),
);
const params = pair(
  'params',
  fc.oneof(
    { weight: 9, arbitrary: fc.array(inner, { maxLength: 4 }).map((members) => `{${members.join(',')}}`) },
    anyValue,
  ),
);
const other = fc.oneof(id, method, params, pair('result', anyValue), pair('error', anyValue));

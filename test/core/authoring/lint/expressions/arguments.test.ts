import { describe, expect, it } from 'vitest';
import type { RuleDocument } from '../../../../../src/core/policy/document/document.js';
import type { ToolDefinition } from '../../../../../src/core/tools/definition.js';
import { lintOf, told, tool } from '../subjects.js';

const PAY = tool(
  'pay',
  {
    amount: { type: 'integer' },
    price: { type: 'number' },
    name: { type: ['string', 'null'] },
    mode: { enum: ['soft', 'hard'] },
    urgent: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    items: { type: 'array', items: { type: 'object', properties: { cost: { type: 'number' } } } },
    card: { $ref: '#/$defs/card' },
    anything: {},
  },
  {
    $defs: {
      card: { type: 'object', properties: { number: { type: 'string' }, again: { $ref: '#/$defs/card' } } },
    },
  },
);

function about(rule: RuleDocument, definition: ToolDefinition = PAY): string[] {
  const findings = lintOf({ tools: { [definition.name]: [rule, 'allow'] } }, [
    definition,
    tool('other', { memo: {} }),
  ]);
  return told(findings).filter((line) => !line.includes('harmful'));
}

function when(condition: string, definition?: ToolDefinition): string[] {
  return about({ when: condition, action: 'deny' }, definition);
}

describe('arguments that no tool has', () => {
  it.each<[string, string]>([
    [
      'args.ammount > 5',
      "error no-such-argument /tools/pay/0/when: 'pay' has no argument 'ammount', and a condition that fails is taken as true | did you mean 'amount'?",
    ],
    ['args["ammount"] > 5', "did you mean 'amount'?"],
    [
      'args.card.nmber == "x"',
      "has no argument 'card.nmber', and a condition that fails is taken as true | did you mean 'card.number'?",
    ],
    ['args.card.again.again.nmber == "x"', "did you mean 'card.again.again.number'?"],
    [
      'args.items[0].csot > 1.0',
      "has no argument 'items[].csot', and a condition that fails is taken as true | did you mean 'items[].cost'?",
    ],
    ['args.items.exists(item, item.csot > 1.0)', "did you mean 'items[].cost'?"],
    ['args.items.all(item, args.tags.exists(tag, item.csot > 1.0))', "did you mean 'items[].cost'?"],
    ['args.items.map(item, item.csot).size() > 1', "did you mean 'items[].cost'?"],
    ['size(args.tgs) > 1', "did you mean 'tags'?"],
    [
      'args.zzz == 1',
      "has no argument 'zzz', and a condition that fails is taken as true | there are amount, price, name, mode, urgent, tags, items, card and anything",
    ],
    [
      'has(args.ammount) && args.ammount > 5',
      "warning no-such-argument /tools/pay/0/when: 'pay' has no argument 'ammount', so it is never there | did you mean 'amount'?",
    ],
    [
      '"ammount" in args',
      "warning no-such-argument /tools/pay/0/when: 'pay' has no argument 'ammount', so it is never there",
    ],
    ['has(args.card.nmber)', "so it is never there | did you mean 'card.number'?"],
    [
      'has(args.zzz)',
      "warning no-such-argument /tools/pay/0/when: 'pay' has no argument 'zzz', so it is never there",
    ],
  ])('%s', (condition, expected) => {
    expect(when(condition)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    'args.amount > 5',
    'args["amount"] > 5',
    'has(args.memo) && args.memo == "x"',
    'has(args.amount) ? args.amount > 5 : has(args.ammount) && args.ammount > 5',
    'args.card.number == "x" && args.card.again.again.again.number == "y"',
    'args.items.exists(item, item.cost > 1.0)',
    'args.anything.at.all == 1 && args.anything[0].x == 2',
    'args.items.exists(args, args.cost > 1)',
    'tool.name == "pay" && server == "x"',
    '[1, 2].exists(n, n == args.amount)',
    '{"a": args.amount}.a > 1',
    '"number" in args.card.again || "a" in args.tags',
  ])('says nothing of %s', (condition) => {
    expect(when(condition).filter((line) => line.includes('argument'))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['anything', true],
    ['no properties', { type: 'object' }],
    ['other properties allowed', { properties: { a: {} }, additionalProperties: true }],
    ['other properties with a schema', { properties: { a: {} }, additionalProperties: { type: 'string' } }],
    ['patterns', { properties: { a: {} }, patternProperties: { '^x': {} } }],
    ['a reference to elsewhere', { properties: { a: {} }, allOf: [{ $ref: 'https://example.com/x' }] }],
    ['a reference to nothing', { $ref: '#/$defs/none' }],
    ['an alternative that has it', { properties: { a: {} }, anyOf: [{ properties: { zzz: {} } }, {}] }],
    ['a consequence that has it', { properties: { a: {} }, if: {}, else: { properties: { zzz: {} } } }],
    ['a circle', { $ref: '#' }],
    ['types that are none', { properties: { zzz: { type: ['__proto__', 'constructor'] } } }],
    ['rubbish', { properties: 7, anyOf: 'x', allOf: [null, 3, []] }],
  ])('says nothing where the schema says %s', (_, inputSchema) => {
    expect(when('args.zzz == 1', { name: 'pay', inputSchema })).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['nothing else', { additionalProperties: false }],
    ['alternatives', { properties: { a: {} }, anyOf: [{ required: ['a'] }, { properties: { b: {} } }] }],
    ['a circle', { properties: { a: {} }, allOf: [{ $ref: '#' }] }],
  ])('complains where the schema allows %s', (_, inputSchema) => {
    expect(when('args.zzz == 1', { name: 'pay', inputSchema })).toEqual([
      expect.stringMatching(/^error no-such-argument/),
    ]);
  });

  it('a schema that explodes is left', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [
        `d${index}`,
        { anyOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 2}` }] },
      ]),
    );
    expect(when('args.zzz == 1', { name: 'pay', inputSchema: { $ref: '#/$defs/d0', $defs } })).toEqual([]);
  });

  it('of several tools, some may lack it', () => {
    const tools = [tool('a_x', { n: { type: 'integer' } }), tool('a_y', { m: {} }), tool('a_z', { m: {} })];
    expect(
      told(lintOf({ tools: { 'a_*': [{ when: 'args.n > 1', action: 'deny' }, 'allow'] } }, tools)),
    ).toEqual([
      expect.stringMatching(
        /^info argument-of-some .*2 of the 3 tools that this is about have no argument 'n', and a condition that fails is taken as true: a_y and a_z \| ask for it first, as in `has\(args\.n\)`/,
      ),
    ]);
    expect(
      told(lintOf({ tools: { 'a_*': [{ when: 'args.k > 1', action: 'allow' }, 'allow'] } }, tools)),
    ).toEqual([
      expect.stringMatching(
        /^error no-such-argument .*none of the 3 tools that this is about has an argument 'k', and a condition that fails is taken as false/,
      ),
    ]);
  });

  it('what cannot be counted is refused', () => {
    expect(about({ rate_limit: { max: 1, window: 60, key: 'args.nam' } })).toEqual([
      "error no-such-argument /tools/pay/0/rate_limit/key: 'pay' has no argument 'nam', and a call that cannot be counted is refused | did you mean 'name'?",
    ]);
    const tools = [tool('a_x', { n: { type: 'integer' } }), tool('a_y', { m: {} })];
    expect(
      told(lintOf({ budget: { sum: 'args.n', max: 9, window: 60 }, tools: { '*': 'allow' } }, tools)),
    ).toEqual([expect.stringMatching(/^warning argument-of-some \/budget\/sum: 1 of the 2 tools/)]);
    expect(
      told(
        lintOf(
          { budget: { sum: 'has(args.n) ? args.n : 0', max: 9, window: 60 }, tools: { '*': 'allow' } },
          tools,
        ),
      ),
    ).toEqual([]);
  });

  it('what stands behind has() in a file for several servers is mild', () => {
    const rule = {
      when: 'has(args.path) && args.path == "x" || has(args.mode) && args.mode == "other"',
      action: 'deny' as const,
    };
    const written = { servers: { other: {} }, tools: { '*': [rule, 'allow' as const] } };
    const lines = told(lintOf(written, [tool('pay', { mode: { enum: ['soft'] } })]));
    expect(lines.filter((line) => !line.includes('no-such-server'))).toEqual([
      expect.stringMatching(/^info no-such-argument .*'path', so it is never there/),
      expect.stringMatching(/^info no-such-value/),
    ]);
  });

  it('a condition that asks for the tool is about no other', () => {
    const tools = [
      tool('a_x', { n: { type: 'integer' } }),
      tool('a_y', { n: { type: 'string' } }),
      tool('a_z', { m: {} }),
    ];
    const rule = { when: 'tool.name == "a_x" && args.n > 1 && args.n == 2', action: 'deny' as const };
    expect(told(lintOf({ tools: { 'a_*': [rule, 'allow'] } }, tools))).toEqual([]);
  });

  it('looks at what a tool is really judged by', () => {
    const written = {
      tools: { pay: 'deny' as const, '*': { when: 'args.memo == "x"', action: 'deny' as const } },
    };
    expect(told(lintOf(written, [PAY, tool('other', { memo: { type: 'string' } })]))).toEqual([]);
  });
});

describe('types that do not go together', () => {
  it.each<[string, string]>([
    [
      'args.amount > "5"',
      "error wrong-type /tools/pay/0/when: '>' cannot be applied to an integer and a string with the arguments of pay, and a condition that fails is taken as true",
    ],
    ['args.price > "5"', "'>' cannot be applied to a number and a string"],
    ['args.amount.startsWith("5")', "'startsWith' cannot be applied to an integer and a string"],
    ['args.name + 1 == 2', "'+' cannot be applied to a string and an integer"],
    ['args.name', 'the result is a string, not true or false, with the arguments of pay'],
    ['args.amount && true', 'an integer is used where true or false is needed'],
    ['args.name.first == "x"', "a string has no 'first'"],
    ['args.tags.exists(tag, tag > 5)', "'>' cannot be applied to a string and an integer"],
    [
      'args.items.exists(item, item.cost.startsWith("5"))',
      "'startsWith' cannot be applied to a number and a string",
    ],
    ['host(args.tags) == "x"', "'host' cannot be applied to a list"],
    ['"x" in args.name', "'in' cannot be applied to a string and a string"],
    [
      'args.amount == "5"',
      'error wrong-type /tools/pay/0/when: \'args.amount\' is an integer in pay, and never a string such as "5"; a condition that fails is taken as true | write an integer',
    ],
    ['args.name != 5', "'args.name' is a string or null in pay, and never a number such as 5"],
    ['args.urgent in ["yes", "no"]', 'is true or false in pay, and never a string such as "yes"'],
    ['5 in args.tags', "'args.tags[]' is a string in pay, and never a number such as 5"],
    ['args.tags == "x"', "'args.tags' is a list in pay, and never a string"],
    ['args.card.number == 5', "'args.card.number' is a string in pay"],
  ])('%s', (condition, expected) => {
    expect(when(condition)[0]).toContain(expected);
    expect(when(condition)[0]).toMatch(/^error wrong-type/);
  });

  it.each([
    'args.amount > 5 && args.amount < 5.5 && args.amount == 5 && args.amount + 1 > 2',
    'args.price > 5 && args.price < 5.5 && args.price == 5 && args.price * 2.0 > 1.0 && args.price + 1 > 2',
    'int(args.name) > 5 && args.name == null && size(args.name) > 1 && args.name.matches("x")',
    'args.mode == "soft" && args.mode.startsWith("s")',
    'args.urgent && !args.urgent && args.urgent == true',
    '"a" in args.tags && args.tags.exists(tag, tag.startsWith("a")) && args.tags[0] == "x"',
    'args.items.exists(item, item.cost > 1.5)',
    'args.anything > "5" || args.anything > 5',
    'within(args.name, "~/x") && glob(args.name, "*") && host(args.name) == "x"',
    'args.card.again.number == "x"',
  ])('says nothing of %s', (condition) => {
    expect(when(condition)).toEqual([]);
  });

  it('sums of what is no number, keys of what is no single value', () => {
    const limit = { max: 1, window: 60 };
    expect(about({ budget: { ...limit, sum: 'args.name' } })).toEqual([
      expect.stringContaining(
        'error wrong-type /tools/pay/0/budget/sum: the result is a string, not a number, with the arguments of pay, and a call that cannot be counted is refused',
      ),
    ]);
    expect(about({ rate_limit: { ...limit, key: 'args.tags' } })).toEqual([
      expect.stringContaining('args.tags is a list, by which nothing can be counted'),
    ]);
    expect(
      about({ budget: { ...limit, sum: 'args.price * 100' }, rate_limit: { ...limit, key: 'args.name' } }),
    ).toEqual([]);
  });

  it('in some of the tools only, it is good to know', () => {
    const tools = [
      tool('a_x', { n: { type: 'integer' } }),
      tool('a_y', { n: { type: 'string' } }),
      tool('a_z', {}),
    ];
    const lines = told(
      lintOf({ tools: { 'a_*': [{ when: 'args.n > 1', action: 'deny' }, 'allow'] } }, tools),
    );
    expect(lines.filter((line) => line.includes('wrong-type'))).toEqual([
      expect.stringMatching(/^info wrong-type .* with the arguments of a_y,/),
    ]);
  });
});

describe('values that there are not', () => {
  it.each<[string, string]>([
    [
      'args.mode == "FORCE"',
      'warning no-such-value /tools/pay/0/when: \'args.mode\' is never "FORCE" in pay | it is one of soft and hard',
    ],
    ['args.mode == "Hard"', 'did you mean "hard"?'],
    ['args.mode != "hrad"', 'did you mean "hard"?'],
    [
      'args.mode in ["hard", "force"]',
      'info no-such-value /tools/pay/0/when: \'args.mode\' is never "force"',
    ],
    ['args.mode in ["sotf", "hard"]', 'warning no-such-value'],
  ])('%s', (condition, expected) => {
    expect(when(condition)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    'args.mode == "hard"',
    'args.mode in ["hard", "HARD"]',
    'args.mode in ["soft", "hard"]',
    'args.mode == null',
  ])('says nothing of %s', (condition) => {
    expect(when(condition)).toEqual([]);
  });

  it('numbers are numbers', () => {
    const level = tool('set', { level: { enum: [1, 2] } });
    expect(when('args.level == 1 || args.level == 2.0', level)).toEqual([]);
    expect(when('args.level == 3', level)).toEqual([
      expect.stringContaining("'args.level' is never 3 in set"),
    ]);
  });
});

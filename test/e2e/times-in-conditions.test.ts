import { expect, it } from 'vitest';
import { policyWrap } from './configs.js';
import { Place } from './place.js';

function placeWith(condition: string): Place {
  const place = new Place();
  place.policy(`version: 1\ndefault: deny\ntools: { pay: { when: '${condition}', action: allow } }\n`);
  return place;
}

it.each([
  'now.getHours("Europe/Berlin") < 24',
  'now.getDayOfWeek("UTC") < 7',
  'now.getMinutes("+01:00") < 60',
  'timestamp("2026-01-01T00:00:00Z") < now',
  'string(now).endsWith("Z") && string(duration("1h")) == "3600s"',
])('the program judges by %s', async (condition) => {
  const place = placeWith(condition);
  const checked = await policyWrap(place, ['check']);
  expect(checked).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/can be used$/m) });
  const explained = await policyWrap(place, ['explain', 'pay']);
  expect(explained.stdout).toContain('pay: allow');
});

it.each([
  ['now.getHours("Europe/Berln") < 24', "did you mean 'Europe/Berlin'?"],
  ['timestamp("1 January 2027") < now', 'write it as 2027-01-01T00:00:00Z'],
  ['duration("1 hour") < duration("2h")', 'write it as 90s, 15m or 1h30m'],
])('the program finds what %s can only fail by', async (condition, help) => {
  const checked = await policyWrap(placeWith(condition), ['check']);
  expect(checked).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(help) });
});

import { describe, expect, it } from 'vitest';
import { whyPolicy } from '../../../../src/core/authoring/report/why-policy.js';
import type { Category } from '../../../../src/core/tools/category.js';
import { parametersOf } from '../../../../src/core/tools/parameters.js';

const why = (name: string, category: Category, ...parameters: string[]) =>
  whyPolicy(
    name,
    category,
    parametersOf({ properties: Object.fromEntries(parameters.map((each) => [each, {}])) }),
  );

describe('why a tool needs a policy', () => {
  it.each<[string, Category, string[], RegExp]>([
    ['create_api_key', 'write', [], /makes a credential/],
    ['generateAccessToken', 'write', [], /makes a credential/],
    ['get_secret', 'read', [], /may be a secret/],
    ['addUserToRole', 'write', [], /who may do what/],
    ['send_email', 'write', [], /cannot be called back/],
    ['execute_query', 'execute', ['sql'], /A statement/],
    ['run', 'execute', ['command'], /A shell/],
    ['write_file', 'write', ['path'], /`within\(args\.path, '~\/projects'\)`/],
    ['write_file', 'write', ['a.b c'], /A file may be code that runs later\.$/],
    ['fetch', 'read', ['url'], /`host\(args\.url\)`/],
    ['restart_instance', 'destructive', [], /Systems that run/],
  ])('%s, %s %j', (name, category, parameters, words) => {
    const [special, general, ...more] = why(name, category, ...parameters);
    expect(special).toMatch(words);
    expect(general).toBeDefined();
    expect(more).toEqual([]);
  });

  it.each<[string, Category, string[]]>([
    ['git_commit', 'write', ['message', 'path']],
    ['search', 'read', ['query', 'code']],
    ['create_item', 'write', ['code', 'url']],
    ['kill_process', 'destructive', []],
  ])('is nothing special for %s', (name, category, parameters) => {
    expect(why(name, category, ...parameters)).toHaveLength(1);
  });
});

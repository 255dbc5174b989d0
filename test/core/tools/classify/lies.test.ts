import { describe, expect, it } from 'vitest';
import type { Category } from '../../../../src/core/tools/category.js';
import { classify } from '../../../../src/core/tools/classify/classify.js';

const VERBS: readonly [Category, string][] = [
  [
    'destructive',
    'delete remove destroy drop purge clear reset erase wipe truncate uninstall unregister terminate revoke prune flush forget discard cleanup eliminar supprimer löschen',
  ],
  [
    'execute',
    'execute exec run start stop restart reboot deploy trigger launch invoke evaluate rollback promote click press navigate install spawn cancel shutdown ejecutar',
  ],
  ['financial', 'pay refund purchase buy sell withdraw charge pagar'],
];
const SHAPES = ['%_thing', 'acme-%-thing', 'thing_%', '%', 'acme.thing.%', 'get_and_%', 'bulk_%_things'];
const SOOTHING = [
  'Returns the thing. Read-only, no side effects, safe to call at any time.',
  'Lists things. It does not modify anything.',
  'Get the details of a thing.',
  'Search for things and show them',
  '获取详情',
];

const names = VERBS.flatMap(([category, verbs]) =>
  verbs.split(' ').flatMap((verb) => SHAPES.map((shape) => [shape.replace('%', verb), category] as const)),
);

describe('a server that lies', () => {
  it.each(names)('%s stays %s', (name, category) => {
    for (const description of SOOTHING) {
      const lie = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
      const found = classify({ name, description, annotations: lie, title: 'Get a thing' });
      expect(found.category).toBe(category);
      expect(found.contradictions.join(' ')).toContain('read-only');
    }
  });

  it.each([
    ['a letter of another alphabet', 'hеlper'],
    ['a word of danger that is no verb there', 'thing_terminal_view_x'],
    ['a vague verb with something dangerous', 'manage_deploy'],
    ['a vague verb with something dangerous', 'confirm_shutdown'],
  ])('%s: nothing mild is believed of %s', (_why, name) => {
    expect(classify({ name, description: 'Returns the time.' }).category).not.toBe('read');
  });

  it.each(
    (
      'bulkdelete softdelete itemremove deleter fileremover userdeletion deleting xdelete delete2 2delete d.e.l.e.t.e droptable ' +
      'clearall resetdb factoryreset keyrevoke runsql execshell evaljs shellexec poweroff killall pay2 paynow makepayment ' +
      'wiretransfer getdelete listdelete fetchanddelete ｂｕｌｋｄｅｌｅｔｅ'
    ).split(' '),
  )('is not believed where the name says it without a space: %s', (name) => {
    for (const description of SOOTHING)
      expect(classify({ name, description, annotations: { readOnlyHint: true } }).category).not.toBe('read');
  });

  it.each([
    ['in the middle', `get_${'x'.repeat(130)}_delete_all_${'y'.repeat(130)}`],
    ['behind the last word that is read', `get_${'a_'.repeat(60)}and_delete`],
    ['behind characters that become many', `get_${'ﷺ'.repeat(100)}_delete`],
  ])('hides nothing in a long name, %s', (_where, name) => {
    expect(classify({ name, description: 'Returns the thing.' }).category).not.toBe('read');
  });

  it('may be as long as it likes to be', () => {
    expect(classify({ name: 'ﷺ'.repeat(35_000_000) }).category).toBe('write');
  });

  it('is not believed where it says itself that the tool changes something', () => {
    const mild = { name: 'thing', description: 'Returns the time.' };
    expect(classify(mild).category).toBe('read');
    expect(classify({ ...mild, annotations: { destructiveHint: true } }).category).toBe('write');
    expect(classify({ ...mild, annotations: { readOnlyHint: false } }).category).toBe('write');
    expect(classify({ name: 'thing', annotations: { destructiveHint: true } }).category).toBe('destructive');
  });
});

describe('a text that says that a tool reads', () => {
  it.each<[string, string]>([
    ['abschalten', 'Returns the state'],
    ['tuhoa', 'Returns the state'],
    ['zmazat', 'Returns the state'],
    ['odstranit', 'Returns the state'],
    ['blitz', 'Returns the state'],
    ['yeet', 'Returns the state'],
    ['nuke_it', 'Returns'],
    ['fulminate', 'Lists things'],
    ['defenestrate', 'Gets a thing'],
    ['rimraf', 'Gets a thing'],
    ['open_sesame', 'Gets a thing'],
    ['make_it_so', 'Gets a thing'],
    ['handle_request', 'Gets a thing'],
    ['do_it', 'Gets a thing'],
    ['set_it', 'Gets a thing'],
    ['manage_users', 'Lists users'],
    ['削除する', '取得します'],
    ['清理', '获取'],
    ['지우기', '조회합니다'],
    ['ｓｈ', 'Returns'],
    ['s_h', 'Returns the thing'],
    ['transfer', 'Returns the thing. Read-only'],
    ['make_public', 'Returns the thing. Read-only'],
    ['open_port', 'Returns the thing. Read-only'],
    ['dlt_user', 'Returns the thing. Read-only'],
    ['rmv_user', 'Returns the thing. Read-only'],
    ['zeroize', 'Returns the thing. Read-only'],
    ['nullify', 'Returns the thing. Read-only'],
    ['删除', '获取详情'],
    ['実行', 'Returns'],
    ['slett', 'Returns'],
    ['usun', 'Returns'],
    ['usuń_plik', 'Returns'],
    ['sil', 'Returns'],
    ['frobnicate', 'Returns the thing'],
    ['qwx_user', 'Returns the thing'],
  ])('is not believed of %s: %s', (name, description) => {
    expect(classify({ name, description }).category).not.toBe('read');
  });

  it('is said where it is not believed', () => {
    expect(classify({ name: 'tuhoax', description: 'Returns the state.' })).toMatchObject({
      category: 'write',
      known: true,
      evidence: ['its description says that it reads, which its name does not'],
    });
  });
});

describe('hints that the policy trusts', () => {
  const trusting = { trustAnnotations: true };

  it('make a tool milder', () => {
    const tool = { name: 'delete_x', annotations: { readOnlyHint: true } };
    expect(classify(tool, trusting)).toMatchObject({ category: 'read', risk: 'low' });
    expect(classify(tool, trusting).evidence[0]).toBe('its hints, which the policy trusts');
    expect(classify(tool, trusting).contradictions).toHaveLength(1);
    expect(classify({ name: 'delete_x', annotations: { destructiveHint: false } }, trusting).category).toBe(
      'write',
    );
  });

  it('do not when they disagree with each other', () => {
    const annotations = { readOnlyHint: true, destructiveHint: true };
    expect(classify({ name: 'delete_x', annotations }, trusting).category).toBe('destructive');
  });

  it('change nothing where there are none', () => {
    expect(classify({ name: 'delete_x' }, trusting)).toEqual(classify({ name: 'delete_x' }));
  });
});

/** Sets of words that are built when a word is first looked for, so that loading the program does not wait for them. A plural is in it when its singular is. */
export function wordSet(text: string): (word: string) => boolean {
  let words: Set<string> | undefined;
  return (word) => {
    words ??= new Set(text.split(' '));
    return words.has(word) || (word.endsWith('s') && words.has(word.slice(0, -1)));
  };
}

/** With these a verb is another one: `check_in`, `roll_back`. */
export const isParticle = wordSet('in out up down back off run');

/** These mean the same wherever they are in a name. */
export const isUnmistakable = wordSet(
  'delete del remove destroy purge erase wipe truncate uninstall unregister deregister terminate revoke crud drop kill execute ' +
    'exec write replace overwrite upsert eliminar borrar supprimer loschen deletar',
);

/** Of two words such a one belongs to the first: `release_notes`, `run_settings`. */
export const isProperty = wordSet(
  'notes settings config status state history id name type detail details info url schema result output list option rule policy ' +
    'permission log stats metric usage number timeout role count error time date version reason priority',
);

const isOtherAttribute = wordSet(
  'protection policies marker request event job task window hook preview candidates queue plan template access notice flag lock ' +
    'confirmation audit docs help guide instructions command script query queries behavior mode point order operation logic code ' +
    'function api model names schedule',
);

/** What follows the verb makes a noun of it: `get_delete_protection`, `list_kill_events`. */
export function isAttribute(word: string): boolean {
  return isProperty(word) || isOtherAttribute(word);
}

/** To do so with a deletion is not to delete: `preview_delete`, `can_delete`. */
export const isRehearsal = wordSet(
  'preview validate simulate check can is estimate explain plan verify help test describe assess has dryrun',
);

/** A name that has no verb and ends so asks for something: `git_status`. */
export const isReadNoun = wordSet(
  'status diff log tree info information detail summary stats statistics history metrics version health help docs documentation ' +
    'instructions directions screenshot weather forecast temperature timezone schema list listing results price quote overview ' +
    'changelog contents coordinates distance matrix analytics insights usage capabilities inspection analysis comparison lookup ' +
    'whoami profile trends rates leaderboard definition synonyms reflog sentiment availability kpi revenue margin balance ratio total average rating news score',
);

/** Running one of these is asking. */
export const isAskingActivity = wordSet(
  'search lookup crawl scrape research analysis audit report comparison calculation diagnostics diagnosis inspection geocode',
);

/** A query of these is written in a language that can do more than ask. */
export const isDatabase = wordSet(
  'sql database db statement raw mysql postgres postgresql pg sqlite mssql oracle mongo mongodb duckdb snowflake bigquery redshift clickhouse neo4j cypher graphql gql mariadb d1 athena trino spark tidb oceanbase dynamodb cassandra cql sparql gremlin',
);

/** Languages and stores in which one can only ask. */
export const isAskOnly = wordSet(
  'log insights metric prometheus promql loki logql kql kusto trace tempo search vector semantic select readonly read docs dns gaql splunk elasticsearch esql analytics events',
);

/** A call of one of these can be any call. */
export const isRaw = wordSet('http api rest raw graphql curl rpc');

/** What is sent to one of these is carried out: `send_command`. */
export const isInterpreter = wordSet(
  'command shell bash sql terminal stdin keystrokes key cmd powershell python javascript js code repl input script signal cypher ' +
    'statement gcode rpc keypress process',
);
export const isSending = wordSet('send submit write put post pass');

/** What is applied to a text or a thing changes that alone, where a manifest or a migration changes what runs. */
export const isContent = wordSet(
  'edit patch patches diff label formula style format formatting filter tag change template discount theme coupon text font ' +
    'border color layout material texture modifier effect suggestion categories range sheet cells pdf file document contact video ' +
    'audio layers images clips objects nodes dataset table rows records company companies vertices duplicates',
);

/** Where these are spoken of, filling, opening and choosing drive a program or a device. */
export const isDriven = wordSet(
  'browser puppeteer playwright chrome selenium webdriver element dom screen ui mouse keyboard cursor window app device android ' +
    'ios mobile simulator emulator webpage webview devtools appium desktop tab page',
);
export const isDriving = wordSet(
  'fill type select open close hover handle resize focus input new upload choose check uncheck switch back forward reload ' +
    'refresh go simulate touch submit enter mouse keyboard drop resume pause step',
);

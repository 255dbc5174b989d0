/** Sets of words that are built when a word is first looked for, so that loading the program does not wait for them. */
export function wordSet(text: string): (word: string) => boolean {
  let words: Set<string> | undefined;
  return (word) => {
    words ??= new Set(text.split(' '));
    return words.has(word);
  };
}

/** With these a verb is another one: `check_in`, `roll_back`. */
export const isParticle = wordSet('in out up down back off run');

/** These mean the same wherever they stand in a name. */
export const isUnmistakable = wordSet(
  'delete del remove destroy purge erase wipe truncate uninstall unregister deregister terminate revoke crud drop kill execute exec ' +
    'write replace overwrite upsert eliminar borrar supprimer loschen deletar',
);

/** What follows the verb makes a noun of it: `get_delete_protection`, `list_kill_events`. */
export const isAttribute = wordSet(
  'protection policy policies status state history log logs permission permissions marker markers request requests event events job jobs ' +
    'task tasks result results count counts rule rules option options schedule window time date hook hooks preview candidates queue ' +
    'plan template templates id ids info details error errors reason reasons usage stats metrics role roles access notice flag flags ' +
    'lock locks confirmation audit docs help guide instructions command commands script scripts config settings query queries ' +
    'behavior mode point order timeout operation operations output logic code function api schema model list notes name names type types url number',
);

/** To do so with a deletion is not to delete: `preview_delete`, `can_delete`. */
export const isRehearsal = wordSet(
  'preview validate simulate check can is estimate explain plan verify help test describe assess has dryrun',
);

/** A name that has no verb and ends so asks for something: `git_status`. */
export const isReadNoun = wordSet(
  'status diff log logs tree info information detail details summary stats statistics history metrics version health help docs ' +
    'documentation instructions directions screenshot weather forecast temperature timezone schema list listing results price prices ' +
    'quote quotes overview changelog contents coordinates distance matrix analytics insights usage capabilities inspection ' +
    'analysis comparison lookup whoami profile trends rates leaderboard definition synonyms reflog sentiment availability',
);

/** Running one of these is asking. */
export const isAskingActivity = wordSet(
  'search lookup crawl scrape research analysis audit report comparison calculation diagnostics diagnosis inspection geocode',
);

/** A query of these is written in a language that can do more than ask. */
export const isDatabase = wordSet(
  'sql database databases db statement statements raw mysql postgres postgresql pg psql sqlite mssql sqlserver oracle mongo mongodb duckdb ' +
    'snowflake bigquery redshift clickhouse neo4j cypher graphql gql mariadb cockroach cockroachdb d1 athena trino presto databricks ' +
    'spark hive tidb oceanbase timescale planetscale surreal surrealdb dynamodb cassandra cql sparql gremlin plsql tsql turso libsql ' +
    'warehouse adb dax mdx access odbc jdbc soql',
);

/** Languages and stores in which one can only ask. */
export const isAskOnly = wordSet(
  'log logs insights metric metrics prometheus promql loki logql kql kusto analytics traces trace tempo search vector semantic select ' +
    'readonly read docs documentation knowledge dns rag similarity spans events entities gaql splunk opensearch elasticsearch esql ' +
    'pinot druid range instant sources source catalog wikidata monitoring jmespath jsonpath xpath llm ai wolfram calendar weather',
);

/** A call of one of these can be any call. */
export const isRaw = wordSet('http https api rest raw graphql curl rpc');

/** What is sent to one of these is carried out: `send_command`. */
export const isInterpreter = wordSet(
  'command commands shell bash sql terminal stdin keystrokes keys key cmd powershell python javascript js code repl input script cypher ' +
    'statement gcode rpc keypress process',
);
export const isSending = wordSet('send submit write put post pass');

/** What is applied to a text or a thing changes that alone, where a manifest or a migration changes what runs. */
export const isContent = wordSet(
  'edit edits patch patches diff label labels formula style styles format formatting filter filters tag tags change changes template ' +
    'discount theme coupon text font border color layout material texture modifier effect effects suggestion suggestions categories range sheet cells pdf pdfs file files document documents contact contacts video videos audio layers images clips ' +
    'objects nodes dataset datasets table tables rows records company companies vertices duplicates',
);

/** Where these are spoken of, filling, opening and choosing drive a program or a device. */
export const isDriven = wordSet(
  'browser puppeteer playwright chrome selenium webdriver element dom screen ui mouse keyboard cursor window app apps device android ' +
    'ios mobile simulator emulator webpage webview devtools appium desktop tab tabs page',
);
export const isDriving = wordSet(
  'fill type select open close hover handle resize focus input new upload choose check uncheck switch back forward reload ' +
    'refresh go simulate touch submit enter mouse keyboard drop resume pause step',
);

import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../../../src/core/secrets/text/redact-secrets.js';

/** Texts with what must not be left of them. */
const expectGone = (text: string, gone: readonly string[]) => {
  const shown = redactSecrets(text);
  for (const part of gone) expect(shown).not.toContain(part);
  expect(shown).toContain('[redacted]');
};

describe('what a text assigns to the name of a secret', () => {
  it.each<[string, string]>([
    ['PASSWORD=hunter2 run', 'PASSWORD=[redacted] run'],
    ['export DB_PASSWORD="hun ter2"; x', 'export DB_PASSWORD="[redacted]"; x'],
    ['cmd="PASSWORD=hunter2"', 'cmd="PASSWORD=[redacted]"'],
    ['mysql --user joe --password hunter2 db', 'mysql --user joe --password [redacted] db'],
    ['mysql --password=hunter2 db', 'mysql --password=[redacted] db'],
    ['--password --force', '--password --force'],
    ['{"a":1,"password":"hunter2","b":2}', '{"a":1,"password":"[redacted]","b":2}'],
    ['{\\"password\\":\\"hunter2\\",\\"b\\":2}', '{\\"password\\":\\"[redacted]\\",\\"b\\":2}'],
    ["{'apiKey': 'x y'}", "{'apiKey': '[redacted]'}"],
    ['password: "never closed', 'password: "[redacted]'],
    ['Server=h;Password=a,b;Database=d', 'Server=h;Password=[redacted];Database=d'],
    ['Cookie: a=b; c=d\nAccept: x', 'Cookie: [redacted]\nAccept: x'],
    ["curl -H 'Authorization: Basic dXNlcjpwYXNz' h", "curl -H 'Authorization: [redacted]' h"],
    ['-H "authorization: bearer abcdef123456" x', '-H "authorization: [redacted]" x'],
    ['secret=a token=b', 'secret=[redacted] token=[redacted]'],
    [':password => "x"', ':password => "[redacted]"'],
    ['tokens: ["abc", "def"]', 'tokens: [[redacted]]'],
    ['{"password":"ab\\\\","x":"seen"}', '{"password":"[redacted]","x":"seen"}'],
    [
      'password: | # the old one\n  ab\n\n  cd\nuser: joe',
      'password: | # the old one\n  [redacted]\nuser: joe',
    ],
    ['tokens:\n- abc\n- def\nuser: joe', 'tokens:\n[redacted]\nuser: joe'],
  ])('%s', (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });

  const S = 'hunter22x';
  it.each<[string, string, ...string[]]>([
    ['many blanks', `password:     ${S}`, S],
    ['blanks before', `password     = ${S}`, S],
    ['tabs', `password\t\t=\t${S}`, S],
    ['a column of Go', `\tPassword      string = "${S}"`.replace(' string', ''), S],
    ['an aligned :=', `  apiKey          := "${S}"`, S],
    ['a literal block', `password: |\n  ${S}\n  second\nuser: joe`, S, 'second'],
    ['a folded block, CRLF', `password: >-\r\n  ${S}\r\nuser: joe`, S],
    ['a block in JSON text', JSON.stringify({ yaml: `password: |\n  ${S}\nuser: joe` }), S],
    ['the next line', `password:\n  ${S}\nuser: joe`, S],
    ['the next line, CRLF', `password:\r\n  ${S}\r\nuser: joe`, S],
    ['the next line, not indented', `Password:\n${S}\n`, S],
    ['a here-document', `password = <<EOT\n${S}\nEOT\nuser = joe`, S],
    ['a here-document of a shell', `PASSWORD=$(cat <<'EOF'\n${S}\nEOF\n)`, S],
    ['several words', 'password: correct horse battery staple', 'correct', 'horse', 'staple'],
    [
      'twelve words',
      'mnemonic: wone wtwo wthree wfour wfive wsix wseven weight wnine wten weleven wtwelve',
      'wtwo',
      'wtwelve',
    ],
    ['a seed phrase', 'Seed phrase: wone wtwo wthree', 'wone', 'wthree'],
    ['an ampersand', 'password=abc&def', 'abc', 'def'],
    ['a semicolon', 'password=abc;def', 'abc', 'def'],
    ['a quote in quotes', '{"password":"ab\\"cd"}', 'ab', 'cd'],
    ['a quote in quotes in a string', JSON.stringify('{"password":"ab\\"cd"}'), 'ab', 'cd'],
    ['the same a level deeper', JSON.stringify(JSON.stringify('{"password":"ab\\"cd"}')), 'ab', 'cd'],
    ['a doubled quote', "password = 'ab''cd'", 'ab', 'cd'],
    ['three quotes', `password = """${S}\nmore"""`, S, 'more'],
    ['a raw string', `password = r"${S}"`, S],
    ['a shell string', `PASSWORD=$'${S}'`, S],
    ['a call', `password = SecretStr("${S}")`, S],
    ['a subscript', `env["DB_PASSWORD"] = "${S}"`, S],
    ['a type', `password?: "${S}"`, S],
    ['PowerShell', `$env:DB_PASSWORD = "${S}"`, S],
    ['a properties file', `spring.datasource.password=${S}`, S],
    ['an npmrc', `//registry.example.com/:_authToken=${S}`, S],
    ['JSON with lines in a string', JSON.stringify({ env: `A=1\nPASSWORD=${S}\nB=2` }), S],
    [
      'an Azure connection',
      `DefaultEndpointsProtocol=https;AccountName=n;AccountKey=${S}==;EndpointSuffix=x`,
      S,
    ],
  ])('by %s', (_, text, ...gone) => {
    expectGone(text, gone);
  });

  it.each<[string, string, ...string[]]>([
    ['Cookie', 'Cookie: a="x1"; sid=hunter22', 'hunter', 'x1'],
    ['Cookie in quotes', `curl -H 'Cookie: a="x1"; sid=hunter22' http://x`, 'hunter', 'x1'],
    [
      'Cookie in escaped quotes',
      JSON.stringify({ command: `curl -H "Cookie: a=b; sid=hunter22" x` }),
      'hunter',
    ],
    ['Set-Cookie', 'Set-Cookie: sid=hunter22; Path=/; HttpOnly', 'hunter'],
    ['Digest', 'Authorization: Digest username="u1", response="hunter22"', 'hunter', 'u1'],
    ['OAuth', 'Authorization: OAuth oauth_token="hunter22", oauth_nonce="n1"', 'hunter'],
    ['AWS', 'Authorization: AWS4-HMAC-SHA256 Credential=c1/20260101, Signature=hunter22', 'hunter', 'c1'],
    ['any scheme', 'Proxy-Authorization: Whatever hunter 22', 'hunter', '22'],
    ['a header of its own', 'X-Api-Key: hunter22', 'hunter'],
    ['any header of curl', `curl -H "X-Anything: hunter22" http://x`, 'hunter'],
    ['any header, joined', `curl --header='X-Anything: hunter22' http://x`.replace('=', ' '), 'hunter'],
  ])('by a header: %s', (_, text, ...gone) => {
    expectGone(text, gone);
  });

  it.each<[string, string]>([
    ['YAML', '- name: DB_PASSWORD\n  value: hunter22'],
    ['YAML, a block', '- name: DB_PASSWORD\n  value: |\n    hunter22'],
    ['JSON', '[{"name":"DB_PASSWORD","value":"hunter22"}]'],
    ['JSON, in the other order', '[{"value":"hunter22","name":"DB_PASSWORD"}]'],
    ['JSON in a string', JSON.stringify('[{"name":"DB_PASSWORD","value":"hunter22"}]')],
    ['attributes', '<add key="ApiKey" value="hunter22"/>'],
    ['short keys', '{"k":"DB_PASSWORD","v":"hunter22"}'],
    ['typed values', '{"name":"pw","stringValue":"hunter22"}'],
    ['CloudFormation', 'ParameterKey=DbPassword,ParameterValue=hunter22'],
    ['a form', '<input type="password" name="p" value="hunter22">'],
  ])('by a name beside it: %s', (_, text) => {
    expectGone(text, ['hunter']);
  });

  it.each<[string, string]>([
    ['an element', '<password>hunter22</password>'],
    ['with a prefix and attributes', '<db:password type="text">hunter22</db:password>'],
    ['CDATA', '<apiKey><![CDATA[hunter<22]]></apiKey>'],
    ['a named string', '<string name="api_key">hunter22</string>'],
    ['a property list', '<key>Password</key>\n\t<string>hunter22</string>'],
    ['name and value', '<name>DB_PASSWORD</name><value>hunter22</value>'],
    ['an attribute', '<user password="hunter22"/>'],
  ])('by markup: %s', (_, text) => {
    expectGone(text, ['hunter']);
  });

  it.each<[string, string]>([
    ['CREATE USER', "CREATE USER u WITH PASSWORD 'hunter22'"],
    ['CREATE ROLE', "CREATE ROLE u LOGIN ENCRYPTED PASSWORD 'hunter22'"],
    ['IDENTIFIED BY', "CREATE USER u IDENTIFIED BY 'hunter22'"],
    ['IDENTIFIED WITH', "ALTER USER u IDENTIFIED WITH mysql_native_password BY 'hunter22'"],
    ['PASSWORD()', "SET PASSWORD FOR u = PASSWORD('hunter22')"],
    ['a doubled quote', "ALTER USER u WITH PASSWORD 'it''s hunter22'"],
    ['T-SQL', "CREATE LOGIN l WITH PASSWORD = 'hunter22'"],
    ['in a JSON text', JSON.stringify({ sql: "CREATE USER u WITH PASSWORD 'hunter22'" })],
  ])('by SQL: %s', (_, text) => {
    expectGone(text, ['hunter']);
  });

  it.each<[string, string]>([
    ['a dotted option', 'serve --db.password hunter22'],
    ['an option in a list', '["--db.password","hunter22"]'],
    ['an option in a list over lines', '[\n  "--api-key",\n  "hunter22"\n]'],
    ['-p of mysql', 'mysql -u root -phunter22 db'],
    ['-p of sshpass', 'sshpass -p hunter ssh me@host'],
    ['-p in a list', '["docker","login","-p","hunter"]'],
    ['-p with what looks like one', 'tool -p hunter22xY'],
    ['-u of curl', 'curl -u joe:hunter22 http://h'],
    ['-a of redis', 'redis-cli -h x -a hunter22 ping'],
  ])('by an option: %s', (_, text) => {
    expectGone(text, ['hunter']);
  });

  it.each([
    'passwort',
    'Kennwort',
    'contraseña',
    'senha',
    'mot de passe',
    'wachtwoord',
    'hasło',
    'пароль',
    '密码',
    'パスワード',
    '비밀번호',
  ])('by a name of another language: %s', (name) => {
    expectGone(`${name}: hunter22`, ['hunter']);
    expectGone(`${name}：hunter22`, ['hunter']);
    expectGone(JSON.stringify({ [name]: 'hunter22' }), ['hunter']);
  });
});

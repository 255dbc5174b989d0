/** Put together here, so that nobody who searches this file for secrets finds one. */
const of = (...parts: string[]) => parts.join('');

const MIXED = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3kL5mN7pQ9rS1tU3v';
const HEX =
  '9f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LOWER = 'abcdefgh1jklmnopqrstuvwxyz234567abcdefgh1jklmnopqrstuvwxyz234567';
const mixed = (length: number) => MIXED.slice(0, length);
const hex = (length: number) => HEX.slice(0, length);

/** Tokens as their issuers document them: a name, and one that is made up. */
export const TOKENS: readonly (readonly [issuer: string, token: string])[] = [
  ['AWS', of('AK', 'IAIOSFODNN7EXAMPLE')],
  ['AWS, temporary', of('AS', 'IAIOSFODNN7EXAMPLE')],
  ...['p', 'o', 'u', 's', 'r'].map((kind): [string, string] => [
    `GitHub, gh${kind}`,
    of(`gh${kind}`, '_', mixed(36)),
  ]),
  ['GitHub, fine-grained', of('github', '_pat_11AAAAAAA0', mixed(40))],
  ...['pat', 'dt', 'rt', 'cbt', 'ptt', 'ft', 'imt', 'agent', 'oas', 'soat'].map((kind): [string, string] => [
    `GitLab, gl${kind}`,
    of(`gl${kind}`, '-', mixed(20)),
  ]),
  ['OpenAI', of('sk', '-proj-', mixed(36))],
  ['Anthropic', of('sk', '-ant-api03-', mixed(36))],
  ['OpenRouter', of('sk', '-or-v1-', hex(64))],
  ['Groq', of('gs', 'k_', mixed(52))],
  ['xAI', of('xa', 'i-', mixed(60))],
  ['Perplexity', of('pp', 'lx-', mixed(48))],
  ['Replicate', of('r8', '_', mixed(37))],
  ['ElevenLabs', of('sk', '_', hex(48))],
  ['Stripe', of('sk', '_live_', mixed(24))],
  ['Stripe, restricted', of('rk', '_test_', mixed(24))],
  ['Stripe, webhook', of('wh', 'sec_', mixed(32))],
  ['Slack', of('xo', 'xb-123456789012-', mixed(24))],
  ['Slack, app', of('xa', 'pp-1-A01-', mixed(24))],
  ['Google', of('AI', 'za', mixed(35))],
  ['Google, OAuth', of('ya', '29.', mixed(36))],
  ['Google, OAuth client', of('GOC', 'SPX-', mixed(28))],
  ['Google, refresh', of('1/', '/0', mixed(40))],
  ['npm', of('np', 'm_', mixed(36))],
  ['Hugging Face', of('h', 'f_', mixed(34))],
  ['SendGrid', of('SG', '.', mixed(22), '.', mixed(43))],
  ['Telegram', of('123456789', ':AA', mixed(33))],
  ['Vault', of('hv', 's.', mixed(28))],
  ['Terraform', of(mixed(14), '.atlas', 'v1.', mixed(64))],
  ['Shopify', of('shp', 'at_', hex(32))],
  ['Databricks', of('da', 'pi', hex(32))],
  ['Doppler', of('dp', '.pt.', mixed(43))],
  ['Linear', of('lin', '_api_', mixed(40))],
  ['Notion', of('nt', 'n_', mixed(46))],
  ['Notion, before', of('sec', 'ret_', mixed(43))],
  ['PyPI', of('py', 'pi-AgEIcHlwaS5vcmc', mixed(50))],
  ['RubyGems', of('ruby', 'gems_', hex(48))],
  ['Docker', of('dckr', '_pat_', mixed(27))],
  ['DigitalOcean', of('do', 'p_v1_', hex(64))],
  ['Mailgun', of('ke', 'y-', hex(32))],
  ['Mailchimp', of(hex(32), '-u', 's12')],
  ['Brevo', of('xke', 'ysib-', hex(64), '-', mixed(16))],
  ['Resend', of('r', 'e_', mixed(8), '_', mixed(24))],
  ['age', of('AGE-', 'SECRET-KEY-1', UPPER.slice(0, 58))],
  ['Twilio', of('S', 'K', hex(32))],
  ['1Password', of('op', 's_eyJ', mixed(60))],
  ['Fly', of('fo', '1_', mixed(43))],
  ['PlanetScale', of('pscale', '_tkn_', mixed(43))],
  ['Grafana', of('gl', 'sa_', mixed(32), '_', hex(8))],
  ['Grafana, cloud', of('gl', 'c_eyJ', mixed(60))],
  ['Sentry', of('sntr', 'yu_', hex(64))],
  ['New Relic', of('NR', 'AK-', UPPER.slice(0, 27))],
  ['Postman', of('PM', 'AK-', hex(24), '-', hex(34))],
  ['Pulumi', of('pu', 'l-', hex(40))],
  ['Square', of('sq0', 'csp-', mixed(43))],
  ['Facebook', of('EA', 'A', mixed(60), mixed(60))],
  ['Atlassian', of('ATA', 'TT3', mixed(60))],
  ['Dynatrace', of('dt0', 'c01.', UPPER.slice(0, 24), '.', UPPER)],
  ['Airtable', of('pa', 't', mixed(14), '.', hex(64))],
  ['Alibaba', of('LT', 'AI', mixed(20))],
  ['Figma', of('fig', 'd_', mixed(40))],
  ['Plaid', of('access', '-sandbox-', '550e8400-e29b-41d4-a716-446655440000')],
  ['Prefect', of('pn', 'u_', LOWER.slice(0, 36))],
  ['ReadMe', of('rd', 'me_', LOWER, LOWER.slice(0, 8))],
  ['SonarQube', of('sq', 'u_', hex(40))],
  ['Supabase', of('sb', 'p_', hex(40))],
  ['Tailscale', of('ts', 'key-auth-', mixed(30))],
  ['LangSmith', of('ls', 'v2_pt_', hex(32), '_', hex(10))],
  ['Pinecone', of('pc', 'sk_', mixed(40))],
  ['Heroku', of('HR', 'KU-', mixed(36))],
  ['Azure, client', of(mixed(3), '8Q', '~', mixed(34))],
  ['Discord, bot', of('M', mixed(23), '.', mixed(6), '.', mixed(38))],
  [
    'JWT',
    of('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0NTY3ODkwIn0', '.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'),
  ],
];

export const PEM = of(
  '-----BEGIN RSA PRIVATE',
  ' KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE',
  ' KEY-----',
);

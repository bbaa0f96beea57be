import { inspect } from 'node:util';
import { settingsFrom, SettingsError, type SettingProblem } from './index';

const auditKey = Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('hex');
const readFile = (): string => `2026-01 ${auditKey}`;
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://handrail_api:0123456789abcdef@db:5432/handrail',
  COMMAND_DATABASE_URL: 'postgres://handrail_commands:0123456789abcdef@db:5432/handrail',
  AUTH_ISSUERS: '[{"issuer":"https://id.example.org","audience":"handrail","jwksUri":"https://id.example.org/jwks"}]',
  HANDRAIL_AUDIT_KEY_FILE: '/run/secrets/audit',
  HANDRAIL_AUDIT_ANCHOR_FILE: '/var/anchors/audit',
  HANDRAIL_FIELD_KEYS_DIR: '/run/field-keys',
};

const problemsOf = (variables: Record<string, string>): readonly SettingProblem[] => {
  try {
    settingsFrom(variables, 'serve', readFile);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};
const namesOf = (variables: Record<string, string>): string[] => problemsOf(variables).map(({ variable }) => variable);

describe('messages to people', () => {
  const mail = { SMTP_URL: 'smtps://handrail:9f2c41d07b3ae865@mail.example.org', MAIL_FROM: 'handrail@example.org' };
  const app = { APP_URL: 'https://handrail.example.org' };
  const live = { ...production, ...mail, ...app };

  it('go by the mail server and the gateways that are set, over TLS', () => {
    const sms = { SMS_GATEWAY_URL: 'https://sms.example.org/v1', SMS_GATEWAY_TOKEN: '51c7e9a0b2d84f36' };
    expect(settingsFrom({ ...live, ...sms }, 'serve', readFile).messaging).toEqual({
      appUrl: 'https://handrail.example.org',
      smtp: {
        ...{ host: 'mail.example.org', port: 465, isImplicitTls: true, isTlsRequired: true },
        ...{ user: 'handrail', password: '9f2c41d07b3ae865', from: 'handrail@example.org' },
      },
      sms: { url: 'https://sms.example.org/v1', token: '51c7e9a0b2d84f36' },
      push: undefined,
      hasOutbox: false,
    });
    const starttls = { SMTP_URL: 'smtp://handrail:9f2c41d07b3ae865@mail.example.org' };
    expect(settingsFrom({ ...live, ...starttls }, 'serve', readFile).messaging.smtp).toMatchObject({
      port: 587,
      isImplicitTls: false,
      isTlsRequired: true,
    });
  });

  it('may go in clear to this machine, in development only', () => {
    const here = { SMTP_URL: 'smtp://localhost:2525', MAIL_FROM: 'a@example.org' };
    expect(settingsFrom(here).messaging.smtp).toMatchObject({ isTlsRequired: false, port: 2525, user: '' });
    expect(settingsFrom({ ...here, SMTP_URL: 'smtp://mail.example.org' }).messaging.smtp?.isTlsRequired).toBe(true);
  });

  it.each([
    ['a server on this machine', 'SMTP_URL', 'smtps://handrail:9f2c41d07b3ae865@localhost'],
    ['a short password', 'SMTP_URL', 'smtps://handrail:9f2c41d07b3ae86@mail.example.org'],
    ['no password', 'SMTP_URL', 'smtps://mail.example.org'],
    ['a password that is the user', 'SMTP_URL', 'smtps://9f2c41d07b3ae865:9f2c41d07b3ae865@mail.example.org'],
    ['a password of one letter', 'SMTP_URL', 'smtps://handrail:aaaaaaaaaaaaaaaaaaaa@mail.example.org'],
    ['what is no mail server', 'SMTP_URL', 'https://handrail:9f2c41d07b3ae865@mail.example.org'],
    ['no address', 'SMTP_URL', 'mail'],
    ['a sender with a name', 'MAIL_FROM', 'Handrail <handrail@example.org>'],
    ['no sender', 'MAIL_FROM', ''],
    ['a link in clear', 'APP_URL', 'http://handrail.example.org'],
    ['a link with a query', 'APP_URL', 'https://handrail.example.org/?to=1'],
    ['no link', 'APP_URL', ''],
    ['the development outbox', 'HANDRAIL_OUTBOX', 'on'],
    ['a gateway in clear', 'SMS_GATEWAY_URL', 'http://sms.example.org', { SMS_GATEWAY_TOKEN: '51c7e9a0b2d84f36' }],
    ['a gateway here', 'SMS_GATEWAY_URL', 'https://localhost/v1', { SMS_GATEWAY_TOKEN: '51c7e9a0b2d84f36' }],
    ['a gateway without token', 'PUSH_GATEWAY_TOKEN', '', { PUSH_GATEWAY_URL: 'https://push.example.org' }],
    ['a weak token', 'PUSH_GATEWAY_TOKEN', 'secret', { PUSH_GATEWAY_URL: 'https://push.example.org' }],
    ['a token without gateway', 'SMS_GATEWAY_URL', '', { SMS_GATEWAY_TOKEN: '51c7e9a0b2d84f36' }],
  ])('refuse %s in production', (_, variable, value, more: Record<string, string> = {}) => {
    expect(namesOf({ ...live, ...more, [variable]: value })).toEqual([variable]);
  });

  it('show no secret', () => {
    const settings = settingsFrom({ ...mail, SMS_GATEWAY_URL: 'https://s.example', SMS_GATEWAY_TOKEN: 'hunter2' });
    expect(inspect(settings) + JSON.stringify(settings)).not.toMatch(/9f2c41d07b3ae865|hunter2/);
    expect(JSON.stringify(problemsOf({ ...live, SMTP_URL: 'smtps://u:hunter2@m.example.org' }))).not.toContain(
      'hunter2',
    );
  });
});

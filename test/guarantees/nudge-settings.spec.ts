import request from 'supertest';
import type { Actor } from '../../src/access';
import { Messenger } from '../../src/platform/messaging';
import { buildAgency, buildStaff } from '../builders/agencies';
import { nudgeDue, reachAt, toldAt } from '../builders/nudges';
import { buildReferral, buildRegion, buildSubmission } from '../builders/referrals';
import { openApp, type Ask, type TestApp } from '../setup/app';

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe('how somebody wants to be told', () => {
  let who: Actor;
  let ask: Ask;
  const shown = `__typename ... on NudgeSettings { language rhythm channels quietFrom quietUntil timeZone offeredChannels
    addresses { channel address state } } ... on Refused { code field message remedy }`;
  type Said = Record<string, Record<string, unknown> & { code?: string; field?: string; addresses?: object[] }>;
  const tell = async (name: string, type: string, input: object, as = ask) => {
    const { data, errors } = await as<Said>(`mutation ($input: ${type}!) { ${name}(input: $input) { ${shown} } }`, {
      input,
    });
    return (
      data?.[name] ?? { code: String(errors[0]?.extensions['code']), field: String(errors[0]?.extensions['field']) }
    );
  };
  const codeAt = async (address: string): Promise<string> =>
    /\d{6}/.exec((await toldAt(app, address)).at(-1) ?? '')?.[0] ?? 'none';
  const set = (channel: string, address: string) =>
    tell('setNudgeAddress', 'SetNudgeAddressInput', { channel, address });
  const confirm = (channel: string, code: string) =>
    tell('confirmNudgeAddress', 'ConfirmNudgeAddressInput', { channel, code });

  beforeAll(async () => {
    who = await buildStaff(
      app.database,
      await buildAgency(app.database, { kind: 'TREATMENT_PROVIDER' }),
      'PROVIDER_STAFF',
    );
    ask = await app.as(who);
  });

  it('is by an address that has proved to be theirs, sealed on file and shown to nobody else', async () => {
    expect(await set('EMAIL', 'somebody@work.example')).toMatchObject({
      addresses: [{ channel: 'EMAIL', address: 'somebody@work.example', state: 'UNCONFIRMED' }],
    });
    await nudgeDue(app);
    const code = await codeAt('somebody@work.example');
    expect(code).toMatch(/^\d{6}$/);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await confirm('EMAIL', wrong)).toMatchObject({ code: 'INVALID_INPUT', field: 'input.code' });
    expect(await confirm('EMAIL', code)).toMatchObject({ addresses: [{ state: 'CONFIRMED' }] });
    expect(await confirm('EMAIL', code)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const [row] = await app.owner<{ all: string }>('select x::text as all from nudge_address x where account_id = $1', [
      who.id,
    ]);
    expect(row?.all).not.toContain('somebody');
    const colleague = await buildStaff(app.database, { id: who.agencyId, kind: 'TREATMENT_PROVIDER' }, 'AGENCY_ADMIN');
    const { data } = await (
      await app.as(colleague)
    )<{ nudgeSettings: { addresses: unknown[] } }>('{ nudgeSettings { addresses { address } } }');
    expect(data?.nudgeSettings.addresses).toEqual([]);
    const trail = await app.owner<{ all: string }>("select string_agg(e::text, ' ') as all from audit_entry e");
    expect(trail[0]?.all).not.toContain('somebody@');
  });

  it('leaves five tries to guess a code, however they come, and ten codes a day', async () => {
    await set('SMS', '(740) 555-0101');
    await nudgeDue(app);
    const code = await codeAt('+17405550101');
    const wrong = code === '000000' ? '000001' : '000000';
    const guesses = await Promise.all(Array.from({ length: 9 }, () => confirm('SMS', wrong)));
    const codes = guesses.map((one) => one.code).sort();
    expect(codes).toEqual([...Array<string>(4).fill('ILLEGAL_TRANSITION'), ...Array<string>(5).fill('INVALID_INPUT')]);
    expect(await confirm('SMS', code)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    await set('SMS', '740 555 0102');
    await nudgeDue(app);
    app.clock.advance(16);
    expect(await confirm('SMS', await codeAt('+17405550102'))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    for (let n = 0; n < 7; n++) await set('PUSH', `device-token-${n}`);
    expect(await set('PUSH', 'device-token-8')).toMatchObject({ code: 'FORBIDDEN', field: 'input.address' });
  });

  it.each([
    ['EMAIL', 'nobody', 'input.address'],
    ['EMAIL', 'a@work.example\nBcc: b@work.example', 'input.address'],
    ['SMS', '555-0101', 'input.address'],
    ['PUSH', 'a device', 'input.address'],
  ])('refuses %s %j', async (channel, address, field) => {
    expect(await set(channel, address)).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  it('takes quiet hours as a pair, in a zone that exists', async () => {
    const wishes = { channels: ['EMAIL'], language: 'es', rhythm: 'AT_ONCE', timeZone: 'America/New_York' };
    const prefer = (more: object) => tell('setNudgePreferences', 'SetNudgePreferencesInput', { ...wishes, ...more });
    expect(await prefer({ quietFrom: '22:00' })).toMatchObject({ code: 'INVALID_INPUT', field: 'input.quietUntil' });
    expect(await prefer({ quietFrom: '22:00', quietUntil: '22:00' })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await prefer({ timeZone: 'Ohio' })).toMatchObject({ code: 'INVALID_INPUT', field: 'input.timeZone' });
    expect(await prefer({ quietFrom: '22:00', quietUntil: '06:00' })).toMatchObject({
      ...wishes,
      quietFrom: '22:00',
      quietUntil: '06:00',
    });
    expect(await tell('removeNudgeAddress', 'NudgeAddressInput', { channel: 'PUSH' })).toMatchObject({
      language: 'es',
    });
    expect(await tell('removeNudgeAddress', 'NudgeAddressInput', { channel: 'PUSH' })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is kept: in their language, and only what is urgent in quiet hours', async () => {
    const pool = await buildRegion(app, [{ staffed: 50 }]);
    const worker = pool.programs[0]?.intake as Actor;
    const address = await reachAt(app, worker);
    const hour = (shift: number): string => new Date(Date.now() + shift * 3_600_000).toISOString().slice(11, 13);
    const [row] = await app.owner<{ shift: number }>(
      `select extract(epoch from $1::interval)::float8 / 3600 as shift`,
      [app.clock.interval()],
    );
    const now = row?.shift ?? 0;
    const wishes = { channels: ['EMAIL'], language: 'es', rhythm: 'AT_ONCE', timeZone: 'UTC' };
    const quiet = { quietFrom: `${hour(now - 1)}:00`, quietUntil: `${hour(now + 4)}:00` };
    await tell('setNudgePreferences', 'SetNudgePreferencesInput', { ...wishes, ...quiet }, await app.as(worker));
    const sender = await buildStaff(app.database, await buildAgency(app.database, { kind: 'EMS' }), 'MEDIC');
    const preferredProgramIds = [pool.programs[0]?.pool.programId ?? ''];
    await buildReferral(app, sender, buildSubmission({}, { preferredProgramIds }));
    await nudgeDue(app);
    expect(await toldAt(app, address)).toEqual([]);
    app.clock.advance(31);
    await app.runDue();
    await nudgeDue(app);
    expect((await toldAt(app, address)).at(-1)).toMatch(
      /Varias cosas le esperan en Handrail, y algo de ello es urgente/,
    );
  });
});

it('shows what would have been sent as a page that runs nothing', async () => {
  const words = { id: 'one', address: 'a@work.example', subject: 'Handrail', text: '<b>Something</b> waits for you.' };
  await app.app.get(Messenger).send('EMAIL', words);
  const page = await request(app.app.getHttpServer()).get('/outbox');
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(page.text).toContain('&#60;b&#62;Something&#60;/b&#62; waits for you.');
});

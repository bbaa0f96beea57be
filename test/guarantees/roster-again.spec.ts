import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { OptOutDecisionsService } from '../../src/outreach/roster/opt-out-decisions.service';
import { OutreachCasesService } from '../../src/outreach/roster/outreach-cases.service';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import { PersonLinkCommandsService } from '../../src/people/person-link-commands.service';
import { buildOverdoseReport } from '../builders/overdoses';
import { done } from '../builders/referrals';
import {
  atHome,
  brokenRows,
  buildReporter,
  buildTeam,
  goToThursday,
  rowOfReport,
  safeOf,
  type BuiltTeam,
  type RowBehind,
} from '../builders/roster';
import { openApp, type TestApp } from '../setup/app';
import { isThorough } from '../setup/thorough';

const command = { name: 'test' };
const ROSS = '39141';
const PIKE = '39131';

let app: TestApp;
let officer: Actor;
let ross: BuiltTeam;

beforeAll(async () => {
  app = await openApp();
  goToThursday(app);
  officer = await buildReporter(app, 'LAW_ENFORCEMENT');
  ross = await buildTeam(app, [ROSS]);
  await buildTeam(app, [PIKE]);
});
afterEach(async () => expect(await brokenRows(app)).toEqual([]));
afterAll(() => app.close());

type Looked = Readonly<Record<'state' | 'heldBecause', string | null>> & { readonly allowedActions: string[] };
type Planned = Readonly<Record<'unlocated' | 'held', readonly { id: string }[]>>;

const hoursAgo = (hours: number) => new Date(app.clock.now().getTime() - hours * 3_600_000);
const report = (traits: Partial<ReportOverdoseInput> = {}, who = officer) =>
  buildOverdoseReport(app, who, { occurredAt: hoursAgo(1), where: { countyFips: ROSS }, ...traits });
const personOf = async (reportId: string): Promise<string> =>
  (await app.owner<{ id: string }>('select person_id as id from overdose_report where id = $1', [reportId]))[0]?.id ??
  '';
const cases = () => app.app.get(OutreachCasesService);
const named = (givenName: string) => ({ person: { givenName, familyName: 'Rostered' } }) as const;

describe('two records that were taken for one person', () => {
  const links = () => app.app.get(PersonLinkCommandsService);
  const tie = async (nurse: Actor, one: string, other: string): Promise<string> => {
    const pair = { personId: await personOf(one), samePersonId: await personOf(other) };
    const id = done(await links().merge(nurse, pair, command));
    await app.runDue();
    return id;
  };
  const part = async (nurse: Actor, linkId: string): Promise<void> => {
    done(await links().decide(nurse, { linkId, step: 'split' }, command));
    await app.runDue();
  };
  const deeds = {
    NOTHING: [],
    MISSED: [{ result: 'NO_ONE_HOME' }],
    REACHED: [{ result: 'NO_ONE_HOME' }, { result: 'ENGAGED' }],
    DECLINED: [{ result: 'DECLINED' }, 'close'],
    UNSAFE: ['UNSAFE'],
    OPTED_OUT: ['optOut'],
  } as const;
  const act = async (caseId: string, deed: keyof typeof deeds): Promise<void> => {
    for (const what of deeds[deed]) {
      if (what === 'optOut') done(await cases().optOut(ross.worker, caseId, command));
      else if (what === 'close') done(await cases().close(ross.worker, { caseId }, command));
      else if (what === 'UNSAFE') done(await cases().close(ross.worker, { caseId, reason: what }, command));
      else {
        const attempt = { caseId, channel: 'VISIT', leftBehind: 'NEVER', services: [], ...what } as const;
        done(await cases().attempt(ross.worker, { ...attempt, services: [] }, command));
      }
    }
  };
  const shown = async (reportId: string) => {
    const { id, state, endReason, outcome } = await rowOfReport(app, reportId);
    const query = `query ($id: ID!) { outreachCase(id: $id) { dueBecause name attempts { result } } }`;
    const { data } = await (await app.as(ross.worker))<{ outreachCase: object }>(query, { id });
    return { id, state, endReason, outcome, ...data?.outreachCase };
  };
  let round = 0;
  const two = async (nurse: Actor) => {
    round += 1;
    const told = (name: string) => ({
      person: { givenName: `${name}${'abcdefghijklmnopqrstuvwxyz'[round] ?? ''}`, familyName: `Z${name}` },
    });
    return [await report(told('Alba'), nurse), await report(told('Bruno'), nurse)] as const;
  };

  it('have each what they would have had alone, whatever was done before', async () => {
    const nurse = await buildReporter(app, 'HOSPITAL');
    const anyDeed = fc.constantFrom(...(Object.keys(deeds) as (keyof typeof deeds)[]));
    const few = [
      ['NOTHING', 'DECLINED'],
      ['MISSED', 'OPTED_OUT'],
      ['UNSAFE', 'REACHED'],
    ] as const;
    for (const deed of isThorough ? fc.sample(fc.tuple(anyDeed, anyDeed), 20) : few) {
      const both = await two(nurse);
      for (const at of [0, 1] as const) await act((await rowOfReport(app, both[at])).id, deed[at]);
      const look = async () => [await shown(both[0]), await shown(both[1])].map((row) => ({ ...row, dueBecause: '' }));
      const before = await look();
      const linkId = await tie(nurse, ...both);
      expect((await rowOfReport(app, both[0])).id).toBe((await rowOfReport(app, both[1])).id);
      await part(nurse, linkId);
      expect([deed, await look()]).toEqual([deed, before]);
    }
  });

  it('come up again both, where what was done while they were one may have been done for either', async () => {
    const nurse = await buildReporter(app, 'HOSPITAL');
    const both = await two(nurse);
    const [one, other] = [await rowOfReport(app, both[0]), await rowOfReport(app, both[1])];
    await act(other.id, 'MISSED');
    done(await cases().update(ross.worker, { caseId: one.id, address: '7 Own Street' }, command));
    const linkId = await tie(nurse, ...both);
    app.clock.advance(1);
    await act(other.id, 'DECLINED');
    const told = { safetyNote: 'Loose dog', isFamilyAware: false };
    expect(await rowOfReport(app, both[0])).toMatchObject({ id: other.id, state: 'CLOSED', outcome: 'DECLINED' });
    await part(nurse, linkId);
    const open = { state: 'OPEN', outcome: null, endReason: null };
    expect(await shown(both[0])).toMatchObject({ ...open, id: one.id, attempts: [] });
    const attempts = [{ result: 'NO_ONE_HOME' }, { result: 'DECLINED' }];
    expect(await shown(both[1])).toMatchObject({ ...open, id: other.id, dueBecause: 'PERSON_PARTED', attempts });
    expect(await safeOf(app, ross, one.id)).toMatchObject({ address: '7 Own Street' });
    expect(await safeOf(app, ross, other.id)).toMatchObject({ address: null });
    const again = await tieAgain(nurse, linkId);
    const { id: caseId } = await rowOfReport(app, both[0]);
    done(await cases().update(ross.worker, { caseId, ...told }, command));
    await part(nurse, again);
    for (const { id } of [one, other]) expect(await safeOf(app, ross, id)).toMatchObject(told);
  });

  const tieAgain = async (nurse: Actor, linkId: string): Promise<string> => {
    for (const step of ['reopen', 'confirm'] as const) done(await links().decide(nurse, { linkId, step }, command));
    await app.runDue();
    return linkId;
  };

  it('are both left alone for good, where one of them said so while they were one', async () => {
    const nurse = await buildReporter(app, 'HOSPITAL');
    const both = await two(nurse);
    const linkId = await tie(nurse, ...both);
    await act((await rowOfReport(app, both[0])).id, 'OPTED_OUT');
    await part(nurse, linkId);
    for (const reportId of both) {
      const again = await report({ personId: await personOf(reportId), where: { countyFips: PIKE } }, nurse);
      expect(await rowOfReport(app, again)).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT' });
    }
  });
});

describe('another overdose in the week', () => {
  it.each(['MISSED', 'REACHED', 'CLOSED'] as const)(
    'brings back who was %s: due anew, in the plan, with why',
    async (how) => {
      const first = await report({ ...named(`Again${how.toLowerCase()}`), occurredAt: hoursAgo(3) });
      const { id: caseId } = await rowOfReport(app, first);
      const base = { caseId, channel: 'VISIT', leftBehind: 'NEVER' } as const;
      const attempt = async (result: 'NO_ONE_HOME' | 'ENGAGED', hours: number) =>
        done(await cases().attempt(ross.worker, { ...base, services: [], result, at: hoursAgo(hours) }, command));
      await attempt(how === 'MISSED' ? 'NO_ONE_HOME' : 'ENGAGED', 2);
      // Ended after the second one, of which nobody had heard.
      if (how === 'CLOSED') done(await cases().close(ross.worker, { caseId }, command));
      const again = { personId: await personOf(first), occurredAt: hoursAgo(1) };
      await report(again);
      const { data } = await (
        await app.as(ross.worker)
      )<{ outreachCase: object; outreachPlan: { unlocated: object[] } }>(
        `query ($id: ID!, $programId: ID!, $day: Date!) { outreachCase(id: $id) { state dueBecause dueAt }
         outreachPlan(programId: $programId, day: $day, latitude: 39.3, longitude: -82.9) { unlocated { id } } }`,
        { id: caseId, programId: ross.programId, day: app.clock.now().toISOString().slice(0, 10) },
      );
      const dueAt = new Date(again.occurredAt.getTime() + 72 * 3_600_000).toISOString();
      expect(data?.outreachCase).toEqual({ state: 'OPEN', dueBecause: 'ANOTHER_OVERDOSE', dueAt });
      expect(data?.outreachPlan.unlocated).toContainEqual({ id: caseId });
      const clocks = "select from clock where subject_id = $1 and kind = 'OUTREACH_VISIT' and ended_at is null";
      expect(await app.owner(clocks, [caseId])).toHaveLength(1);
      await attempt('ENGAGED', 1.5);
      expect((await rowOfReport(app, first)).state).toBe('OPEN');
      await attempt('ENGAGED', 0);
      expect((await rowOfReport(app, first)).state).toBe('REACHED');
    },
  );
});

describe('whoever opted out, reported once more', () => {
  it('is left alone at home under whatever name, and whoever else lives there is not', async () => {
    const at = atHome(app, await buildReporter(app, 'EMS'), { countyFips: ROSS, address: '91 Granite Ln' });
    done(await cases().optOut(ross.worker, (await at('Robert Rostered 1977-05-06')).id, command));
    const told = {
      OPTED_OUT: 'Robert Rostered;R. Rostered;Robert;- - 1977-05-06;Unknown Unknown;John Doe',
      HELD: 'Bob Rostered;Robert Rosterd;Rostered Robert;Robert_J Rostered_Jr',
      OPEN: 'Other Rostered;Robert Rostered 1950-11-21;Miguel Reyes',
    };
    for (const [how, names] of Object.entries(told)) {
      for (const name of names.split(';')) expect([name, (await at(name)).how]).toEqual([name, how]);
    }
    const { id: caseId } = await at('Bobby Rostered');
    done(await app.app.get(OptOutDecisionsService).decide(ross.worker, { caseId, isSameHome: false }, command));
    // A human said it of this one, and of nobody else there.
    const hows = [await at('Rob Rostered'), await at('-', 'Granite Ln #91'), await at('-')].map(({ how }) => how);
    expect(hows).toEqual(['HELD', 'HELD', 'OPTED_OUT']);
  });

  it('holds a visit to what may be such a home, until the team has compared the two', async () => {
    app.clock.advance(14 * 24 * 60);
    const home = { countyFips: ROSS, address: '412 N Paint St, Chillicothe OH 45601' };
    const first = await report({ residence: home });
    const waiting = await rowOfReport(app, await report({ residence: { ...home, address: '412 Paint Chillicothe' } }));
    done(await cases().optOut(ross.worker, (await rowOfReport(app, first)).id, command));
    const at = async (address: string, traits: Partial<ReportOverdoseInput> = {}) =>
      rowOfReport(app, await report({ residence: { countyFips: ROSS, address }, ...traits }));
    const ask = await app.as(ross.worker);
    const look = async (id: string) => {
      const query = `query ($id: ID!) { outreachCase(id: $id) { state endReason heldBecause address optedOutAddress allowedActions } }`;
      return (await ask<{ outreachCase: Looked }>(query, { id })).data?.outreachCase;
    };
    const held = { state: 'OPEN', heldBecause: 'OPT_OUT_IN_DOUBT', optedOutAddress: home.address };
    expect(await look(waiting.id)).toMatchObject({ ...held, address: '412 Paint Chillicothe' });
    const spelt = ['412 N Paint', '412 N Paint St Apt two', '412-2 N Paint, 45610', '412 Paint, Ross County'];
    const rows = await Promise.all(spelt.map((address) => at(address)));
    for (const { id } of rows) expect(await look(id)).toMatchObject(held);
    const scene = await report({ where: { countyFips: ROSS, place: '412 N Paint St' } });
    expect(await look((await rowOfReport(app, scene)).id)).toMatchObject(held);
    for (const other of ['412 S Paint St', '414 N Paint St']) {
      expect((await look((await at(other)).id))?.heldBecause).toBeNull();
    }

    const [one, two] = rows as [RowBehind, RowBehind];
    expect((await look(one.id))?.allowedActions).not.toContain('recordVisitAttempt');
    const visit = { channel: 'VISIT', result: 'NO_ONE_HOME', leftBehind: 'NEVER' } as const;
    const attempt = { ...visit, caseId: one.id };
    const refused = await cases().attempt(ross.worker, { ...attempt, services: [] }, command);
    expect(refused).toMatchObject({ code: 'ILLEGAL_TRANSITION', details: { reason: 'OPT_OUT_IN_DOUBT' } });
    const day = app.clock.now().toISOString().slice(0, 10);
    const plan = await ask<{ outreachPlan: Planned }>(
      `query ($id: ID!, $day: Date!) { outreachPlan(programId: $id, day: $day, latitude: 39, longitude: -83) {
         stops { case { id } } unlocated { id } held { id } } }`,
      { id: ross.programId, day },
    );
    const ids = (found: readonly { id: string }[] | undefined) => found?.map(({ id }) => id);
    expect(ids(plan.data?.outreachPlan.held)).toEqual(expect.arrayContaining([waiting.id, one.id, two.id]));
    expect(ids(plan.data?.outreachPlan.unlocated)).not.toContain(one.id);

    const optOuts = app.app.get(OptOutDecisionsService);
    done(await optOuts.decide(ross.worker, { caseId: one.id, isSameHome: true }, command));
    expect(await look(one.id)).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT', heldBecause: null });
    expect(await look((await at('412 N. Paint')).id)).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT' });
    done(await optOuts.decide(ross.worker, { caseId: two.id, isSameHome: false }, command));
    expect(await look(two.id)).toMatchObject({ state: 'OPEN', heldBecause: 'OPT_OUT_IN_DOUBT' });
    expect(await optOuts.decide(ross.worker, { caseId: one.id, isSameHome: false }, command)).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    done(await optOuts.decide(ross.worker, { caseId: two.id, isSameHome: false }, command));
    expect(await look(two.id)).toMatchObject({ state: 'OPEN', heldBecause: null, optedOutAddress: null });
    expect((await look((await at('412 N Paint St #2')).id))?.heldBecause).toBeNull();
    done(await cases().update(ross.worker, { caseId: two.id, address: home.address }, command));
    expect(await look(two.id)).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT' });
    app.clock.advance(8 * 24 * 60);
    await app.runDue();
    expect(await look(waiting.id)).toMatchObject({ state: 'CLOSED', endReason: 'OPT_OUT_UNDECIDED' });
  });
});

it('who is told dead is visited by nobody, also where somebody else tells of them alive a little later', async () => {
  const dead = await report({ ...named('Late'), isFatal: true, occurredAt: hoursAgo(9) });
  const alive = await report({ personId: await personOf(dead), occurredAt: hoursAgo(4) });
  expect(await rowOfReport(app, alive)).toMatchObject({ kind: 'SURVIVOR', state: 'CLOSED', endReason: 'DECEASED' });
  expect(await rowOfReport(app, dead)).toMatchObject({ kind: 'FAMILY', state: 'OPEN' });
});

it('whoever asks to be called back is in the plan from that day on, until somebody reaches them', async () => {
  const { id: caseId } = await rowOfReport(app, await report(named('Call')));
  const base = { caseId, channel: 'PHONE', services: [] as never[], leftBehind: 'NEVER' } as const;
  const callBackAt = hoursAgo(-48);
  const attempt = (traits: object) =>
    cases().attempt(ross.worker, { ...base, result: 'CALL_BACK', ...traits }, command);
  const faults = [
    [{ result: 'NO_ONE_HOME' }, 'input.channel'],
    [{ channel: 'VISIT', result: 'WRONG_NUMBER' }, 'input.channel'],
    [{ leftBehind: 'CONTACT_ONLY' }, 'input.leftBehind'],
    [{ result: 'ENGAGED', callBackAt }, 'input.callBackAt'],
    [{ callBackAt: hoursAgo(1) }, 'input.callBackAt'],
    [{ callBackAt: hoursAgo(-400) }, 'input.callBackAt'],
  ] as const;
  for (const [traits, field] of faults) expect(await attempt(traits)).toMatchObject({ details: { field } });
  done(await attempt({ callBackAt }));
  const ask = await app.as(ross.worker);
  const isPlanned = async (day: Date) => {
    const { data } = await ask<{ outreachPlan: Planned }>(
      `query ($id: ID!, $day: Date!) { outreachPlan(programId: $id, day: $day, latitude: 39, longitude: -83) { unlocated { id callBackAt } } }`,
      { id: ross.programId, day: day.toISOString().slice(0, 10) },
    );
    return data?.outreachPlan.unlocated.some(({ id }) => id === caseId);
  };
  const onDays = () => Promise.all([hoursAgo(-1), callBackAt, hoursAgo(-72)].map(isPlanned));
  expect(await onDays()).toEqual([false, true, true]);
  const [at, later] = [hoursAgo(0.5), hoursAgo(-72)];
  const told = [{ result: 'NO_ANSWER' }, { result: 'ENGAGED', at }, { at, callBackAt: later }, {}];
  for (const one of told) done(await attempt(one));
  expect(await onDays()).toEqual([false, true, true]);
  done(await attempt({ result: 'ENGAGED' }));
  expect(await onDays()).toEqual([false, false, false]);
});

import type { Actor } from '../../src/access';
import { buildAgency, buildStaff, type BuiltAgency } from '../builders/agencies';
import { buildOverdoseReport } from '../builders/overdoses';
import { nudgeDue, reachAt } from '../builders/nudges';
import { anExposure, buildLot } from '../builders/responders';
import { tell } from '../builders/surrenders';
import { openApp, type TestApp } from '../setup/app';
import { buildResponders, COUNTY, EXPOSURES, LEDGER, REQUESTS, STOCK } from '../setup/responders-world';

const DAY = 1440;

describe('those who respond', () => {
  let app: TestApp;
  let police: BuiltAgency;
  let cast: Record<string, Actor>;

  beforeAll(async () => {
    app = await openApp();
    ({ police, cast } = await buildResponders(app));
  });
  afterAll(() => app.close());

  const actor = (name: string): Actor => cast[name] as Actor;
  const does = async (name: string, command: string, input: object) => tell(await app.as(actor(name)), command, input);
  const asks = async <Data>(name: string, query: string) => (await app.as(actor(name)))<Data>(query);
  const exposuresOf = async (name: string) =>
    (await asks<{ exposures: { nodes: { id: string }[] } }>(name, EXPOSURES)).data?.exposures.nodes;
  const stockOf = async (name: string) =>
    (await asks<{ naloxoneStock: { usable: number; warnings: { kind: string }[] } }>(name, STOCK)).data?.naloxoneStock;
  /** What waits for somebody, as nudges tell it. */
  const waitingFor = async (name: string): Promise<{ kind: string; subjectId: string }[]> => {
    await app.runDue();
    await nudgeDue(app);
    type Waiting = { nudges: { nodes: { kind: string; subjectId: string }[] } };
    const { data } = await asks<Waiting>(name, '{ nudges(first: 20) { nodes { kind subjectId } } }');
    return data?.nudges.nodes ?? [];
  };
  const pass = async (minutes: number) => {
    app.clock.advance(minutes);
    await app.runDue();
  };

  it('are looked after when they were exposed, by the safety officer and nobody else', async () => {
    const reported = await does('officer', 'reportExposure', {
      ...anExposure({ substances: ['FENTANYL'], routes: ['INHALED'], symptoms: ['DIZZINESS'], naloxoneDoses: 1 }),
      countyFips: COUNTY,
    });
    expect(reported).toMatchObject({ code: null });
    const { id: exposureId } = reported;
    await does('handler', 'reportExposure', anExposure({ exposed: 'K9' }));

    expect(await exposuresOf('officer')).toMatchObject([
      { id: exposureId, exposed: 'RESPONDER', substances: ['FENTANYL'], state: 'REPORTED', county: { fips: COUNTY } },
    ]);
    expect(await exposuresOf('handler')).toMatchObject([{ exposed: 'K9' }]);
    expect(await exposuresOf('safety')).toMatchObject([{ exposed: 'K9' }, { id: exposureId }]);
    expect(await exposuresOf('safety of EMS')).toEqual([]);
    expect(await exposuresOf('custodian')).toEqual([]);
    for (const name of ['privacy', 'admin', 'analyst']) {
      expect((await asks(name, EXPOSURES)).errors[0]?.extensions['code']).toBe('FORBIDDEN');
    }

    expect(await does('handler', 'addToExposure', { exposureId, wentToHospital: true })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await does('officer', 'addToExposure', { exposureId })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await does('officer', 'addToExposure', { exposureId, wentToHospital: true })).toMatchObject({ code: null });
    expect(await does('officer', 'reviewExposure', { exposureId })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await does('safety', 'closeExposure', { exposureId, outcome: 'RECOVERED' })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    expect(await does('safety', 'reviewExposure', { exposureId })).toMatchObject({ code: null });
    const [after] = (await exposuresOf('officer')) ?? [];
    expect(after).toMatchObject({ state: 'REVIEWED', wentToHospital: true, symptoms: ['DIZZINESS'], isOverdue: false });
  });

  it('are on the trail of whoever looks after them, and not by name', async () => {
    const all = (await app.owner<{ id: string; action: string; role: string }>(
      `select id, action, role from audit_entry where agency_id = $1 and action ~* 'exposure'`,
      [police.id],
    )) as { id: string; action: string; role: string }[];
    type Trail = { auditTrail: { nodes: { id: string; action: string; role: string }[] } };
    const seen = (await asks<Trail>('privacy', '{ auditTrail(first: 100) { nodes { id action role } } }')).data
      ?.auditTrail.nodes;
    const told = seen?.filter(({ action }) => /exposure/i.test(action)) ?? [];
    expect(new Set(told.map(({ role }) => role))).toEqual(
      new Set(['SAFETY_OFFICER', 'PRIVACY_OFFICER', 'AGENCY_ADMIN']),
    );
    expect(told.map(({ action }) => action)).toContain('exposure.moved');
    const hidden = all.filter(({ id }) => !told.some((one) => one.id === id));
    expect(new Set(hidden.map(({ action }) => action))).toEqual(
      new Set('exposure.reported exposure.moved exposures addToExposure reviewExposure reportExposure'.split(' ')),
    );
    const proof = 'query($id: ID!) { auditProof(entryId: $id) { leaf } }';
    const { data } = await (await app.as(actor('privacy')))(proof, { id: hidden[0]?.id });
    expect(data).toEqual({ auditProof: null });
    const exported = JSON.stringify((await asks('privacy', '{ auditEvents(first: 100) { events } }')).data);
    for (const { id } of hidden) expect(exported).not.toContain(id);
  });

  it('have clocks that somebody answers for, and one that is late is a breach', async () => {
    await pass(DAY + 1);
    const [dog, officer] = (await exposuresOf('safety')) ?? [];
    expect([dog, officer]).toMatchObject([{ isOverdue: true }, { isOverdue: false }]);
    await does('safety', 'reviewExposure', { exposureId: dog?.id });
    const outcome = 'RECOVERED';
    expect(await does('safety', 'closeExposure', { exposureId: officer?.id, outcome })).toMatchObject({ code: null });
    expect((await exposuresOf('officer'))?.[0]).toMatchObject({ state: 'CLOSED', dueAt: null, outcome });
    expect(await does('officer', 'addToExposure', { exposureId: officer?.id, naloxoneDoses: 2 })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    const clocks = await app.owner<{ told: string }>(
      `select kind || ' ' || coalesce(ended_how, 'RUNNING') || ' ' || breach_count as told from clock
       where subject_id = any($1::uuid[]) order by told`,
      [[dog?.id, officer?.id]],
    );
    expect(clocks.map(({ told }) => told)).toEqual([
      'EXPOSURE_FOLLOWED_UP MET 0',
      'EXPOSURE_FOLLOWED_UP RUNNING 0',
      'EXPOSURE_REVIEWED BREACHED 1',
      'EXPOSURE_REVIEWED MET 0',
    ]);
  });

  it.each([
    [{ occurredAt: new Date(Date.now() + 9e9) }, 'INVALID_INPUT', 'input.occurredAt'],
    [{ occurredAt: new Date(0) }, 'INVALID_INPUT', 'input.occurredAt'],
    [{ countyFips: '99999' }, 'INVALID_INPUT', 'input.countyFips'],
    [{ substances: [] }, 'BAD_USER_INPUT', undefined],
    [{ naloxoneDoses: -1 }, 'BAD_USER_INPUT', undefined],
  ])('say what cannot be: %j', async (wrong, code, field) => {
    const told = await does('officer', 'reportExposure', { ...anExposure(), ...wrong });
    expect([told.code, told.field]).toEqual([code, field]);
  });

  it('have naloxone from whoever supplies it, use it, and are warned before it is gone', async () => {
    await buildLot(app, actor('supply'), { doses: 20, lotNumber: 'OLD', expiresOn: nextYear(0) });
    await buildLot(app, actor('supply'), { doses: 20, lotNumber: 'NEW' });
    const asked = { supplierId: actor('supply').agencyId, doses: 30 };
    for (const name of ['supply', 'safety']) await reachAt(app, actor(name));
    // What is kept elsewhere is not low here; whoever says how many they want keeps it here.
    expect(await stockOf('safety of EMS')).toMatchObject({ usable: 0, isKept: false, isLow: false, warnings: [] });
    await does('safety of EMS', 'setNaloxoneLevel', { lowAt: 5 });
    await app.runDue();
    const bare = { isKept: true, isLow: true, warnings: [{ kind: 'LOW', doses: 0, level: 5 }] };
    expect(await stockOf('safety of EMS')).toMatchObject(bare);
    const { id: requestId, code } = await does('safety', 'requestRestock', asked);
    expect(code).toBeNull();
    expect(await waitingFor('supply')).toContainEqual({ kind: 'RESTOCK_DUE', subjectId: requestId });
    expect(await does('officer', 'requestRestock', asked)).toMatchObject({ code: 'FORBIDDEN' });
    // The last one is of a kind that supplies, and nobody there could.
    for (const kind of ['SCHOOL', 'TREATMENT_PROVIDER', 'CHILD_SERVICES', 'PUBLIC_HEALTH'] as const) {
      const agency = await buildAgency(app.database, { kind, jurisdictions: [COUNTY] });
      await buildStaff(app.database, agency, kind === 'SCHOOL' ? 'SCHOOL_LIAISON' : 'AGENCY_ADMIN');
      const { id: supplierId } = agency;
      const refused = await does('safety', 'requestRestock', { ...asked, supplierId });
      expect(refused).toMatchObject({ code: 'INVALID_INPUT', field: 'input.supplierId' });
    }
    expect(await does('safety', 'sendRestock', { requestId, doses: 1 })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await does('safety of EMS', 'sendRestock', { requestId, doses: 1 })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await does('supply', 'sendRestock', { requestId, doses: 31 })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await does('supply', 'sendRestock', { requestId, doses: 28 })).toMatchObject({ code: null });
    expect(
      await tell(await app.as(actor('safety')), 'cancelRestock', { requestId }, { type: 'RestockInput' }),
    ).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await waitingFor('safety')).toContainEqual({ kind: 'RESTOCK_DUE', subjectId: requestId });
    const receives = async () =>
      tell(await app.as(actor('safety')), 'receiveRestock', { requestId }, { type: 'RestockInput' });
    expect(await receives()).toMatchObject({ code: null });
    expect(await receives()).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await stockOf('supply')).toMatchObject({ usable: 12 });
    // Gathered: another was told a moment ago.
    await pass(11);
    expect((await waitingFor('supply')).map(({ kind }) => kind)).toContain('STOCK_WARNED');
    expect(await stockOf('officer')).toMatchObject({ usable: 28, lowAt: 24, level: 24, isLow: false, isSpike: false });
    const requests = await asks('supply', REQUESTS);
    expect(requests.data).toMatchObject({
      restockRequests: { nodes: [{ state: 'RECEIVED', doses: 30, sentDoses: 28, isSpike: false }] },
    });

    const overdoseReportId = await buildOverdoseReport(app, actor('officer'), {
      person: { givenName: 'Canary', ageYears: 30 },
    });
    const use = { use: 'REVERSAL', doses: 4, overdoseReportId };
    expect(await does('officer', 'useNaloxone', use)).toMatchObject({ code: null });
    expect(await does('medic', 'useNaloxone', use)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await does('officer', 'useNaloxone', { ...use, use: 'K9' })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await does('officer', 'useNaloxone', { use: 'LEAVE_BEHIND', doses: 2 })).toMatchObject({ code: null });
    expect(await does('officer', 'useNaloxone', { use: 'TRAINING', doses: 50 })).toMatchObject({
      code: 'OUT_OF_STOCK',
    });
    await app.runDue();
    expect(await stockOf('safety')).toMatchObject({
      ...{ usable: 22, isLow: true },
      warnings: [{ kind: 'LOW', doses: 22, level: 24 }],
    });
  });

  it('are shown a ledger that ends at the report’s door: no id, no minute, no person', async () => {
    const ledger = await asks('safety', LEDGER);
    expect(ledger.data).toMatchObject({
      naloxoneMovements: {
        nodes: [
          {
            ...{ kind: 'USED', because: 'LEAVE_BEHIND', change: -2, onHand: 14, isOnReport: false },
            lot: { lotNumber: 'OLD' },
          },
          { kind: 'USED', because: 'REVERSAL', change: -4, onHand: 16, isOnReport: true },
          { kind: 'RECEIVED', change: 8, lot: { lotNumber: 'NEW' } },
          { kind: 'RECEIVED', change: 20, lot: { lotNumber: 'OLD' } },
        ],
      },
    });
    const [use] = await app.owner<{ report: string; person: string }>(
      `select m.overdose_report_id as report, r.person_id as person from naloxone_movement m
         join overdose_report r on r.id = m.overdose_report_id`,
    );
    expect(use?.person).toEqual(expect.any(String));
    for (const secret of [use?.report, use?.person]) expect(JSON.stringify(ledger)).not.toContain(secret);
    expect((await asks('officer', LEDGER)).errors[0]?.extensions['code']).toBe('FORBIDDEN');
    const byReport = await asks('safety', '{ overdoseReports { nodes { id } } }');
    expect(byReport.errors[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('are not forgotten where nobody answers: who asked is told, then the operator whose deadline it is', async () => {
    await reachAt(app, actor('operator'));
    const lonely = await buildAgency(app.database, { kind: 'EMS', jurisdictions: [COUNTY] });
    const last = await buildStaff(app.database, lonely, 'SAFETY_OFFICER');
    cast['lonely medic'] = await buildStaff(app.database, lonely, 'MEDIC');
    const { id: requestId, code } = await does('safety', 'requestRestock', { supplierId: lonely.id, doses: 1 });
    expect(code).toBeNull();
    await does('lonely medic', 'reportExposure', anExposure());
    await app.owner('update membership set ended_at = now() where id = $1', [last.membershipId]);
    const requested = { kind: 'RESTOCK_DUE', subjectId: requestId };
    const overdue = { kind: 'AGENCY_OVERDUE', subjectId: lonely.id };
    expect(await waitingFor('safety')).not.toContainEqual(requested);
    await pass(DAY + 1);
    expect(await waitingFor('safety')).toContainEqual(requested);
    expect(await waitingFor('operator')).not.toContainEqual(overdue);
    await pass(241);
    expect(await waitingFor('operator')).toContainEqual(overdue);
    const cancels = await tell(await app.as(actor('safety')), 'cancelRestock', { requestId }, { type: 'RestockInput' });
    expect(cancels).toMatchObject({ code: null });
  });

  it('need three times as much while a spike is open, and are told at once', async () => {
    await does('safety', 'setNaloxoneLevel', { lowAt: 20 });
    await app.runDue();
    expect(await stockOf('safety')).toMatchObject({ usable: 22, isLow: false, warnings: [] });

    const [alert] = await app.owner<{ id: string }>(
      `with alert as (insert into spike_alert (county_fips, opened_at, last_spike_at, peak_p, look_at)
         values ($1, now(), now(), 0.001, now() + interval '9 days') returning id, opened_at),
       told as (insert into spike_alert_party (agency_id, alert_id, side, opened_at) select $2, id, 'OWNING', opened_at from alert)
       insert into outbox_event (agency_id, name, subject_type, subject_id, payload)
         select $2, 'spike-alert.opened', 'SpikeAlert', id, '{}' from alert returning subject_id as id`,
      [COUNTY, police.id],
    );
    await app.runDue();
    await app.runDue();
    expect(await stockOf('officer')).toMatchObject({
      ...{ usable: 22, level: 60, isLow: true, isSpike: true },
      warnings: [{ kind: 'LOW_IN_SPIKE', doses: 22, level: 60 }],
    });
    const { id: requestId } = await does('safety', 'requestRestock', {
      supplierId: actor('supply').agencyId,
      doses: 40,
    });
    const requests = await asks('safety', REQUESTS);
    expect(requests.data).toMatchObject({ restockRequests: { nodes: [{ id: requestId, isSpike: true }, {}, {}] } });
    expect(await does('supply', 'sendRestock', { requestId, doses: 13 })).toMatchObject({ code: 'OUT_OF_STOCK' });
    const none = { requestId, because: 'NONE_TO_SPARE' };
    expect(await does('supply', 'declineRestock', none)).toMatchObject({ code: null });

    await app.owner(`update spike_alert set state = 'QUIET', closed_at = now(), look_at = null where id = $1`, [
      alert?.id,
    ]);
    await pass(61);
    expect(await stockOf('safety')).toMatchObject({ level: 20, isSpike: false, warnings: [] });
  });

  it('are warned of what runs out of its date, and throw it away', async () => {
    await pass(366 * DAY);
    expect(await stockOf('safety')).toMatchObject({ usable: 8, expired: 14 });
    expect((await stockOf('safety'))?.warnings.map(({ kind }) => kind).sort()).toEqual(['EXPIRED', 'LOW']);
    const { data } = await asks<{ naloxoneLots: { nodes: { id: string; isExpired: boolean }[] } }>(
      'safety',
      '{ naloxoneLots { nodes { id lotNumber onHand isExpired } } }',
    );
    const [old, young] = data?.naloxoneLots.nodes ?? [];
    expect([old?.isExpired, young?.isExpired]).toEqual([true, false]);
    const lotId = old?.id;
    // Left with somebody it has to be good.
    const left = { use: 'LEAVE_BEHIND', doses: 1, lotId };
    expect(await does('officer', 'useNaloxone', left)).toMatchObject({ code: 'INVALID_INPUT', field: 'input.lotId' });
    const discard = { lotId: young?.id, doses: 1, reason: 'EXPIRED' };
    expect(await does('safety', 'discardNaloxone', discard)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await does('safety', 'discardNaloxone', { ...discard, lotId, doses: 15 })).toMatchObject({
      code: 'OUT_OF_STOCK',
    });
    expect(await does('safety', 'discardNaloxone', { ...discard, lotId, doses: 14 })).toMatchObject({
      code: null,
    });
    const counted = { lotId: young?.id, doses: 25, reason: 'STOCK_TAKING' };
    expect(await does('safety', 'countNaloxone', counted)).toMatchObject({ code: null });
    await app.runDue();
    expect(await stockOf('safety')).toMatchObject({ usable: 25, expired: 0, warnings: [] });
    for (const [field, wrong] of [
      ['input.expiresOn', { expiresOn: '2020-01-01' }],
      ['input.expiresOn', { expiresOn: '2099-01-01' }],
      ['input.lotNumber', { lotNumber: 'John Smith' }],
    ] as const) {
      const box = { product: 'NASAL_4_MG', lotNumber: 'PAST', expiresOn: nextYear(366), doses: 2 };
      expect(await does('safety', 'receiveNaloxone', { ...box, ...wrong })).toMatchObject({
        ...{ code: 'INVALID_INPUT', field },
      });
    }
  });
});

/** A date that is past 366 days after the test began, and not within three months of it. */
const nextYear = (days: number): string => new Date(Date.now() + (360 + days) * 86_400_000).toISOString().slice(0, 10);

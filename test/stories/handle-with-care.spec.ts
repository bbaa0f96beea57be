import { noticeRules } from '../../src/safety/notice-rules';
import { sampleActor, sampleAgencies, type SampleUserName } from '../../src/sample';
import { buildAgency } from '../builders/agencies';
import { nudgeDue, reachAt } from '../builders/nudges';
import { tell, type Told } from '../builders/surrenders';
import { Region } from './region';

const NOTICES = `{ handleWithCareNotices { nodes { id childName ageYears grade school { name } sendingAgency { name } sentAt readAt } } }`;
const RECEIPTS = `{ handleWithCareReceipts { nodes { id dueAt readAt isOverdue school { id } } } }`;
interface Notices {
  readonly handleWithCareNotices: { readonly nodes: { readonly id: string; readonly readAt: string | null }[] };
}
interface Receipts {
  readonly handleWithCareReceipts: {
    readonly nodes: {
      readonly id: string;
      readonly dueAt: string;
      readonly readAt: string | null;
      isOverdue: boolean;
    }[];
  };
}

const MINUTES_A_DAY = 1440;

describe('a school is told to handle a child with care', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  const as = async (user: SampleUserName) => region.app.as(sampleActor(user));
  const tells = async (user: SampleUserName, name: string, input: object): Promise<Told> =>
    tell(await as(user), name, input);
  const reads = async <Data>(user: SampleUserName, query: string) => (await (await as(user))<Data>(query)).data;
  const notices = async () => (await reads<Notices>('school', NOTICES))?.handleWithCareNotices.nodes ?? [];
  const receipts = async () => (await reads<Receipts>('officer', RECEIPTS))?.handleWithCareReceipts.nodes ?? [];
  type Nudges = { readonly nudges: { readonly nodes: { readonly subjectId: string }[] } };
  const nudges = async () =>
    ((await reads<Nudges>('school', '{ nudges(first: 50) { nodes { subjectId } } }'))?.nudges.nodes ?? []).map(
      ({ subjectId }) => subjectId,
    );
  const child = (changes: object = {}) => ({
    schoolId: sampleAgencies.school.id,
    childName: 'Sample Child',
    ageYears: 8,
    ...changes,
  });
  /** Moves the clock to this hour of the school, on the next such weekday (1 = Monday). */
  const waitUntil = async (weekday: number, hour: number): Promise<void> => {
    const [row] = await region.app.owner<{ minutes: number }>(
      `select extract(epoch from t.at - t.now)::float8 / 60 as minutes from (
         select now() + $3::interval as now, (date_trunc('day', (now() + $3::interval) at time zone 'America/New_York')
           + make_interval(days => ($1 - extract(isodow from (now() + $3::interval) at time zone 'America/New_York')::int + 7) % 7, hours => $2))
           at time zone 'America/New_York' as at) t`,
      [weekday, hour, region.app.clock.interval()],
    );
    const minutes = Math.ceil(row?.minutes ?? 0);
    await region.wait(minutes < 0 ? minutes + 7 * MINUTES_A_DAY : minutes);
  };

  it('after a Sunday night, before Monday’s bell; siblings at their own schools', async () => {
    await waitUntil(7, 23);
    const sent = await tells('officer', 'sendHandleWithCare', child());
    expect(sent.code).toBeNull();
    const [receipt] = await receipts();
    const local = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'America/New_York',
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
    });
    // A holiday on that Monday puts it off to Tuesday.
    expect(local.format(new Date(receipt?.dueAt ?? 0))).toMatch(/^(Monday|Tuesday).* 08:00$/);
    expect(receipt).toMatchObject({ id: sent.id, readAt: null, isOverdue: false });

    const [notice, ...others] = await notices();
    expect(others).toEqual([]);
    expect(notice).toEqual({
      id: expect.any(String) as string,
      ...{ childName: 'Sample Child', ageYears: 8, grade: null, readAt: null },
      school: { name: sampleAgencies.school.name },
      sendingAgency: { name: sampleAgencies.police.name },
      sentAt: expect.any(String) as string,
    });
    const read = await (
      await as('school')
    )('mutation($id: ID!) { readHandleWithCare(id: $id) { ... on HandleWithCareNotice { readAt } } }', {
      id: notice?.id,
    });
    expect(read.errors).toEqual([]);
    expect((await receipts())[0]?.readAt).not.toBeNull();
  });

  it('and the sender is told where the bell has rung and nobody has read it', async () => {
    const { id } = await tells('officer', 'sendHandleWithCare', child({ ageYears: null, grade: 'GRADE_3' }));
    const mine = async () => (await receipts()).find((one) => one.id === id);
    expect(await mine()).toMatchObject({ isOverdue: false });
    await region.wait(4 * MINUTES_A_DAY);
    expect(await mine()).toMatchObject({ isOverdue: true });
  });

  it('by its own bells, where it has set them', async () => {
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, bells: ['07:15'] }));
    const set = await (
      await as('school')
    )(
      'mutation($input: SetSchoolCalendarInput!) { setSchoolCalendar(input: $input) { ... on Agency { id } ... on Refused { code } } }',
      { input: { weekly } },
    );
    expect(set.data).toEqual({ setSchoolCalendar: { id: sampleAgencies.school.id } });
    const { id } = await tells('officer', 'sendHandleWithCare', child());
    const due = (await receipts()).find((one) => one.id === id)?.dueAt ?? '';
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' });
    expect(local.format(new Date(due))).toBe('07:15');
    // Two answers to one question: nobody could tell which of them holds.
    const twice = await tells('school', 'setSchoolCalendar', { weekly: [weekly[0], weekly[0]] });
    expect(twice).toMatchObject({ code: 'INVALID_INPUT', field: 'input.weekly' });
    const day = { date: '2026-12-22', bells: ['10:00'] };
    const days = await tells('school', 'setSchoolCalendar', { weekly, days: [day, { ...day, bells: [] }] });
    expect(days).toMatchObject({ code: 'INVALID_INPUT', field: 'input.days' });
    // No bell would ever ring for what is sent.
    for (const never of [[], [{ weekday: 1, bells: [] }]]) {
      const refused = await tells('school', 'setSchoolCalendar', { weekly: never, days: [day] });
      expect(refused).toMatchObject({ code: 'INVALID_INPUT', field: 'input.weekly' });
    }
    const ever = await tells('school', 'setSchoolCalendar', {
      weekly,
      closed: [{ from: '2000-01-01', to: '2199-12-31' }],
    });
    expect(ever).toMatchObject({ code: 'INVALID_INPUT', field: 'input' });
    const now = region.app.clock.now().getTime();
    const onDay = (days: number) => new Date(now + days * MINUTES_A_DAY * 60_000).toISOString().slice(0, 10);
    const closed = [
      { from: onDay(-2), to: onDay(150) },
      { from: onDay(151), to: onDay(300) },
    ];
    const year = await tells('school', 'setSchoolCalendar', { weekly, closed });
    expect(year).toMatchObject({ code: 'INVALID_INPUT', field: 'input.closed' });
  });

  it.each([
    { weekly: {}, days: {}, closed: [] },
    { weekly: { '1': ['07:15'], '4': ['07:15'] }, days: {}, closed: [{ from: '2000-01-01', to: '2199-12-31' }] },
  ])('by those of most schools, where its own were stored without one that rings: %j', async (bells) => {
    const set = (to: object) =>
      region.app.owner<{ before: object }>(
        `update school_calendar c set bells = $2 from school_calendar o where o.agency_id = c.agency_id and c.agency_id = $1
         returning o.bells as before`,
        [sampleAgencies.school.id, JSON.stringify(to)],
      );
    const [kept] = await set(bells);
    const { id } = await tells('officer', 'sendHandleWithCare', child());
    await set(kept?.before ?? {});
    const due = (await receipts()).find((one) => one.id === id)?.dueAt ?? '';
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' });
    expect(local.format(new Date(due))).toBe('08:00');
  });

  it('and what waits for a bell follows the calendar that is set meanwhile', async () => {
    await waitUntil(2, 20);
    const set = (bell: string) =>
      tells('school', 'setSchoolCalendar', {
        weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, bells: [bell] })),
      });
    const { id } = await tells('officer', 'sendHandleWithCare', child());
    const mine = async () => (await receipts()).find((one) => one.id === id);
    const times = async () =>
      region.app.owner<{ local: string; isSame: boolean }>(
        `select to_char(c.due_at at time zone 'America/New_York', 'HH24:MI') as local, c.due_at = r.due_at as "isSame"
         from clock c join handle_with_care_receipt r on r.id = c.subject_id where c.subject_id = $1`,
        [id],
      );
    expect(await times()).toEqual([{ local: '07:15', isSame: true }]);
    // A delayed start.
    expect(await set('10:00')).toMatchObject({ code: null });
    expect(await times()).toEqual([{ local: '10:00', isSame: true }]);
    expect(await set('20:30')).toMatchObject({ code: null });
    expect(await times()).toEqual([{ local: '20:30', isSame: true }]);
    await region.wait(20);
    expect(await mine()).toMatchObject({ isOverdue: false });
    // The bell that rang ten minutes ago is told now: nobody had read it then.
    expect(await set('20:10')).toMatchObject({ code: null });
    expect(await mine()).toMatchObject({ isOverdue: true });
    // What is over stays as it was.
    expect(await set('07:15')).toMatchObject({ code: null });
    expect(await times()).toEqual([{ local: '20:10', isSame: true }]);
  });

  it.each([
    ['TN', '47093', 'America/New_York'],
    ['TX', '48141', 'America/Denver'],
  ])('by the clock of its own county, where the state is split: %s %s', async (state, fips, timeZone) => {
    const school = await buildAgency(region.app.database, { kind: 'SCHOOL', state, jurisdictions: [fips] });
    const { id } = await tells('officer', 'sendHandleWithCare', child({ schoolId: school.id }));
    const due = (await receipts()).find((one) => one.id === id)?.dueAt ?? '';
    expect(new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(new Date(due))).toBe('08:00');
  });

  it('and no more, once whoever sent it takes it back', async () => {
    await waitUntil(2, 20);
    const takesBack = async (user: SampleUserName, id: string) => {
      const document = `mutation($id: ID!) { takeBackHandleWithCare(id: $id) { ... on HandleWithCareReceipt { takenBackAt isOverdue } ... on Refused { code } } }`;
      const { data, errors } = await (await as(user))<Record<string, { code?: string }>>(document, { id });
      return errors[0]?.extensions['code'] ?? data?.['takeBackHandleWithCare']?.code ?? null;
    };
    await reachAt(region.app, sampleActor('school'));
    const { id } = await tells('officer', 'sendHandleWithCare', child());
    const [notice] = await notices();
    await nudgeDue(region.app);
    await region.app.runDue();
    expect(await nudges()).toContain(notice?.id);
    expect(await takesBack('school', id)).toBe('FORBIDDEN');
    expect(await takesBack('officer', id)).toBeNull();
    // That there was one is gone with it: at once to the school, and from the file with the next sweep.
    expect(await nudges()).not.toContain(notice?.id);
    await region.app.runDue();
    const trace = 'select 1 from nudge where subject_id = $1';
    expect(await region.app.owner(trace, [notice?.id])).toEqual([]);
    expect((await notices()).map((one) => one.id)).not.toContain(notice?.id);
    const read = 'mutation($id: ID!) { readHandleWithCare(id: $id) { ... on Refused { code } } }';
    const { data } = await (await as('school'))(read, { id: notice?.id });
    expect(data).toEqual({ readHandleWithCare: { code: 'NOT_FOUND' } });
    expect(await takesBack('officer', id)).toBe('ILLEGAL_TRANSITION');
    await region.wait(2 * MINUTES_A_DAY);
    expect((await receipts()).find((one) => one.id === id)).toMatchObject({ readAt: null, isOverdue: false });
    expect(await region.app.owner('select ended_how as how from clock where subject_id = $1', [id])).toEqual([
      { how: 'CANCELLED' },
    ]);
  });

  it.each([
    ['words about it', { childName: 'Sample Child; overdose at home (father)' }, 'BAD_USER_INPUT'],
    ['a sentence of letters alone', { childName: 'Sample Child’s father overdosed' }, 'INVALID_INPUT'],
    ['both age and grade', { grade: 'GRADE_3' }, 'INVALID_INPUT'],
    ['neither', { ageYears: null }, 'INVALID_INPUT'],
    ['an agency that is no school', { schoolId: sampleAgencies.hospital.id }, 'INVALID_INPUT'],
  ])('and never %s', async (_what, changes, code) => {
    expect(await tells('officer', 'sendHandleWithCare', child(changes))).toMatchObject({ code });
  });

  it('by police alone: any other sender would tell what it was', async () => {
    for (const user of ['medic', 'outreach', 'hospital', 'child-services', 'provider'] as const) {
      expect(await tells(user, 'sendHandleWithCare', child())).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('and it goes after its time at the school’s side; the receipt stays, without the child', async () => {
    const { length } = await receipts();
    await region.wait(30 * MINUTES_A_DAY);
    expect(await notices()).toEqual([]);
    expect(await region.app.owner('select 1 from handle_with_care_notice')).toEqual([]);
    expect(await region.app.owner(`select 1 from nudge where kind = 'SCHOOL_NOTICE'`)).toEqual([]);
    expect(await receipts()).toHaveLength(length);
    // What nobody can read any more waits for nobody.
    const clocks = await region.app.owner<{ how: string | null }>(
      `select distinct ended_how as how from clock where kind = 'NOTICE_READ' and ended_how is distinct from 'CANCELLED' order by 1`,
    );
    expect(clocks).toEqual([{ how: 'BREACHED' }, { how: 'MET' }]);
  });

  it('and it outlasts a long break of the school', async () => {
    const day = (days: number) =>
      new Date(region.app.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, bells: ['07:15'] }));
    const closed = [{ from: day(-1), to: day(34) }];
    expect((await tells('school', 'setSchoolCalendar', { weekly, closed })).code).toBeNull();
    await tells('officer', 'sendHandleWithCare', child());
    await region.wait(40 * MINUTES_A_DAY);
    expect(await notices()).toHaveLength(1);
    await region.wait(10 * MINUTES_A_DAY);
    expect(await notices()).toEqual([]);
  });

  it.each([
    ['ten days after the first bell after a break', '2027-01-04', '2027-01-14'],
    ['120 days after it was sent, where the bell comes later', '2027-05-01', '2027-03-30'],
    ['120 days after it was sent, where no bell is known', null, '2027-03-30'],
  ])('and goes %s', (_what, bell, expires) => {
    const on = (day: string) => new Date(`${day}T13:00:00Z`);
    const firstBell = bell === null ? null : on(bell);
    expect(noticeRules().expiresAt(on('2026-11-30'), on('2026-12-07'), firstBell)).toEqual(on(expires));
  });

  it('asks for help for the family, and learns no more of it than any sender outside treatment', async () => {
    const asked = await tells('school', 'submitReferral', {
      pathway: 'SCHOOL_REFERRAL',
      need: {
        substances: ['OPIOIDS'],
        lastUse: 'WITHIN_30_DAYS',
        currentMedications: [],
        payer: 'MEDICAID',
        countyFips: '54003',
      },
    });
    expect(asked.code).toBeNull();
    expect(await region.look('school', asked.id)).toMatchObject({
      id: asked.id,
      state: null,
      need: null,
      offers: null,
    });
  });
});

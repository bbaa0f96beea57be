import { sampleActor, sampleAgencies, type SampleUserName } from '../../src/sample';
import { nudgeDue, reachAt, toldAt } from '../builders/nudges';
import { tell, type Told } from '../builders/surrenders';
import { Region } from './region';

const CHECKS = ['IDENTITY', 'HOME_VISIT', 'CHILD_WELFARE_REGISTER', 'REFERENCES'];

describe('a child is found where something happened', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  const as = async (user: SampleUserName) => region.app.as(sampleActor(user));
  const tells = async (user: SampleUserName, name: string, input: object): Promise<Told> =>
    tell(await as(user), name, input);
  /** A command that takes an id. */
  const takes = async (name: string, id: string, type: string, user: SampleUserName = 'child-services') => {
    const document = `mutation($id: ID!) { ${name}(id: $id) { ... on ${type} { id } ... on Refused { code details } } }`;
    const { data, errors } = await (
      await as(user)
    )<Record<string, { code?: string; details?: unknown }>>(document, { id });
    return errors[0]?.extensions['code'] ?? data?.[name]?.code ?? null;
  };
  const report = (changes: object = {}) => ({
    childServicesId: sampleAgencies.childServices.id,
    schoolId: sampleAgencies.school.id,
    ...{ childName: 'Sample Child', ageYears: 5, place: 'Back room', concerns: ['SHUT_IN'], isInDanger: true },
    ...changes,
  });

  it('and child services are told at once, until one of them has it in hand', async () => {
    const told = async (user: SampleUserName): Promise<string[]> => toldAt(region.app, addresses.get(user) ?? '');
    const addresses = new Map<SampleUserName, string>();
    for (const user of ['child-services', 'school', 'officer'] as const) {
      addresses.set(user, await reachAt(region.app, sampleActor(user)));
    }
    await tells('officer', 'reportChild', report());
    await nudgeDue(region.app);
    expect(await told('child-services')).toEqual([
      expect.stringMatching(/^Something urgent waits for you in Handrail\./),
    ]);
    expect([...(await told('school')), ...(await told('officer'))]).toEqual([]);
    // An hour later nobody has it in hand: its owner is told once more.
    await region.wait(61);
    await nudgeDue(region.app);
    expect(await told('child-services')).toHaveLength(2);
    region.app.clock.advance(20);
    const { id } = await tells('officer', 'reportChild', report());
    expect(await takes('receiveChildReport', id, 'ChildReport')).toBeNull();
    await nudgeDue(region.app);
    expect(await told('child-services')).toHaveLength(2);
  });

  it('and goes to somebody who was vetted, and to nobody else', async () => {
    const { id: reportId, code } = await tells('officer', 'reportChild', report());
    expect(code).toBeNull();
    expect(await takes('receiveChildReport', reportId, 'ChildReport')).toBeNull();
    const propose = { reportId, name: 'Sample Aunt', relationship: 'AUNT_OR_UNCLE' };
    const { id: aunt } = await tells('child-services', 'proposeCaregiver', propose);
    const { id: friend } = await tells('child-services', 'proposeCaregiver', { ...propose, name: 'Sample Friend' });
    expect(await takes('placeChild', aunt, 'CaregiverCandidate')).toBe('ILLEGAL_TRANSITION');
    for (const candidateId of [aunt, friend]) {
      for (const checkKind of CHECKS) {
        const made = { candidateId, checkKind, result: 'PASSED' };
        expect(await tells('child-services', 'recordCaregiverCheck', made)).toMatchObject({ code: null });
      }
    }
    const failed = { candidateId: friend, checkKind: 'HOME_VISIT', result: 'FAILED' };
    expect(await tells('child-services', 'recordCaregiverCheck', failed)).toMatchObject({ code: null });
    expect(await takes('clearCaregiver', friend, 'CaregiverCandidate')).toBe('NOT_ELIGIBLE');
    expect(await takes('clearCaregiver', aunt, 'CaregiverCandidate')).toBeNull();
    expect(await takes('placeChild', aunt, 'CaregiverCandidate')).toBeNull();

    await tells('child-services', 'recordCaregiverCheck', { ...failed, result: 'PASSED' });
    expect(await takes('clearCaregiver', friend, 'CaregiverCandidate')).toBeNull();
    expect(await takes('placeChild', friend, 'CaregiverCandidate')).toBe('ALREADY_EXISTS');

    const asked = `{ childReports { nodes { state childName place school { name } candidates { name state history { byName command checkKind result } } } } }`;
    const { data } = await (
      await as('child-services')
    )<{ childReports: { nodes: { candidates: { history: unknown[] }[] }[] } }>(asked);
    expect(data?.childReports.nodes[0]).toMatchObject({
      ...{
        state: 'RECEIVED',
        childName: 'Sample Child',
        place: 'Back room',
        school: { name: sampleAgencies.school.name },
      },
      candidates: [
        { name: 'Sample Aunt', state: 'PLACED' },
        { name: 'Sample Friend', state: 'CLEARED' },
      ],
    });
    expect(data?.childReports.nodes[0]?.candidates[0]?.history.at(-1)).toMatchObject({
      ...{ byName: 'Sample child-services worker', command: 'place', checkKind: null },
    });
    // When a placement ends, whoever had the child is vetted anew.
    expect(await takes('endPlacement', aunt, 'CaregiverCandidate')).toBeNull();
    expect(await takes('clearCaregiver', aunt, 'CaregiverCandidate')).toBe('NOT_ELIGIBLE');
    const closes = (outcome: string) => tells('child-services', 'closeChildReport', { reportId, outcome });
    expect(await closes('PLACED')).toMatchObject({ code: 'INVALID_INPUT', field: 'input.outcome' });
    expect(await takes('placeChild', friend, 'CaregiverCandidate')).toBeNull();
    expect(await closes('SAFE_AT_HOME')).toMatchObject({ code: 'INVALID_INPUT', field: 'input.outcome' });
    expect(await closes('PLACED')).toMatchObject({ code: null });
    expect(await takes('endPlacement', friend, 'CaregiverCandidate')).toBeNull();
  });

  /** A report in hand, and a child with somebody of whom all has passed. */
  const placed = async (): Promise<{ reportId: string; candidateId: string }> => {
    const { id: reportId } = await tells('officer', 'reportChild', report());
    await takes('receiveChildReport', reportId, 'ChildReport');
    const propose = { reportId, name: 'Sample Aunt', relationship: 'AUNT_OR_UNCLE' };
    const { id: candidateId } = await tells('child-services', 'proposeCaregiver', propose);
    for (const checkKind of CHECKS) {
      await tells('child-services', 'recordCaregiverCheck', { candidateId, checkKind, result: 'PASSED' });
    }
    expect(await takes('clearCaregiver', candidateId, 'CaregiverCandidate')).toBeNull();
    expect(await takes('placeChild', candidateId, 'CaregiverCandidate')).toBeNull();
    return { reportId, candidateId };
  };
  const seen = async (reportId: string) => {
    const asked = '{ childReports(first: 100) { nodes { id state outcome attention candidates { state } } } }';
    type Reports = { childReports: { nodes: { id: string }[] } };
    const { data } = await (await as('child-services'))<Reports>(asked);
    return data?.childReports.nodes.find(({ id }) => id === reportId);
  };

  it('and is never with nobody unseen: a closed report is in hand again when the placement ends', async () => {
    const { reportId, candidateId } = await placed();
    const closes = (outcome: string) => tells('child-services', 'closeChildReport', { reportId, outcome });
    expect(await closes('PLACED')).toMatchObject({ code: null });
    const address = await reachAt(region.app, sampleActor('child-services'));
    const before = (await toldAt(region.app, address)).length;
    expect(await takes('endPlacement', candidateId, 'CaregiverCandidate')).toBeNull();
    expect(await seen(reportId)).toMatchObject({ state: 'RECEIVED', outcome: null, attention: 'NO_PLACE' });
    region.app.clock.advance(20);
    await nudgeDue(region.app);
    expect(await toldAt(region.app, address)).toHaveLength(before + 1);
    const clock = async () =>
      (
        await region.app.owner('select ended_how as how from clock where subject_id = $1 and kind = $2', [
          reportId,
          'CHILD_SETTLED',
        ])
      )[0];
    expect(await clock()).toEqual({ how: null });
    expect(await closes('PLACED')).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await closes('SAFE_AT_HOME')).toMatchObject({ code: null });
    expect(await seen(reportId)).toMatchObject({ state: 'CLOSED', attention: null });
    expect(await clock()).toEqual({ how: 'MET' });
  });

  it('and with nobody of whom a check has failed since, unseen', async () => {
    const { reportId, candidateId } = await placed();
    const closes = (outcome: string) => tells('child-services', 'closeChildReport', { reportId, outcome });
    expect(await closes('SERVICES')).toMatchObject({ code: null });
    const check = (result: string) =>
      tells('child-services', 'recordCaregiverCheck', { candidateId, checkKind: 'HOME_VISIT', result });
    expect(await check('PASSED')).toMatchObject({ code: null });
    expect(await seen(reportId)).toMatchObject({ state: 'CLOSED', attention: null });
    expect(await check('FAILED')).toMatchObject({ code: null });
    const raised = { state: 'RECEIVED', attention: 'CHECK_NOT_PASSED', candidates: [{ state: 'PLACED' }] };
    expect(await seen(reportId)).toMatchObject(raised);
    for (const outcome of ['PLACED', 'SERVICES']) expect(await closes(outcome)).toMatchObject({ code: 'NOT_ELIGIBLE' });
    expect(await check('PASSED')).toMatchObject({ code: null });
    expect(await seen(reportId)).toMatchObject({ state: 'RECEIVED', attention: null });
    await check('INCONCLUSIVE');
    expect(await takes('endPlacement', candidateId, 'CaregiverCandidate')).toBeNull();
    expect(await seen(reportId)).toMatchObject({ attention: 'NO_PLACE' });
    expect(await closes('SERVICES')).toMatchObject({ code: null });
  });

  it('and nobody is placed once child services are done with it', async () => {
    const { id: reportId } = await tells('officer', 'reportChild', report());
    await takes('receiveChildReport', reportId, 'ChildReport');
    const propose = { reportId, name: 'Sample Aunt', relationship: 'AUNT_OR_UNCLE' };
    const { id: candidateId } = await tells('child-services', 'proposeCaregiver', propose);
    for (const checkKind of CHECKS) {
      await tells('child-services', 'recordCaregiverCheck', { candidateId, checkKind, result: 'PASSED' });
    }
    expect(await takes('clearCaregiver', candidateId, 'CaregiverCandidate')).toBeNull();
    await tells('child-services', 'closeChildReport', { reportId, outcome: 'SAFE_AT_HOME' });
    expect(await takes('placeChild', candidateId, 'CaregiverCandidate')).toBe('ILLEGAL_TRANSITION');
  });

  it('whoever reported sees that it was received, and nothing of the child', async () => {
    const { id } = await tells('medic', 'reportChild', report());
    await takes('receiveChildReport', id, 'ChildReport');
    const { data } = await (
      await as('medic')
    )('{ childReports { nodes { id receivedAt state childName place concerns candidates { id } } } }');
    expect(data).toEqual({
      childReports: {
        nodes: [
          {
            ...{ id, receivedAt: expect.any(String) as string },
            ...{ state: null, childName: null, place: null, concerns: null, candidates: null },
          },
        ],
      },
    });
    expect(await takes('receiveChildReport', id, 'ChildReport', 'medic')).toBe('FORBIDDEN');
  });

  it.each([
    [{ childServicesId: sampleAgencies.hospital.id }, 'INVALID_INPUT'],
    [{ schoolId: sampleAgencies.hospital.id }, 'INVALID_INPUT'],
    [{ concerns: [] }, 'BAD_USER_INPUT'],
  ])('is not reported wrongly: %j', async (changes, code) => {
    expect(await tells('officer', 'reportChild', report(changes))).toMatchObject({ code });
  });

  it('is told to nobody else: a school, an analyst or an admin has no report', async () => {
    for (const user of ['school', 'analyst', 'admin', 'privacy', 'platform-admin'] as const) {
      const { errors } = await (await as(user))('{ childReports { nodes { id } } }');
      expect({ user, code: errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' });
    }
  });

  it('and whoever was refused before is known again by the same agency; a closed report is taken up again', async () => {
    const inHand = async (): Promise<string> => {
      const { id } = await tells('officer', 'reportChild', report());
      await takes('receiveChildReport', id, 'ChildReport');
      return id;
    };
    const named = async (reportId: string, name: string) =>
      (await tells('child-services', 'proposeCaregiver', { reportId, name, relationship: 'AUNT_OR_UNCLE' })).id;
    const earlierOf = async (reportId: string) => {
      const query = '{ childReports { nodes { id candidates { earlier { command checkKind result byName } } } } }';
      const { data } = await (
        await as('child-services')
      )<{ childReports: { nodes: { id: string; candidates: { earlier: object[] }[] }[] } }>(query);
      return data?.childReports.nodes.find(({ id }) => id === reportId)?.candidates.map(({ earlier }) => earlier);
    };
    const first = await inHand();
    const candidateId = await named(first, 'Íngrid Sample-Forget');
    await tells('child-services', 'recordCaregiverCheck', { candidateId, checkKind: 'HOME_VISIT', result: 'FAILED' });
    expect(await takes('rejectCaregiver', candidateId, 'CaregiverCandidate')).toBeNull();
    expect(await earlierOf(first)).toEqual([[]]);
    const second = await inHand();
    await named(second, 'SAMPLE FORGET, Ingrid');
    await named(second, 'Ingrid Sample');
    const bob = await named(first, 'Bob Sample-Reyes');
    expect(await takes('rejectCaregiver', bob, 'CaregiverCandidate')).toBeNull();
    await named(second, 'SAMPLE REYES, Robert');
    expect(await earlierOf(second)).toMatchObject([
      [
        { command: 'check', checkKind: 'HOME_VISIT', result: 'FAILED', byName: expect.any(String) as string },
        { command: 'reject', checkKind: null, result: null },
      ],
      [],
      [{ command: 'reject' }],
    ]);

    expect(await takes('reopenChildReport', second, 'ChildReport')).toBe('ILLEGAL_TRANSITION');
    await tells('child-services', 'closeChildReport', { reportId: second, outcome: 'SERVICES' });
    expect(await takes('reopenChildReport', second, 'ChildReport', 'officer')).toBe('FORBIDDEN');
    expect(await takes('reopenChildReport', second, 'ChildReport')).toBeNull();
    await named(second, 'Another Aunt');
    expect(await earlierOf(second)).toHaveLength(4);
  });
});

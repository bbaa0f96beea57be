import { createHash } from 'node:crypto';
import { sampleActor, type SampleUserName } from '../../src/sample';
import { buildBag, slipOf, tell, type Told } from '../builders/surrenders';
import { readPdfs, type ReadPdf } from '../setup/read-pdfs';
import { custodyReportPdf } from '../../src/surrenders/custody-report-pdf';
import { Region } from './region';

const asksForHelp = {
  pathway: 'SELF_REFERRAL',
  person: { givenName: 'Sample', familyName: 'Person-Lobby', ageYears: 31, sex: 'MALE' },
  need: {
    substances: ['OPIOIDS', 'ALCOHOL'],
    lastUse: 'WITHIN_24_HOURS',
    currentMedications: [],
    payer: 'MEDICAID',
    countyFips: '39141',
    wantedMedication: null,
  },
};

describe('a person hands over drugs and asks for help', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  const as = async (user: SampleUserName) => region.app.as(sampleActor(user));
  const tells = async (user: SampleUserName, name: string, input: object): Promise<Told> =>
    tell(await as(user), name, input);
  const reads = async <Data>(user: SampleUserName, query: string, variables = {}): Promise<Data | null> =>
    (await (await as(user))<Data>(query, variables)).data;

  it('is shown the promise first, in their language', async () => {
    const asked =
      'query($language: String!) { noArrestPromise(language: $language) { version language promise exclusions { code text } hash } }';
    const answer = await reads<{ noArrestPromise: { version: string; exclusions: unknown[] } }>('officer', asked, {
      language: 'es',
    });
    expect(answer?.noArrestPromise).toMatchObject({ version: 'no-arrest/DEFAULT/1/es', language: 'es' });
    expect(answer?.noArrestPromise.exclusions.length).toBeGreaterThan(3);
    for (const language of ['tlh', 'constructor', 'toString', '__proto__']) {
      const { errors } = await (await as('officer'))(asked, { language });
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', remedy: 'Send one of: en, es.' });
    }
  });

  const alertsOf = async (id: string) =>
    (
      await reads<{ surrender: { alerts: { id: string; kind: string; position: number; finding: string | null }[] } }>(
        'custodian',
        'query($id: ID!) { surrender(id: $id) { alerts { id kind position finding } } }',
        { id },
      )
    )?.surrender.alerts ?? [];
  const answerAll = async (surrenderId: string, finding: string): Promise<void> => {
    for (const { id: alertId, finding: found } of await alertsOf(surrenderId)) {
      if (found === null || found === 'UNDER_INVESTIGATION') {
        expect(await tells('custodian', 'answerCustodyAlert', { alertId, finding })).toMatchObject({ code: null });
      }
    }
  };

  it.each([
    [{ promiseVersion: 'no-arrest/DEFAULT/0/en' }, 'input.promiseVersion'],
    [{ promiseVersion: 'no-arrest/OH/1/en' }, 'input.promiseVersion'],
    [{ isPromiseShown: false }, 'input.isPromiseShown'],
  ])('and nothing changes hands before: %j', async (changes, field) => {
    const told = await tells('officer', 'openSurrender', buildBag(changes));
    expect(told).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  it('walks from the lobby into treatment, and the bag to the furnace', async () => {
    // The referral starts at once: like any other, in a request of its own.
    const referral = await tells('officer', 'submitReferral', asksForHelp);
    expect(referral.code).toBeNull();
    const secret = 'ab'.repeat(32);
    const bag = buildBag({ slip: slipOf(secret, referral.id) });
    const { id: surrenderId, code } = await tells('officer', 'openSurrender', bag);
    expect(code).toBeNull();

    // Two officers: the same one cannot sign twice.
    expect(await tells('officer', 'countersignSurrender', { surrenderId })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await tells('officer', 'releaseCustody', { surrenderId, place: 'Lobby' })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    expect(await tells('officer-two', 'countersignSurrender', { surrenderId })).toMatchObject({ code: null });

    const seen = await reads<{ surrender: Record<string, unknown> }>(
      'officer',
      'query($id: ID!) { surrender(id: $id) { id state shift receivedOn openedAt propertyNumber events { byName } withheld { field reason } } }',
      { id: surrenderId },
    );
    expect(seen?.surrender).toMatchObject({
      id: surrenderId,
      state: 'HELD',
      openedAt: null,
      propertyNumber: null,
      events: null,
    });

    const { sealNumber, sealedGrossWeightGrams } = bag;
    const found = { surrenderId, sealNumber, sealedGrossWeightGrams };
    expect(await tells('officer', 'releaseCustody', { surrenderId, place: 'Lobby' })).toMatchObject({ code: null });
    expect(await tells('officer', 'receiveCustody', { ...found, place: 'Property room' })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await tells('custodian', 'receiveCustody', { ...found, place: 'Property room' })).toMatchObject({
      code: null,
    });
    const early = { surrenderId, findings: ['FENTANYL'] };
    expect(await tells('custodian', 'recordLaboratoryResult', early)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await tells('custodian', 'releaseCustody', { surrenderId, place: 'Property room' })).toMatchObject({
      code: null,
    });
    const toLab = {
      ...found,
      place: 'Counter 2',
      laboratory: 'Sample state laboratory',
      receivedByName: 'Sample chemist',
    };
    const lighter = { ...toLab, sealedGrossWeightGrams: 11.9 };
    expect(
      await tells('custodian', 'receiveAtLaboratory', {
        ...lighter,
        receivedByName: ' sample  keeper of the Property Room ',
      }),
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect(await tells('custodian', 'receiveAtLaboratory', lighter)).toMatchObject({ code: null });
    const nothing = { surrenderId, findings: ['FENTANYL', 'NO_CONTROLLED_SUBSTANCE'] };
    expect(await tells('custodian', 'recordLaboratoryResult', nothing)).toMatchObject({ code: 'INVALID_INPUT' });
    const result = { surrenderId, findings: ['FENTANYL', 'XYLAZINE'], reference: 'L-77' };
    expect(await tells('custodian', 'recordLaboratoryResult', result)).toMatchObject({ code: null });
    const anew = { surrenderId, sealNumber: 'LAB-1', sealedGrossWeightGrams: 11.2 };
    const back = { ...anew, place: 'Counter 2', releasedByName: 'Sample chemist' };
    for (const sealNumber of ['none', 'missing', 'Sample Person']) {
      const unsealed = await tells('custodian', 'releaseFromLaboratory', { ...back, sealNumber });
      expect([sealNumber, unsealed]).toMatchObject([sealNumber, { code: 'BAD_USER_INPUT' }]);
    }
    expect(await tells('custodian', 'releaseFromLaboratory', back)).toMatchObject({ code: null });
    expect(await tells('custodian', 'receiveCustody', { ...anew, place: 'Property room' })).toMatchObject({
      code: null,
    });
    const late = { surrenderId, findings: ['MEDETOMIDINE'], reference: 'L-78' };
    expect(await tells('custodian', 'recordLaboratoryResult', late)).toMatchObject({ code: null });
    const toFurnace = { ...anew, place: 'Furnace' };
    expect(await tells('custodian', 'proposeDestruction', toFurnace)).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: {
        alerts: [
          { kind: 'WEIGHT_DIFFERS', position: 6 },
          { kind: 'WEIGHT_DIFFERS', position: 8 },
        ],
      },
    });
    await answerAll(surrenderId, 'EXPLAINED');
    expect(await tells('custodian', 'proposeDestruction', toFurnace)).toMatchObject({ code: null });
    expect(await tells('custodian', 'recordLaboratoryResult', late)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const seenBurning = { surrenderId, place: 'Furnace', method: 'incinerated' };
    expect(await tells('custodian', 'witnessDestruction', seenBurning)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await tells('officer', 'witnessDestruction', seenBurning)).toMatchObject({ code: null });
    expect(await tells('officer', 'witnessDestruction', seenBurning)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await tells('officer-two', 'witnessDestruction', seenBurning)).toMatchObject({ code: null });

    const record = await reads<{ surrender: { events: { command: string }[]; alerts: unknown[] } }>(
      'custodian',
      `query($id: ID!) { surrender(id: $id) { state propertyNumber description laboratory promiseVersion openedAt
         events { position command byName otherName place sealedGrossWeightGrams findings } alerts { kind position } } }`,
      { id: surrenderId },
    );
    expect(record?.surrender).toMatchObject({
      state: 'DESTROYED',
      propertyNumber: bag.propertyNumber,
      description: 'One bag, white powder',
      laboratory: 'Sample state laboratory',
      promiseVersion: 'no-arrest/DEFAULT/1',
      alerts: [
        { kind: 'WEIGHT_DIFFERS', position: 6 },
        { kind: 'WEIGHT_DIFFERS', position: 8 },
      ],
    });
    expect(record?.surrender.events.map(({ command }) => command)).toEqual([
      ...['open', 'countersign', 'release', 'receive', 'release', 'receiveAtLaboratory', 'recordResult'],
      ...[
        'releaseFromLaboratory',
        'receive',
        'recordResult',
        'proposeDestruction',
        'witnessDestruction',
        'witnessDestruction',
      ],
    ]);

    await onPaper(surrenderId, bag.propertyNumber);

    // The person alone can show that the two belong together.
    const check = 'query($id: ID!, $slip: String!) { surrenderSlip(surrenderId: $id, slip: $slip) { isMatch } }';
    const isMatch = async (slip: string) =>
      (await reads<{ surrenderSlip: { isMatch: boolean } }>('custodian', check, { id: surrenderId, slip }))
        ?.surrenderSlip.isMatch;
    expect(await isMatch(slipOf(secret, referral.id))).toBe(true);
    expect(await isMatch(slipOf('cd'.repeat(32), referral.id))).toBe(false);
    expect(await isMatch('short')).toBe(false);

    expect(await region.take('provider', 'recordArrival', { id: referral.id })).toMatchObject({ code: null });
    expect(await region.take('provider', 'admitPerson', { id: referral.id })).toMatchObject({ code: null });
    expect(await region.look('provider', referral.id)).toMatchObject({ state: 'ADMITTED' });
  });

  const REPORT = 'query($id: ID!) { custodyReport(surrenderId: $id) { pdf sha256 madeAt } }';
  /** The keeper prints it: every step, in real text, in order; nobody else may, and no person is in it. */
  const onPaper = async (surrenderId: string, propertyNumber: string): Promise<void> => {
    const asked = await reads<{ custodyReport: { pdf: string; sha256: string } }>('custodian', REPORT, {
      id: surrenderId,
    });
    const { custodyReport } = asked as NonNullable<typeof asked>;
    const bytes = Buffer.from(custodyReport.pdf, 'base64');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(custodyReport.sha256);
    const [pdf] = (await readPdfs([custodyReport.pdf])) as [ReadPdf];
    expect(pdf).toMatchObject({ language: 'en', isTagged: true, showsTitle: true });
    expect(pdf.title).toContain(propertyNumber);
    const text = pdf.pages.map((page) => page.text).join(' ');
    const steps = [
      '1. Taken in',
      '2. Countersigned',
      '7. Result of the laboratory',
      'Fentanyl, Xylazine',
      'L-77',
      '12. Destr',
    ];
    const places = steps.map((step) => text.indexOf(step));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(text).toMatch(/Step 6: The sealed gross weight is not the one on record.*Looked into; explained/);
    expect(text).toContain('Sample officer, second');
    // The foot of a page is not read aloud, and is all that is not.
    expect(pdf.pages.length).toBeGreaterThan(1);
    for (const { untold, roles } of pdf.pages) {
      expect(untold).toBe('');
      expect(new Set(roles).has('P')).toBe(true);
    }
    for (const secret of ['Person-Lobby', 'SELF_REFERRAL']) expect(text).not.toContain(secret);
    const byOfficer = await (await as('officer'))(REPORT, { id: surrenderId });
    expect(byOfficer.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    const none = await (await as('custodian'))(REPORT, { id: '00000000-0000-4000-8000-000000000000' });
    expect(none.data).toEqual({ custodyReport: null });
  };

  it('prints every letter of a name, or its number where there is no font for it', async () => {
    const parts = [{ title: 'Stępień', text: ['Łukasz Ω Ђ 阮'], entries: [{ head: 'Ngọc', body: ['O’Neill'] }] }];
    const bytes = await custodyReportPdf({ title: 'Report', madeAt: new Date(0), parts });
    const [pdf] = (await readPdfs([bytes.toString('base64')])) as [ReadPdf];
    const text = pdf.pages.map((page) => page.text.replace(/\s+/g, '')).join('');
    for (const printed of ['Stępień', 'ŁukaszΩЂ[U+962E]', 'Ngọc', 'O’Neill']) expect(text).toContain(printed);
  });

  it('and a bag that a laboratory gives back without a result is looked into', async () => {
    const bag = buildBag();
    const { id: surrenderId } = await tells('officer', 'openSurrender', bag);
    await tells('officer-two', 'countersignSurrender', { surrenderId });
    const { sealNumber, sealedGrossWeightGrams } = bag;
    const seal = { surrenderId, sealNumber, sealedGrossWeightGrams, place: 'Counter 2' };
    expect(await tells('officer', 'releaseCustody', { surrenderId, place: 'Lobby' })).toMatchObject({ code: null });
    const to = { ...seal, laboratory: 'Sample state laboratory', receivedByName: 'Sample chemist' };
    expect(await tells('custodian', 'receiveAtLaboratory', to)).toMatchObject({ code: null });
    const back = { ...seal, releasedByName: 'Sample chemist' };
    expect(await tells('custodian', 'releaseFromLaboratory', back)).toMatchObject({ code: null });
    const record = await reads('custodian', 'query($id: ID!) { surrender(id: $id) { alerts { kind position } } }', {
      id: surrenderId,
    });
    expect(record).toEqual({ surrender: { alerts: [{ kind: 'RESULT_OVERDUE', position: 4 }] } });
  });

  it('may be nobody at all: what is left without a person is taken in like anything else', async () => {
    const { id, code } = await tells('officer', 'openSurrender', buildBag({ place: 'Drop box' }));
    expect({ code, isThere: id !== '' }).toEqual({ code: null, isThere: true });
  });

  it('is asked for by itself: no document names a surrender beside a referral', async () => {
    const { data, errors } = await (
      await as('officer')
    )('{ surrender(id: "00000000-0000-4000-8000-000000000000") { id } referrals { nodes { id } } }');
    expect(data).toBeNull();
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'surrender' });
  });

  it('uses no property number twice, also at once', async () => {
    const bags = Array.from({ length: 4 }, () => buildBag({ propertyNumber: 'P-2X' }));
    const told = await Promise.all(bags.map((bag) => tells('officer', 'openSurrender', bag)));
    expect(told.map(({ code }) => code).sort()).toEqual(
      ['ALREADY_EXISTS', 'ALREADY_EXISTS', 'ALREADY_EXISTS', null].sort(),
    );
  });

  it('answers a repeated request as it did, and another under its key with a refusal', async () => {
    const officer = await as('officer');
    const [bag, key] = [buildBag(), 'one-key-for-one-bag'];
    const first = await tell(officer, 'openSurrender', bag, { key });
    expect(await tell(officer, 'openSurrender', bag, { key })).toEqual(first);
    expect(await tell(officer, 'openSurrender', { ...bag, place: 'Lot' }, { key })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('is nobody else’s: no other role and no other agency reads the property room', async () => {
    const { id } = await tells('officer', 'openSurrender', buildBag());
    const query = '{ surrenders { nodes { id } } }';
    for (const user of [
      'officer',
      'privacy',
      'coordinator',
      'provider',
      'analyst',
      'school',
      'platform-admin',
    ] as const) {
      const { errors } = await (await as(user))(query);
      expect({ user, code: errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' });
    }
    expect(await reads('custodian', 'query($id: ID!) { surrender(id: $id) { id } }', { id })).toMatchObject({
      surrender: { id },
    });
    const { errors } = await (await as('custodian'))('{ referrals { nodes { id } } }');
    expect(errors[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

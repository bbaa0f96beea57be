import type { Actor } from '../../src/access';
import { OutboxFeed } from '../../src/platform/outbox/outbox-feed';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { buildStaff } from '../builders/agencies';
import { buildReferral, buildRegion, done, offerAt, type Program, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { everythingOf } from '../setup/everything-readable';
import { LiveClient, listenTo, pause } from '../setup/live-client';

const news = 'subscription { bedBoardChanged { id staffed occupied held available attestedAt isFresh } }';
const need = {
  pathway: 'FIRST_RESPONDER_REFERRAL',
  ageYears: 34,
  substances: ['OPIOIDS'],
  currentMedications: [],
  lastUse: 'WITHIN_30_DAYS',
  latitude: 39.33,
  longitude: -82.98,
};
const command = { name: 'test' };
/** So many that the minutes of the test do not show in the chance to find one free. */
const STAFFED = 50;

/** Whoever sent a referral may ask for room as often as it likes: an admission must not move a figure, nor make one heard. */
describe('the bed board behind the one-way valve', () => {
  let app: TestApp;
  let region: Region;
  let program: Program;
  beforeAll(async () => {
    app = await openApp();
    await listenTo(app.app);
    // The second is full, so that matching has to say why it is left out.
    region = await buildRegion(app, [{ staffed: STAFFED }, { staffed: 0 }]);
    program = region.programs[0] as Program;
  });
  afterAll(() => app.close());

  const follow = async (actor: Actor): Promise<LiveClient> => {
    const client = await LiveClient.signedIn(app.app, await app.tokenOf(actor));
    await client.subscribe(news);
    return client;
  };
  /** More than the pace of the board, so that nothing is still on its way. */
  const feed = async (): Promise<void> => {
    await app.app.get(OutboxFeed).advance();
    await pause(1_300);
  };
  /** Everything that can be read about room; how old the census is left out. */
  const roomAsSeenBy = async (actor: Actor): Promise<unknown> => {
    const pool = everythingOf('BedPool', 2);
    const { data, errors } = await (
      await app.as(actor)
    )(
      `query ($pool: ID!, $program: ID!, $need: MatchNeedInput!) {
        bedPool(id: $pool) { ${pool} } program(id: $program) { bedPools { ${pool} } } bedBoard(first: 10) { nodes { ${pool} } }
        matchPrograms(need: $need) { ... on ProgramMatches {
          considered removedByRule { rule programs }
          matches { score distanceKm terms { name value because } pool { ${pool} } } } }
      }`,
      { pool: program.pool.id, program: program.pool.programId, need },
    );
    expect(errors).toEqual([]);
    expect(data?.['matchPrograms']).toMatchObject({ matches: [{ pool: { id: program.pool.id } }] });
    return JSON.parse(JSON.stringify(data).replace(/[\d.]+ min old/g, 'some min old'));
  };
  const countsFor = async (actor: Actor): Promise<unknown> => {
    const { data } = await (
      await app.as(actor)
    )('query ($id: ID!) { bedPool(id: $id) { occupied held available } }', { id: program.pool.id });
    return data?.['bedPool'];
  };
  /** As far as the door. */
  const bring = async (): Promise<string> => {
    const id = await buildReferral(app, region.officer);
    const offer = await offerAt(app, id, program.intake.agencyId);
    done(await app.app.get(AcceptanceService).accept(program.intake, offer, command));
    done(await app.app.get(ArrivalService).recordArrival(program.intake, id, command));
    return id;
  };

  it('shows and tells a sender nothing at an admission', async () => {
    const officer = await follow(region.officer);
    const id = await bring();
    await feed();
    const heard = officer.heard().length;
    expect(heard).toBeGreaterThan(0);
    const before = await roomAsSeenBy(region.officer);
    done(await app.app.get(AdmissionService).admit(program.intake, id, command));
    await feed();
    expect(await roomAsSeenBy(region.officer)).toEqual(before);
    expect(officer.heard()).toHaveLength(heard);
    for (const { payload } of officer.heard()) {
      expect(payload?.data?.['bedBoardChanged']).toMatchObject({ staffed: STAFFED, occupied: null, held: null });
    }
    officer.close();
  });

  it('shows what is held and occupied to the program’s own people and to coordinators alone', async () => {
    const { agencyId, agencyKind } = program.intake;
    const admin = await buildStaff(app.database, { id: agencyId, kind: agencyKind }, 'AGENCY_ADMIN');
    const counts = { occupied: 1, held: 0, available: STAFFED - 1 };
    for (const actor of [program.intake, admin, region.coordinator]) expect(await countsFor(actor)).toEqual(counts);
    const withheld = { ...counts, occupied: null, held: null };
    const others = [region.officer, (region.programs[1] as Program).intake];
    for (const actor of others) expect(await countsFor(actor)).toEqual(withheld);
  });
});

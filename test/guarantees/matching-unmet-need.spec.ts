import { mayRead, NO_FACTS, type Actor } from '../../src/access';
import { UnmetNeedsService } from '../../src/matching/unmet-needs.service';
import { asOwner, buildActor } from '../builders/agencies';
import { buildNeed } from '../builders/matching.arbitraries';
import { buildStored, MatchingDesk, nextPlace } from '../builders/matching';
import { TestUnitOfWork } from '../setup/unit-of-work';

describe('an unmet need', () => {
  let db: TestUnitOfWork;
  let desk: MatchingDesk;

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    desk = new MatchingDesk(db, await buildActor(db.database, 'OUTREACH_TEAM', 'OUTREACH_WORKER'));
  });
  afterAll(() => db.close());

  it('stays one record a referral, by the rules of the last run, until it is resolved', async () => {
    const place = nextPlace();
    await desk.arrange([buildStored({ ...place, sexes: ['MALE'] }), buildStored({ ...place, payers: ['PRIVATE'] })]);
    const referral = await desk.refer();
    const latest = async () => (await desk.unmetNeeds.latestOf(desk.reader, [referral.referralId]))[0];

    const id = await desk.recordUnmetNeed(referral, buildNeed({ ...place, payer: 'MEDICAID' }), '39141');
    const open = {
      id,
      rules: ['SEX', 'PAYER'],
      countyFips: '39141',
      resolvedAt: null,
      relations: ['OWN_AGENCY', 'SENDER'],
    };
    expect(await latest()).toMatchObject(open);
    expect(await desk.recordUnmetNeed(referral, buildNeed({ ...place, latitude: 10 }))).toBe(id);
    expect((await latest())?.rules).toEqual(['DISTANCE']);
    for (let twice = 0; twice < 2; twice += 1) {
      await desk.asSystem((tx) => desk.service.resolveUnmetNeed(tx, referral.referralId));
    }
    expect((await latest())?.resolvedAt).toBeInstanceOf(Date);
    // In the list as with its referral: who was taken by a Part 2 program is not told without their word.
    await asOwner(db.database, 'update program set part2_program = true');
    const taken = `update referral set program_id = p.id, receiver_agency_id = p.agency_id
      from (select id, agency_id from program limit 1) p where referral.id = $1`;
    await asOwner(db.database, taken, [referral.referralId]);
    const [listed] = await desk.unmetNeeds.ofAgency(desk.reader, 1, null);
    expect(listed).toMatchObject({ id, part2: ['OUTCOME'] });
    const coordinator: Actor = { ...desk.sender, role: 'COORDINATOR' };
    expect(mayRead(coordinator, 'UnmetNeed', 'resolvedAt', listed ?? NO_FACTS)).toBe(false);
    const actions = await asOwner<{ action: string }>(
      db.database,
      'select action from audit_entry where subject_id = $1 order by at',
      [id],
    );
    const told = ['unmet-need.recorded', 'unmet-need.recorded', 'unmet-need.resolved'];
    expect(actions.map(({ action }) => action)).toEqual(told);
  });

  it('is seen, as its run is, by the sending side only', async () => {
    const coordinator = await buildActor(db.database, 'OUTREACH_TEAM', 'COORDINATOR');
    const stranger = await buildActor(db.database, 'OUTREACH_TEAM', 'COORDINATOR');
    const { referralId, ...person } = await desk.refer(coordinator.agencyId);
    await desk.recordUnmetNeed({ referralId, ...person }, buildNeed(nextPlace()));
    const seen = async (actor: Actor) => {
      const reader = db.unitOfWork.reader(actor);
      const found = await desk.runs.ofReferrals(reader, [referralId]);
      const all = (await desk.runs.ofReferrals(desk.reader, [referralId])).map(({ id }) => id);
      const verdicts = await desk.runs.verdicts(reader, all);
      const unmet = await desk.unmetNeeds.latestOf(reader, [referralId]);
      return [found.length, verdicts.length, unmet.length];
    };
    expect(await seen(desk.sender)).toEqual([1, 1, 1]);
    expect(await seen(coordinator)).toEqual([1, 1, 1]);
    expect(await seen(stranger)).toEqual([0, 0, 0]);
    const page = await new UnmetNeedsService(desk.unmetNeeds).page(db.unitOfWork.reader(stranger), { first: 20 });
    expect(page.nodes).toEqual([]);
  });

  it('is paged newest first without losing one', async () => {
    const own = new MatchingDesk(db, await buildActor(db.database, 'OUTREACH_TEAM', 'OUTREACH_WORKER'));
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.unshift(await own.recordUnmetNeed(await own.refer(), buildNeed(nextPlace())));
    }
    const pages = new UnmetNeedsService(own.unmetNeeds);
    const first = await pages.page(own.reader, { first: 3 });
    const rest = await pages.page(own.reader, { first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...rest.nodes].map(({ id }) => id)).toEqual(ids);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });
});

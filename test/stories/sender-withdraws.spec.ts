import type { Actor } from '../../src/access';
import type { AgencyKind } from '../../src/kernel/vocabulary';
import { sampleActor } from '../../src/sample';
import { buildActor, buildAgency, buildStaff } from '../builders/agencies';
import { buildReferral, buildRegion, buildSubmission } from '../builders/referrals';
import { byHospital, byOfficer, identityBeforeAcceptance, outcomeToSender, Region } from './region';

const wish = (referralId: string) => ({ referralId, reason: 'PERSON_CHANGED_MIND' });

describe('a sender who may not know that the person has come', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('cancels, sees it closed, and the stay goes on', async () => {
    const id = await region.refer('officer', byOfficer);
    await region.take('provider', 'recordArrival', { id });
    expect(await region.give('officer', 'cancelReferral', wish(id))).toMatchObject({ code: null });
    expect(await region.look('officer', id)).toMatchObject({
      ...{ progress: 'CLOSED', allowedActions: [], state: null, senderWithdrewAt: null },
    });
    const danger = async (referralId: string) => {
      const ask = await region.app.as(sampleActor('officer'));
      const query = 'query ($id: ID!) { referral(id: $id) { emergencyInstruction withheld { field reason } } }';
      return (await ask<{ referral: object }>(query, { id: referralId })).data?.referral;
    };
    const ended = await region.refer('officer', byOfficer);
    const open = await danger(ended);
    await region.give('officer', 'cancelReferral', wish(ended));
    // What is shown until the end alone does not tell the two apart.
    expect(await danger(id)).toEqual(await danger(ended));
    expect(await danger(id)).not.toEqual(open);
    const about = await region.app.owner<{ action: string; agency: string }>(
      `select e.action, a.kind as agency from audit_entry e join agency a on a.id = e.agency_id
       where e.subject_id = $1 and e.decision_id = (
         select decision_id from audit_entry where subject_id = $1 and action = 'referral.cancel-asked') order by e.position`,
      [id],
    );
    expect(about).toEqual([
      { action: 'referral.cancel-asked', agency: 'LAW_ENFORCEMENT' },
      { action: 'referral.sender-withdrew', agency: 'OUTREACH_TEAM' },
    ]);
    expect(await region.give('officer', 'cancelReferral', wish(id))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    for (const user of ['provider', 'coordinator'] as const) {
      expect(await region.look(user, id)).toMatchObject({
        ...{ state: 'ARRIVED', progress: 'ACKNOWLEDGED', senderWithdrewReason: 'PERSON_CHANGED_MIND' },
        senderWithdrewAt: expect.any(String) as string,
      });
    }
    expect(await region.take('provider', 'admitPerson', { id })).toMatchObject({ code: null });
    expect(await region.give('provider', 'dischargePerson', { referralId: id, outcome: 'COMPLETED' })).toMatchObject({
      code: null,
    });
    expect(await region.look('provider', id)).toMatchObject({ state: 'CLOSED', outcome: 'COMPLETED' });
  });

  it('has its way once the program turns the person away: nobody else is asked', async () => {
    const id = await region.refer('hospital', { ...byHospital, consents: [identityBeforeAcceptance] });
    const offer = await region.offerIdOf('provider-women', id);
    await region.take('provider-women', 'acceptOffer', { id: offer });
    await region.take('provider-women', 'recordArrival', { id });
    expect(await region.take('hospital', 'recallReferral', { id })).toMatchObject({ code: null });
    const [consent] = await region.app.owner('select 1 from consent where revoked_at is null');
    expect(consent).toBeUndefined();
    const room = await region.roomAt('women');
    const away = { referralId: id, reason: 'NO_PLACE' };
    expect(await region.give('provider-women', 'turnPersonAway', away)).toMatchObject({ code: null });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'RECALLED' });
    expect(await region.offerOf('provider-residential', id)).toBeNull();
    expect(await region.roomAt('women')).toBe(room + 1);
  });

  it('lets the person go before anybody has accepted, to the program that then does', async () => {
    const id = await region.refer('hospital', byHospital);
    const offer = await region.offerIdOf('provider-women', id);
    const release = { referralId: id, transport: 'RIDE_SERVICE', place: 'HOSPITAL' };
    expect(await region.give('hospital', 'releaseHandOff', release)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    await region.take('provider-women', 'acknowledgeOffer', { id: offer });
    expect(await region.give('hospital', 'releaseHandOff', release)).toMatchObject({ code: null });
    expect(await region.give('hospital', 'releaseHandOff', release)).toMatchObject({ code: 'ALREADY_EXISTS' });
    await region.take('provider-women', 'acceptOffer', { id: offer });
    expect(await region.look('provider-women', id)).toMatchObject({ handOffs: [{ state: 'RELEASED' }] });
    expect(await region.give('coordinator', 'releaseHandOff', release)).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await region.give('provider-women', 'receiveHandOff', { referralId: id })).toMatchObject({ code: null });
    expect(await region.look('hospital', id)).toMatchObject({ handOffs: [{ state: null, transport: 'RIDE_SERVICE' }] });
  });

  it('says so when they are there already, and it is kept in the file', async () => {
    const id = await region.refer('officer', byOfficer);
    await region.take('provider', 'recordArrival', { id });
    const release = { referralId: id, transport: 'FAMILY', place: 'SCENE' };
    expect(await region.give('officer', 'releaseHandOff', release)).toMatchObject({ code: null });
    expect(await region.look('provider', id)).toMatchObject({ state: 'ARRIVED', handOffs: [{ state: 'FILED' }] });
    expect(await region.give('provider', 'receiveHandOff', { referralId: id })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    expect(await region.look('officer', id)).toMatchObject({ handOffs: [{ state: null }] });
  });

  it('goes on with the episode that a discharge has closed', async () => {
    const id = await region.refer('officer', byOfficer);
    const episodeId = (await region.look('officer', id))?.episode?.id;
    await region.take('provider', 'recordArrival', { id });
    await region.take('provider', 'admitPerson', { id });
    await region.give('provider', 'dischargePerson', { referralId: id, outcome: 'COMPLETED' });
    expect(await region.look('provider', id)).toMatchObject({ episode: { closedAt: expect.any(String) as string } });
    const { person: _, ...input } = byOfficer;
    await region.refer('officer', { ...input, episodeId });
    expect(await region.look('provider', id)).toMatchObject({ episode: { closedAt: null } });
    const late = { referralId: id, consent: outcomeToSender };
    expect(await region.give('officer', 'recordConsent', late)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  const give = async (actor: Actor, mutation: string, input: object) => {
    const ask = await region.app.as(actor);
    const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
    const { data } = await ask<Record<string, { code?: string; field?: string; remedy?: string }>>(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ... on Refused { code field remedy } } }`,
      { input },
    );
    return data?.[mutation];
  };
  const cancel = (actor: Actor, referralId: string, reason: string) =>
    give(actor, 'cancelReferral', { referralId, reason });
  const cancelled = { __typename: 'Referral' };
  /** Far from every program. */
  const submit = (sender: Actor) => {
    const pathway = sender.agencyKind === 'HOSPITAL' ? 'HOSPITAL_REFERRAL' : 'FIRST_RESPONDER_REFERRAL';
    return buildReferral(region.app, sender, buildSubmission({ pathway }, { injects: true, latitude: 30 }));
  };

  it.each([
    ['HOSPITAL_STAFF', 'HOSPITAL'],
    ['MEDIC', 'EMS'],
    ['OUTREACH_WORKER', 'OUTREACH_TEAM'],
  ] as const)(
    'takes the person off the list by its rules where it may know that they wait: %s',
    async (role, kind: AgencyKind) => {
      const { app } = region;
      const team = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
      const coordinator = await buildStaff(app.database, team, 'COORDINATOR');
      const agency =
        kind === 'OUTREACH_TEAM' ? team : await buildAgency(app.database, { kind, coordinatingAgencyId: team.id });
      const sender = await buildStaff(app.database, agency, role);
      const attempts = { PERSON_NOT_REACHABLE: 'NO_ANSWER', PERSON_CHANGED_MIND: 'REACHED_REFUSED' };
      for (const [reason, outcome] of Object.entries(attempts)) {
        const id = await submit(sender);
        expect(await cancel(sender, id, reason)).toMatchObject({
          code: 'INVALID_INPUT',
          field: 'input.reason',
          remedy: expect.stringMatching(/ask a coordinator of .* recordWaitlistContact/) as string,
        });
        const stands = `select r.state, e.ended_at as "endedAt" from referral r join waitlist_entry e on e.referral_id = r.id where r.id = $1`;
        expect(await app.owner(stands, [id])).toEqual([{ state: 'WAITLISTED', endedAt: null }]);
        for (const hours of [0, 24, 24]) {
          app.clock.advance(hours * 60);
          await give(coordinator, 'recordWaitlistContact', { referralId: id, outcome });
        }
        expect(await cancel(sender, id, reason)).toEqual(cancelled);
        expect(await app.owner('select end_reason as why from waitlist_entry where referral_id = $1', [id])).toEqual([
          { why: reason === 'PERSON_CHANGED_MIND' ? 'REFUSED_TREATMENT' : 'CANNOT_BE_LOCATED' },
        ]);
      }
      // What needs no attempt is said as before.
      expect(await cancel(sender, await submit(sender), 'HOSPITALIZED')).toEqual(cancelled);
    },
  );

  it('hears whom to ask where no team coordinates, and is refused nothing that would tell an officer of the wait', async () => {
    const alone = await buildActor(region.app.database, 'HOSPITAL', 'HOSPITAL_STAFF');
    const led = await submit(alone);
    await region.app.owner('update referral set coordinating_agency_id = null where id = $1', [led]);
    expect(await cancel(alone, led, 'PERSON_NOT_REACHABLE')).toMatchObject({
      remedy: expect.stringMatching(/the operator .*coordinatingAgencyId/) as string,
    });
    const { officer } = await buildRegion(region.app, []);
    expect(await cancel(officer, await submit(officer), 'PERSON_NOT_REACHABLE')).toEqual(cancelled);
  });
});

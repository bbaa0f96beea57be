import { sampleActor } from '../../src/sample';
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
});

import type { Actor } from '../../src/access';
import { consent } from '../../src/cli/walkthrough/people';
import { CoordinatorQueueStore } from '../../src/referrals/waitlist/coordinator-queue.store';
import { queueReasons } from '../../src/referrals/waitlist/queue-reasons';
import { sampleActor, sampleAgencies, type SampleUserName } from '../../src/sample';
import { buildStaff } from '../builders/agencies';
import type { Ask } from '../setup/app';
import { byHospital, byOfficer, identityToCoordinator, programId, Region } from './region';

const CARE = 'query ($id: ID!) { referral(id: $id) { state person { familyName } withheld { field reason } } }';
interface Seen {
  readonly referral: {
    readonly state: string | null;
    readonly person: { readonly familyName: string } | null;
    readonly withheld: readonly { readonly field: string; readonly reason: string }[];
  };
}

describe('what a Part 2 program knows', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  const see = async (user: SampleUserName, id: string) => {
    const { data, extensions } = await (await region.app.as(sampleActor(user)))<Seen>(CARE, { id });
    const withheld = data?.referral.withheld.find(({ field }) => field === 'state')?.reason ?? null;
    return { state: data?.referral.state, person: data?.referral.person, withheld, extensions };
  };

  const revoke = async (user: SampleUserName, id: string, scopes: string[] | null) => {
    const personId = (await region.look('officer', id))?.person?.id;
    const { data } = await (
      await region.app.as(sampleActor(user))
    )<{ revoked: object }>(
      `mutation ($input: RevokePersonConsentsInput!) {
         revoked: revokePersonConsents(input: $input) { ... on Person { familyName phone } ... on Refused { code } } }`,
      { input: { personId, method: 'WRITTEN', scopes } },
    );
    return data?.revoked;
  };

  it('is a pseudonym’s path to a team that does not know who it is', async () => {
    const id = await region.refer('officer', byOfficer);
    expect(await see('coordinator', id)).toMatchObject({ state: 'ACCEPTED', person: null, withheld: null });
  });

  it('is withheld from a team that knows the name, unless the person agreed to that as well', async () => {
    const nameOnly = { ...identityToCoordinator, textVersion: 'identity-to-coordinator/1/en' };
    const id = await region.refer('officer', { ...byOfficer, consents: [nameOnly] });
    expect(await see('coordinator', id)).toMatchObject({ state: null, person: {}, withheld: 'PROVENANCE' });
    const followed = await region.refer('officer', { ...byOfficer, consents: [identityToCoordinator] });
    const seen = await see('coordinator', followed);
    expect(seen).toMatchObject({ state: 'ACCEPTED', person: {}, withheld: null });
    expect(JSON.stringify(seen.extensions)).toContain('CARE_TO_COORDINATOR');
    const [{ revoked } = { revoked: 0 }] = await region.app.owner<{ revoked: number }>(
      `with gone as (update consent set in_force = '{}' where person_id = (select person_id from referral where id = $1) returning 1)
       select count(*)::int as revoked from gone`,
      [followed],
    );
    expect(revoked).toBe(1);
    expect(await see('coordinator', followed)).toMatchObject({ state: null, withheld: 'PROVENANCE' });
    // Nor is the name told in the answer to a step that may still be taken: it closes the row, which no consent opens any more.
    expect(await revoke('coordinator', followed, ['OUTCOME_TO_SENDER'])).toEqual({ code: 'NOT_FOUND' });
    // What was told once is known, whatever is taken back.
    expect(await revoke('officer', id, null)).toMatchObject({ familyName: 'Sample' });
    expect(await see('coordinator', id)).toMatchObject({ state: null, person: null, withheld: 'PROVENANCE' });
  });

  it('goes on to nobody without consent, and carries where it came from when it does', async () => {
    const id = await region.refer('officer', { ...byOfficer, person: { ...byOfficer.person, sex: 'MALE' } });
    await region.take('provider', 'recordArrival', { id });
    await region.take('provider', 'admitPerson', { id });
    const on = { referralId: id, outcome: 'TRANSFERRED', nextLevelsOfCare: ['ASAM_3_5'], currentMedications: [] };
    expect(await region.give('provider', 'dischargePerson', on)).toMatchObject({ code: 'CONSENT_REQUIRED' });
    await region.agreesToTreatment('provider', id);
    expect(await region.give('provider', 'dischargePerson', on)).toMatchObject({ code: null });
    const { episode } = (await region.look('provider', id)) ?? {};
    const next = episode?.referrals?.find((one) => one.id !== id)?.id ?? '';
    const user = 'provider-residential';
    await region.take(user, 'acceptOffer', { id: await region.offerIdOf(user, next) });
    const seen = await see(user, next);
    expect(seen).toMatchObject({ person: { familyName: 'Sample' } });
    expect(seen.extensions['disclosures']).toMatchObject({
      ledger: expect.arrayContaining([
        expect.objectContaining({ isPart2: true, consents: ['TREATMENT_PAYMENT_OPERATIONS'] }),
      ]) as unknown,
    });
  });

  it('is asked for before a Part 2 program refers somebody it took in itself', async () => {
    const sent = { ...byOfficer, pathway: 'COMMUNITY_RESPONSE' };
    const refused = await region.give('provider', 'submitReferral', sent);
    expect(refused).toMatchObject({ code: 'CONSENT_REQUIRED', details: { scope: 'TREATMENT_PAYMENT_OPERATIONS' } });
    const agreed = { ...sent, consents: [consent('TREATMENT_PAYMENT_OPERATIONS')] };
    expect(await region.give('provider', 'submitReferral', agreed)).toMatchObject({ code: null });
  });

  describe('and what follows from the need', () => {
    /** All that was made of a need, and the need itself. */
    const DERIVED = `query ($id: ID!, $program: ID!) { referral(id: $id) {
      need { pregnant emergencyInstruction } emergencyInstruction withheld { field reason }
      matchRuns { considered eligible oldestCensusAt verdicts { removedBy { because } } whyNot(programId: $program) { removedBy { because } }
        withheld { field reason } }
      unmetNeed { rules withheld { field reason } }
      waitlistEntry { requestedAt tier risk interimServices { service } missingInterimServices bridgedUntil considerations { rules }
        withheld { field reason } } } }`;
    type Part = Record<string, unknown> & { readonly withheld: { readonly field: string; readonly reason: string }[] };
    interface Derived {
      readonly referral: Part & { readonly matchRuns: Part[]; readonly unmetNeed: Part; readonly waitlistEntry: Part };
    }
    const NEEDS = [
      'need',
      'eligible',
      'oldestCensusAt',
      'verdicts',
      'whyNot',
      'rules',
      'tier',
      'risk',
      'interimServices',
    ];
    const LISTED = [...NEEDS, 'missingInterimServices', 'bridgedUntil', 'considerations'];
    const read = async (user: SampleUserName, id: string) => {
      const { data, extensions } = await (
        await region.app.as(sampleActor(user))
      )<Derived>(DERIVED, { id, program: programId('women') });
      const { matchRuns, unmetNeed, waitlistEntry, ...own } = data!.referral;
      const parts = [own, ...matchRuns, unmetNeed, waitlistEntry];
      const all = Object.assign({}, ...parts) as Record<string, unknown>;
      const reasons = parts.flatMap(({ withheld }) => withheld).filter(({ field }) => LISTED.includes(field));
      const shown = LISTED.filter((field) => (all[field] ?? null) !== null);
      return { shown, reasons: new Map(reasons.map(({ field, reason }) => [field, reason])), extensions, all };
    };
    /** Nobody takes somebody of that age who is pregnant. */
    const person = { givenName: 'Ty', familyName: 'Sample', ageYears: 17, sex: 'FEMALE' };
    const need = {
      ...{ substances: ['OPIOIDS'], lastUse: 'WITHIN_30_DAYS', currentMedications: ['METHADONE'], payer: 'MEDICAID' },
      ...{ injects: true, pregnant: true, latitude: 39.1267, longitude: -82.9855, maxDistanceKm: 60 },
    };
    const nameOnly = { ...identityToCoordinator, textVersion: 'identity-to-coordinator/1/en' };
    beforeAll(async () => {
      await region.app.owner('update agency set coordinating_agency_id = $2 where id = $1', [
        sampleActor('provider').agencyId,
        sampleActor('coordinator').agencyId,
      ]);
    });

    it('is withheld where the need is: runs, the unmet need, the waitlist', async () => {
      const consents = [nameOnly, consent('TREATMENT_PAYMENT_OPERATIONS')];
      const sent = { pathway: 'COMMUNITY_RESPONSE', person, need, consents };
      const id = await region.refer('provider', sent);
      const { shown, reasons, all } = await read('coordinator', id);
      expect(shown).toEqual([]);
      expect(Object.fromEntries(reasons)).toEqual(Object.fromEntries(LISTED.map((field) => [field, 'PROVENANCE'])));
      // Enough to work with is left: that somebody waits, and since when.
      expect(all).toMatchObject({
        considered: expect.any(Number) as number,
        requestedAt: expect.any(String) as string,
      });
    });

    it('is on the ledger where it is shown, asked for alone, and gone with the need once the referral has ended', async () => {
      const sent = { ...byHospital, person, need };
      const id = await region.refer('hospital', sent);
      const alone = async (fields: string): Promise<unknown> => {
        const ask = await region.app.as(sampleActor('coordinator'));
        const { extensions } = await ask(`query ($id: ID!) { referral(id: $id) { ${fields} } }`, { id });
        return (extensions['disclosures'] as { ledger: object[] } | undefined)?.ledger;
      };
      for (const [type, fields] of [
        ['MatchRun', 'matchRuns { verdicts { removedBy { because } } }'],
        ['UnmetNeed', 'unmetNeed { rules }'],
        ['WaitlistEntry', 'waitlistEntry { tier }'],
        ['ReferralNeed', 'need { emergencyInstruction }'],
      ] as const) {
        const records = expect.objectContaining({ [type]: [expect.any(String)] }) as object;
        expect(await alone(fields)).toEqual(expect.arrayContaining([expect.objectContaining({ records })]));
      }
      expect((await read('coordinator', id)).shown).toEqual(
        expect.arrayContaining(['need', 'verdicts', 'tier', 'rules']),
      );
      await region.give('hospital', 'cancelReferral', { referralId: id, reason: 'PLACED_ELSEWHERE' });
      const { shown, reasons } = await read('coordinator', id);
      expect(shown).toEqual([]);
      expect([...new Set(reasons.values())]).toEqual(['STATE']);
    });

    const offered = async (ask: Ask, referralId: string) => {
      const { data, extensions } = await ask<{ offered: Record<string, unknown> }>(
        `mutation ($input: OfferReferralInput!) { offered: offerReferral(input: $input) { ... on Refused { code details } } }`,
        { input: { referralId, programId: programId('women') } },
      );
      return { ...data?.offered, ledger: JSON.stringify(extensions['disclosures'] ?? null) };
    };

    it('is in no refusal either: that a program is out of the question is said, and why where the need may be read', async () => {
      const consents = [nameOnly, consent('TREATMENT_PAYMENT_OPERATIONS')];
      const hidden = await region.refer('provider', { pathway: 'COMMUNITY_RESPONSE', person, need, consents });
      const told = await region.refer('hospital', { ...byHospital, person: { ...person, familyName: 'Other' }, need });
      const { id, kind } = { id: sampleAgencies.outreach.id, kind: 'OUTREACH_TEAM' } as const;
      const scopes = ['Offer:make', 'QueueItem:read', 'Referral:read'];
      const system = await buildStaff(region.app.database, { id, kind }, 'COORDINATOR', {
        kind: 'SERVICE_ACCOUNT',
        scopes,
      });
      const [coordinator, partner] = [await region.app.as(sampleActor('coordinator')), await region.app.as(system)];
      const no = { code: 'NOT_ELIGIBLE', details: {}, ledger: 'null' };
      expect(await offered(coordinator, hidden)).toEqual(no);
      expect(await offered(partner, told)).toEqual(no);
      expect(await offered(coordinator, told)).toEqual({
        code: 'NOT_ELIGIBLE',
        details: { rules: expect.arrayContaining(['AGE']) as unknown, findings: expect.any(Array) as unknown },
        ledger: expect.stringContaining(`"Referral":["${told}"]`) as unknown,
      });
      // Nor by the turn in the queue: the reason that only the need gives counts for whoever may read it.
      const turnOf = async (actor: Actor) => {
        const store = region.app.app.get(CoordinatorQueueStore, { strict: false });
        const rows = await store.page(region.app.unitOfWork.reader(actor), 100, null);
        const row = rows.find((one) => one.id === told)!;
        return (Number(row.keyText.slice(0, 4)) - row.since.getUTCFullYear()) / 300 - 1;
      };
      const reasons = Object.keys(queueReasons);
      expect(reasons[await turnOf(sampleActor('coordinator'))]).toBe('WAITING_WITHOUT_INTERIM');
      expect(reasons[await turnOf(system)]).toBe('UNMET_NEED');
    });

    it('is read with the need in an emergency as well: which danger was seen is told to the sender alone', async () => {
      const redFlags = ['SEIZURE'];
      const seen = async (user: SampleUserName, input: object, reader: SampleUserName) => {
        const ask = await region.app.as(sampleActor(reader));
        const query =
          'query ($id: ID!) { referral(id: $id) { emergencyInstruction nextStep need { emergencyInstruction } withheld { field reason } } }';
        const { data } = await ask<{ referral: Part & { need: object | null } }>(query, {
          id: await region.refer(user, input),
        });
        const { withheld, ...fields } = data!.referral;
        const reasons = withheld.filter(({ field }) => ['need', 'emergencyInstruction'].includes(field));
        return { ...fields, reasons: reasons.map(({ field, reason }) => `${field} ${reason}`) };
      };
      const told = expect.stringMatching(/Seizure/) as string;
      const nextStep = expect.stringMatching(/^Call 911/) as string;
      const byPolice = { ...byOfficer, need: { ...need, redFlags } };
      expect(await seen('officer', byPolice, 'officer')).toEqual({
        ...{ emergencyInstruction: told, nextStep, need: null, reasons: ['need PROHIBITED'] },
      });
      expect(await seen('officer', byPolice, 'coordinator')).toEqual({
        ...{ emergencyInstruction: null, nextStep, need: { emergencyInstruction: told } },
        reasons: ['emergencyInstruction RELATION'],
      });
      const consents = [nameOnly, consent('TREATMENT_PAYMENT_OPERATIONS')];
      const byProgram = { pathway: 'COMMUNITY_RESPONSE', person, need: { ...need, redFlags }, consents };
      expect(await seen('provider', byProgram, 'coordinator')).toEqual({
        ...{ emergencyInstruction: null, nextStep, need: null },
        reasons: ['emergencyInstruction RELATION', 'need PROVENANCE'],
      });
    });
  });

  interface Listed {
    readonly id: string;
    readonly referral?: { readonly id: string };
  }
  type Page = Record<string, { nodes: Listed[]; pageInfo: { endCursor: string; hasNextPage: boolean } }>;
  /** Every page of one, and the records that the cursors speak of. */
  const read = async (list: string, about: string): Promise<{ nodes: Listed[]; told: string[] }> => {
    const [nodes, told]: [Listed[], string[]] = [[], []];
    const query = `query ($after: String) { ${list}(first: 1, after: $after) { nodes { ${about} } pageInfo { endCursor hasNextPage } } }`;
    for (let after: string | null = null, isMore = true; isMore;) {
      const answer: { data: Page | null } = await region.client.ask<Page>('coordinator', query, { after });
      const page: Page[string] | undefined = answer.data?.[list];
      if (page?.nodes.length !== 1) throw new Error(`a page of ${list} is short: ${JSON.stringify(page)}`);
      nodes.push(...page.nodes);
      ({ hasNextPage: isMore, endCursor: after } = page.pageInfo);
      told.push(...(JSON.parse(Buffer.from(page.pageInfo.endCursor, 'base64url').toString()) as string[]).slice(1));
    }
    return { nodes, told };
  };

  // The last: the clock goes on.
  it('is in no list that leaves it out: not by a short page, not in a cursor', async () => {
    const consents = [{ ...identityToCoordinator, textVersion: 'identity-to-coordinator/1/en' }];
    const before = await region.refer('officer', byOfficer);
    const hidden = await region.refer('officer', { ...byOfficer, consents });
    const after = await region.refer('officer', byOfficer);
    // Their places are kept for two hours; now that they soon end, a human is to look.
    await region.wait(100);
    for (const [list, about] of [
      ['coordinatorQueue', 'id'],
      ['dueClocks', 'id referral { id }'],
    ] as const) {
      const { nodes, told } = await read(list, about);
      expect(told).toEqual(nodes.map(({ id }) => id));
      const referrals = nodes.map(({ id, referral }) => referral?.id ?? id);
      expect(referrals).toEqual(expect.arrayContaining([before, after]));
      expect(referrals).not.toContain(hidden);
    }
    // A count is a list without its lines.
    const { data } = await region.client.ask<{ clockBreaches: { running: number }[] }>(
      'coordinator',
      '{ clockBreaches { running } }',
    );
    const running = data?.clockBreaches.map((line) => line.running) ?? [];
    const { nodes: clocks } = await read('dueClocks', 'id');
    expect(running.reduce((sum, one) => sum + one, 0)).toBe(clocks.length);
  });
});

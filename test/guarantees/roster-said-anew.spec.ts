import type { Actor } from '../../src/access';
import { isRefusal } from '../../src/kernel/refusal';
import { OutreachReferralsService } from '../../src/outreach/roster/outreach-referrals.service';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import type { PersonInput } from '../../src/people';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { buildOverdoseReport } from '../builders/overdoses';
import { somebody, withPhone } from '../builders/person-links';
import { buildProgramOf, buildSubmission, done, type Program } from '../builders/referrals';
import { buildReporter, buildTeam, goToThursday, rowOfReport, type BuiltTeam } from '../builders/roster';
import { openApp, type TestApp } from '../setup/app';

const command = { name: 'test' };
const ROSS = '39141';

describe('a person of several rows who asks for treatment', () => {
  let app: TestApp;
  let medic: Actor;
  let ross: BuiltTeam;
  let clinic: Program;

  beforeAll(async () => {
    app = await openApp();
    goToThursday(app);
    medic = await buildReporter(app, 'EMS');
    ross = await buildTeam(app, [ROSS]);
    clinic = await buildProgramOf(app, { staffed: 5, program: { latitude: 39.33, longitude: -82.98 } });
  });
  afterAll(() => app.close());

  const daysAgo = (days: number) => new Date(app.clock.now().getTime() - days * 24 * 3_600_000);
  const rowOf = async (person: PersonInput, days: number, traits: Partial<ReportOverdoseInput> = {}) => {
    const told = { person, occurredAt: daysAgo(days), where: { countyFips: ROSS }, ...traits };
    return (await rowOfReport(app, await buildOverdoseReport(app, medic, told))).id;
  };
  const refer = (caseId: string, person?: PersonInput) => {
    const { need } = buildSubmission({}, { preferredProgramIds: [clinic.pool.programId] });
    const contact = { channel: 'VISIT', result: 'TREATMENT_REQUESTED', consents: [] } as const;
    const input = { caseId, need, ...contact, consents: [], ...(person && { person }) };
    return app.app.get(OutreachReferralsService).refer(ross.worker, input, command);
  };
  const referralOf = async (caseId: string) => {
    const [row] = await app.owner<{ id: string | null; person: string | null; cluster: string | null; name: string }>(
      `select r.id, r.person_id as person, p.family_name as name, pc.cluster_id as cluster from outreach_case c
         left join referral r on r.id = c.referral_id left join person p on p.id = r.person_id
         left join person_cluster pc on pc.person_id = p.id where c.id = $1`,
      [caseId],
    );
    return row;
  };
  const actionsOf = async (id: string) => {
    const query = `query ($id: ID!) { outreachCase(id: $id) { allowedActions } }`;
    const { data } = await (await app.as(ross.worker))<{ outreachCase: { allowedActions: string[] } }>(query, { id });
    return data?.outreachCase.allowedActions;
  };

  it('is never who has died: of a family somebody is named', async () => {
    const caseId = await rowOf(somebody(), 0.1, { isFatal: true });
    expect(await refer(caseId)).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'input.person' } });
    expect(await referralOf(caseId)).toMatchObject({ id: null });
    done(await refer(caseId, { familyName: 'Sister', ageYears: 40, sex: 'FEMALE' }));
    expect(await referralOf(caseId)).toMatchObject({ name: 'Sister', cluster: null });
  });

  it('is referred once, also from two rows at the same time, and one place is kept', async () => {
    const person = withPhone();
    const rows = [await rowOf(person, 6), await rowOf(person, 0.2)] as const;
    const answers = await Promise.all(rows.map((id) => refer(id)));
    const refused = answers.filter(isRefusal);
    expect(refused).toMatchObject([{ code: 'ALREADY_EXISTS', details: { field: 'input.caseId' } }]);
    const taken = (await Promise.all(rows.map(referralOf))).filter((row) => row?.id !== null);
    expect(taken.map((row) => row?.id)).toEqual([refused[0]?.details['referralId']]);
    const [left = ''] = rows.filter((_id, at) => isRefusal(answers[at]));
    const [kept = ''] = rows.filter((id) => id !== left);
    expect(await actionsOf(kept)).not.toContain('referFromOutreach');
    // Whom the team took in is whoever its row is of, and is not taken in a second time.
    const [row] = await app.owner<{ cluster: string }>(
      'select pc.cluster_id as cluster from outreach_case c join person_cluster pc on pc.person_id = c.person_id where c.id = $1',
      [kept],
    );
    expect(taken).toMatchObject([{ cluster: row?.cluster }]);
    const { id = '', person: first } = taken[0] ?? {};
    done(await app.app.get(ReferralEndingService).cancel(ross.worker, id ?? '', 'PERSON_CHANGED_MIND', command));
    done(await refer(left));
    expect(await referralOf(left)).toMatchObject({ person: first });
  });
});

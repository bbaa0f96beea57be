import { sampleActor, sampleAgencies, type SampleAgencyName, type SampleUserName } from '../../src/sample';
import { buildStaff } from '../builders/agencies';
import type { Answer, Ask } from '../setup/app';
import { byOfficer, detoxNeed, Region } from './region';

const OPEN = `mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { __typename
  ... on BreakGlass { id nature ground openedAt endsAt isActive medicalPersonnel personId
    record { familyName } linked { id record { givenName treatingProgram } } } ... on Refused { code field details } } }`;
const END = `mutation ($input: EndBreakGlassInput!) { endBreakGlass(input: $input) { __typename
  ... on BreakGlass { id endedAt isActive } ... on Refused { code } } }`;
const LIFT_QUOTA = `mutation ($input: SetHoldQuotaInput!) { setHoldQuota(input: $input) { __typename } }`;
export const RECORD = `query ($id: ID!) { emergencyRecord(breakGlassId: $id) { id givenName familyName birthDate currentMedications
  substances pregnant needAsOf treatingProgram treatingProgramPhone withheld { field reason } } }`;

export const inEmergency = { 'handrail-purpose': 'MEDICAL_EMERGENCY' };
export const documented = { nature: 'OVERDOSE', ground: 'CONSENT_CANNOT_BE_OBTAINED', discloser: 'Sample dispatcher' };

/** A region with people in it who can be looked for, and the privacy officers it has to tell. */
export class EmergencyWard {
  #number = 1000;

  private constructor(readonly region: Region) {}

  static async open(): Promise<EmergencyWard> {
    const ward = new EmergencyWard(await Region.open());
    // Both send more people than one pool’s quota lets an agency send within two hours.
    for (const sender of ['police', 'hospital'] as const) {
      const input = { agencyId: sampleAgencies[sender].id, activeHolds: 1_000_000, poolSharePercent: 100 };
      expect(await ward.said(ward.ask('platform-admin', LIFT_QUOTA, { input }, {}))).toEqual({
        __typename: 'HoldQuota',
      });
    }
    return ward;
  }

  get app() {
    return this.region.app;
  }

  /** A number of nobody else. */
  phone(): string {
    return `740-556-${++this.#number}`;
  }

  /** Somebody whom the officer sent to withdrawal management, which they have reached. */
  async inTreatment(phone: string, person: object = {}, sender: 'officer' | 'hospital' = 'officer'): Promise<string> {
    await this.region.postRoom('provider', 'detox', 5);
    const who = { givenName: 'Jo', familyName: 'Sample', birthDate: '1990-02-03', sex: 'FEMALE', phone, ...person };
    const need = { ...detoxNeed, currentMedications: ['BUPRENORPHINE'], pregnant: true };
    const pathway = sender === 'hospital' ? 'HOSPITAL_REFERRAL' : byOfficer.pathway;
    const id = await this.region.refer(sender, { pathway, person: who, need });
    for (const step of ['recordArrival', 'admitPerson'] as const) {
      expect(await this.region.take('provider', step, { id })).toMatchObject({ code: null });
    }
    return id;
  }

  async personOf(referralId: string): Promise<string> {
    const [row] = await this.app.owner<{ id: string }>('select person_id as id from referral where id = $1', [
      referralId,
    ]);
    return row?.id ?? '';
  }

  async ask<Data = Record<string, Record<string, unknown> | null>>(
    user: SampleUserName,
    query: string,
    variables: object,
    headers: Record<string, string> = inEmergency,
  ): Promise<Answer<Data>> {
    return (await this.app.as(sampleActor(user)))<Data>(query, { ...variables }, headers);
  }

  /** What a command said: the record, or the refusal. */
  async said(
    answer: Promise<Answer<Record<string, Record<string, unknown> | null>>>,
  ): Promise<Record<string, unknown>> {
    const { data, errors } = await answer;
    return Object.values(data ?? {})[0] ?? { code: errors[0]?.extensions['code'], ...errors[0]?.extensions };
  }

  break(user: SampleUserName, input: object, headers = inEmergency): Promise<Record<string, unknown>> {
    return this.said(this.ask(user, OPEN, { input: { ...documented, ...input } }, headers));
  }

  end(user: SampleUserName, breakGlassId: string): Promise<Record<string, unknown>> {
    return this.said(this.ask(user, END, { input: { breakGlassId } }));
  }

  async record(user: SampleUserName, id: string, headers = inEmergency) {
    const { data } = await this.ask<{ emergencyRecord: Record<string, unknown> | null }>(user, RECORD, { id }, headers);
    return data?.emergencyRecord ?? null;
  }

  /** A privacy officer of a sample agency, asking. */
  async privacyOfficer(agency: SampleAgencyName): Promise<Ask> {
    const { id, kind } = sampleAgencies[agency];
    return this.app.as(await buildStaff(this.app.database, { id, kind }, 'PRIVACY_OFFICER'));
  }

  close(): Promise<void> {
    return this.region.close();
  }
}

import { randomUUID } from 'node:crypto';
import { buildActor, buildAgency } from '../builders/agencies';
import { openApp, type Ask, type TestApp } from '../setup/app';

const SET = `mutation Set($input: SetHoldQuotaInput!) {
  setHoldQuota(input: $input) {
    ... on HoldQuota { agency { id } activeHolds poolSharePercent }
    ... on Refused { code field }
  }
}`;
const READ = 'query Read($id: ID!) { agency(id: $id) { holdQuota { activeHolds poolSharePercent } } }';

describe('hold quotas over the API', () => {
  let app: TestApp;
  let operator: Ask;
  beforeAll(async () => {
    app = await openApp();
    operator = await app.as(await buildActor(app.database, 'PLATFORM', 'PLATFORM_ADMIN'));
  });
  afterAll(() => app.close());

  const set = async (ask: Ask, input: object) =>
    (await ask<{ setHoldQuota: unknown }>(SET, { input })).data?.setHoldQuota;
  const quotaOf = async (id: string) =>
    (await operator<{ agency: { holdQuota: unknown } }>(READ, { id })).data?.agency.holdQuota;

  it('are what everybody has until the operator changes a part', async () => {
    const { id: agencyId } = await buildAgency(app.database);
    expect(await quotaOf(agencyId)).toEqual({ activeHolds: 25, poolSharePercent: 50 });
    const first = { agency: { id: agencyId }, activeHolds: 10, poolSharePercent: 50 };
    expect(await set(operator, { agencyId, activeHolds: 10 })).toEqual(first);
    expect(await set(operator, { agencyId, poolSharePercent: 80 })).toEqual({ ...first, poolSharePercent: 80 });
    expect(await quotaOf(agencyId)).toEqual({ activeHolds: 10, poolSharePercent: 80 });
    const trail = await app.owner('select 1 from audit_entry where action = $1 and subject_id = $2', [
      'holdQuota.set',
      agencyId,
    ]);
    expect(trail).toHaveLength(2);
  });

  it('refuse an agency that is not there, a change of nothing, and figures without sense', async () => {
    const { id: agencyId } = await buildAgency(app.database);
    expect(await set(operator, { agencyId: randomUUID(), activeHolds: 3 })).toEqual({ code: 'NOT_FOUND', field: null });
    expect(await set(operator, { agencyId })).toEqual({ code: 'INVALID_INPUT', field: 'input' });
    for (const wrong of [{ activeHolds: 0 }, { poolSharePercent: 101 }]) {
      const { errors } = await operator(SET, { input: { agencyId, ...wrong } });
      expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    }
  });

  it('are nobody’s to set but the operator’s', async () => {
    const admin = await buildActor(app.database, 'LAW_ENFORCEMENT', 'AGENCY_ADMIN');
    const { errors } = await (await app.as(admin))(SET, { input: { agencyId: admin.agencyId, activeHolds: 500 } });
    expect(errors[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

import type { Actor } from '../../src/access';
import { consent } from '../../src/cli/walkthrough/people';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildProgramOf, buildReferral, buildSubmission } from '../builders/referrals';
import type { TestApp } from './app';

const RUNS = `matchRuns { eligible verdicts { program { id } score terms { name value weight because } }
  overdosePreference { because programs { program { id } bonus because } } }`;
export interface Run {
  readonly verdicts: readonly { readonly program: { readonly id: string } }[];
  readonly overdosePreference: null | {
    readonly because: readonly string[];
    readonly programs: readonly { readonly program: { readonly id: string }; readonly because: string }[];
  };
}

/** A near program, one further away that is ready for who overdosed lately, and people to refer to them. */
export class PreferenceWorld {
  plain: string;
  ready: string;
  private people = 0;

  private constructor(
    private readonly app: TestApp,
    private readonly countyFips: string,
  ) {}

  static async open(app: TestApp, countyFips: string): Promise<PreferenceWorld> {
    const world = new PreferenceWorld(app, countyFips);
    const room = { staffed: 2000, attestedAt: app.clock.now() };
    const near = { latitude: 39.34, medicationsOffered: ['BUPRENORPHINE'] } as const;
    const far = { latitude: 39.38, medicationsOffered: ['BUPRENORPHINE'], services: ['NALOXONE'] } as const;
    world.plain = (await buildProgramOf(app, { ...room, program: near })).pool.programId;
    world.ready = (await buildProgramOf(app, { ...room, program: far })).pool.programId;
    return world;
  }

  /** Somebody whom nobody else of these plays is taken for. */
  somebody() {
    const at = this.people++;
    return {
      ...{ givenName: `Q${'bdfghjklmn'[at % 10] ?? ''}${at}a`, familyName: `Z${at}x` },
      ...{ birthDate: `1980-0${1 + (at % 9)}-${10 + (at % 19)}`, phone: `+1740555${1000 + at}` },
    };
  }

  report(by: Actor, traits: Partial<ReportOverdoseInput>, daysAgo = 2): Promise<string> {
    const occurredAt = new Date(this.app.clock.now().getTime() - daysAgo * 86_400_000);
    return buildOverdoseReport(this.app, by, { where: { countyFips: this.countyFips }, occurredAt, ...traits });
  }

  /** The record that the report was filed under. */
  async overdosed(by: Actor, traits: Partial<ReportOverdoseInput>, daysAgo?: number): Promise<string> {
    const id = await this.report(by, traits, daysAgo);
    const [row] = await this.app.owner<{ id: string }>('select person_id as id from overdose_report where id = $1', [
      id,
    ]);
    return row?.id ?? '';
  }

  referred(sender: Actor, personId: string, scopes: Parameters<typeof consent>[0][] = []): Promise<string> {
    const signedAt = new Date(Date.now() - 3_600_000);
    const consents = scopes.map((scope) => ({ ...consent(scope), signedAt })) as never[];
    const about = { pathway: 'HOSPITAL_REFERRAL', person: null, personId, consents } as const;
    return buildReferral(this.app, sender, buildSubmission(about));
  }

  /** The last one. */
  async runOf(actor: Actor, referralId: string): Promise<Run | null> {
    const ask = await this.app.as(actor);
    const { data, errors } = await ask<{ referral: { matchRuns: Run[] | null } | null }>(
      `query ($id: ID!) { referral(id: $id) { ${RUNS} } }`,
      { id: referralId },
    );
    expect(errors).toEqual([]);
    return data?.referral?.matchRuns?.[0] ?? null;
  }

  /** Programs in the order in which they were asked. */
  async asked(referralId: string): Promise<string[]> {
    const sql = 'select program_id as id from offer where referral_id = $1 order by rank';
    return (await this.app.owner<{ id: string }>(sql, [referralId])).map(({ id }) => id);
  }
}

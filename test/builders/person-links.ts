import { createHash } from 'node:crypto';
import type { Actor } from '../../src/access';
import { isRefusal, type Refusal } from '../../src/kernel/refusal';
import type { PersonInput } from '../../src/people';
import { PersonLinkCommandsService } from '../../src/people/person-link-commands.service';
import type { Done } from '../../src/platform/database/unit-of-work';
import type { TestApp } from '../setup/app';
import { buildReferral, buildSubmission } from './referrals';

/** Seven letters, the same at each run: names drawn anew would one day resemble each other. */
const letters = (of: string): string =>
  [...createHash('sha256').update(of).digest().subarray(0, 7)]
    .map((byte) => String.fromCharCode(97 + (byte % 26)))
    .join('');
let day = 0;
/** Somebody whom nobody resembles. */
export const somebody = (traits: PersonInput = {}): PersonInput => {
  day += 37;
  const birthDate = new Date(Date.UTC(1960, 0, day)).toISOString().slice(0, 10);
  const [givenName, familyName] = [letters(`given ${day}`), letters(`family ${day}`)];
  return { givenName, familyName, birthDate, sex: 'MALE', ...traits };
};
export const withPhone = (): PersonInput => somebody({ phone: `740-555-${String(1000 + day)}` });
/** The same person, but for a birth date that nobody wrote down: not beyond doubt. */
const doubtful = ({ givenName = null, familyName = null, phone = null }: PersonInput): PersonInput => ({
  ...{ givenName, familyName, phone },
});

/** The person of a row of this table. */
export const personOf = async (app: TestApp, table: string, id: string): Promise<string> => {
  const [row] = await app.owner<{ person: string }>(`select person_id as person from ${table} where id = $1`, [id]);
  return row!.person;
};
/** The id of a person whom this actor refers. */
export const takeIn = async (app: TestApp, actor: Actor, person: PersonInput): Promise<string> => {
  const pathway = actor.role === 'HOSPITAL_STAFF' ? 'HOSPITAL_REFERRAL' : 'FIRST_RESPONDER_REFERRAL';
  return personOf(app, 'referral', await buildReferral(app, actor, buildSubmission({ person, pathway })));
};

export interface Link {
  readonly id: string;
  readonly state: string;
}
export const linkOf = async (app: TestApp, one: string, other: string): Promise<Link | undefined> => {
  const rows = await app.owner<Link>(
    'select id, state from person_link where left_person_id = least($1::uuid, $2::uuid) and right_person_id = greatest($1::uuid, $2::uuid)',
    [one, other],
  );
  return rows[0];
};
export const clusterOf = async (app: TestApp, ...ids: string[]): Promise<string[]> => {
  const rows = await app.owner<{ cluster: string }>(
    'select coalesce(c.cluster_id, a.id) as cluster from unnest($1::uuid[]) with ordinality a(id, at) left join person_cluster c on c.person_id = a.id order by a.at',
    [ids],
  );
  return rows.map(({ cluster }) => cluster);
};
export const areOne = async (app: TestApp, ...ids: string[]): Promise<boolean> =>
  new Set(await clusterOf(app, ...ids)).size === 1;

/** Two records of a hospital that may be one person. */
export const doubt = async (app: TestApp, nurse: Actor): Promise<{ one: string; other: string; link: Link }> => {
  const person = withPhone();
  const [one, other] = [await takeIn(app, nurse, person), await takeIn(app, nurse, doubtful(person))];
  return { one, other, link: (await linkOf(app, one, other))! };
};
export type LinkStep = 'confirm' | 'reject' | 'split' | 'reopen';
export const decide = (app: TestApp, actor: Actor, linkId: string, step: LinkStep): Promise<Done | Refusal> =>
  app.app.get(PersonLinkCommandsService).decide(actor, { linkId, step }, { name: 'test' });
export const codeOf = (answer: Done | Refusal): string => (isRefusal(answer) ? answer.code : 'DONE');

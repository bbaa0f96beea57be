import { Injectable } from '@nestjs/common';
import type { ConsentScope, FieldClass, Relation } from '../access';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { RunRule } from './matching.enums';
import { UnmetNeedEntity } from './unmet-need.entity';

export type UnmetNeedRow = UnmetNeedEntity & {
  /** `at` with its microseconds, for cursors. */
  readonly atText: string;
  readonly relations: Relation[];
  readonly consents: ConsentScope[];
  /** That a Part 2 program has taken the person; whoever shows it with its referral gives what that one says along. */
  readonly part2: readonly FieldClass[];
};

export interface UnmetNeedFacts {
  readonly referralId: string;
  readonly matchRunId: string;
  /** The agency that sent the referral. */
  readonly agencyId: string;
  readonly rules: readonly RunRule[];
  readonly countyFips: string | null;
}

const columns = `${selectList(UnmetNeedEntity, 'u')},
  to_char(u.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "atText",
  array_remove(array[case when u.agency_id = (select app.agency()) then 'OWN_AGENCY' end,
    (select p.side from referral_party p where p.referral_id = u.referral_id and p.agency_id = (select app.agency()))], null) as relations, coalesce((select app.active_consents(f.person_id, app.agency()) from referral f where f.id = u.referral_id), '{}') as consents,
  coalesce((select '{OUTCOME}'::text[] from referral f where f.id = u.referral_id and f.care_is_part2
    and f.receiver_agency_id is distinct from app.agency()), '{}') as part2`;

const renew = sql<{ id: string }>(
  'update unmet_need set match_run_id = $2, rules = $3 where referral_id = $1 and resolved_at is null returning id',
);
const add = sql(
  'insert into unmet_need (id, referral_id, match_run_id, agency_id, rules, county_fips) values ($1, $2, $3, $4, $5, $6)',
);
const resolve = sql<{ id: string }>(
  'update unmet_need set resolved_at = app.now() where referral_id = $1 and resolved_at is null returning id',
);
const isOpen = sql('select 1 from unmet_need where referral_id = $1 and resolved_at is null');
const ofAgency = sql<UnmetNeedRow>(
  `select ${columns} from unmet_need u where u.agency_id = (select app.agency())
     and ($2::timestamptz is null or (u.at, u.id) < ($2, $3::uuid)) order by u.at desc, u.id desc limit $1`,
);
const byIds = sql<UnmetNeedRow>(`select ${columns} from unmet_need u where u.id = any($1::uuid[])`);
const latestOfReferrals = sql<UnmetNeedRow>(
  `select distinct on (u.referral_id) ${columns} from unmet_need u where u.referral_id = any($1::uuid[])
   order by u.referral_id, u.at desc, u.id desc`,
);

@Injectable()
export class UnmetNeedsStore {
  /** One open record for each referral: a later run that leaves nobody renews it, so that waiting is counted from the first. */
  async record(tx: SystemTx, { referralId, matchRunId, agencyId, rules, countyFips }: UnmetNeedFacts): Promise<string> {
    const [open] = await tx.query(renew, [referralId, matchRunId, rules]);
    if (open) return open.id;
    const id = newId();
    tx.post(add, [id, referralId, matchRunId, agencyId, rules, countyFips]);
    return id;
  }

  async isOpen(tx: SystemTx, referralId: string): Promise<boolean> {
    return (await tx.query(isOpen, [referralId])).length > 0;
  }

  /** The id of the record that was open, if any. */
  async resolve(tx: SystemTx, referralId: string): Promise<string | null> {
    return (await tx.query(resolve, [referralId]))[0]?.id ?? null;
  }

  /** Newest first, one more than asked for where more follow. */
  ofAgency(reader: Reader, first: number, after: Keyset | null): Promise<UnmetNeedRow[]> {
    return reader.query(ofAgency, [first + 1, after?.createdAt ?? null, after?.id ?? null]);
  }

  byIds(reader: Reader, ids: readonly string[]): Promise<UnmetNeedRow[]> {
    return reader.query(byIds, [ids]);
  }

  latestOf(reader: Reader, referralIds: readonly string[]): Promise<UnmetNeedRow[]> {
    return reader.query(latestOfReferrals, [referralIds]);
  }
}

import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import type { SealedField } from '../platform/encryption/sealed-field';
import { blockingKeysOf } from './linkage/engine/blocking/blocking-keys';
import { defaultLinkagePolicy as policy } from './linkage/engine/default-policy';
import type { PreparedRecord } from './linkage/engine/prepared-record';
import { termsOf, type Register, type Term } from './linkage/engine/register/register-shares';

/** What a search of the register gives before anybody is compared. */
export interface Looked extends Register {
  readonly ids: readonly string[];
}

/** Never sealed and opened: only its codes are on file, so it is not declared, and keys move with a pass over everybody. */
const BLOCK: SealedField = { table: 'person_block', column: 'key', normalise: (text) => text };
/** Of 32 bytes the first 16 name the key; of the code, 64 bits: two that meet by chance cost a comparison. */
const [CODE_FROM, CODE_UNTIL] = [16, 24];

const codeOf = (index: Buffer): Buffer => index.subarray(CODE_FROM, CODE_UNTIL);

// Of a key that many share, one more than the limit is read and then none of them taken. Whoever shares one telling key, or two of any.
const look = sql<{ ids: string[]; counts: string[]; people: string }>(
  `with blocks as (
     select k.at, b.person_id, count(*) over (partition by k.at) as size from unnest($1::bytea[]) with ordinality as k(key, at)
       cross join lateral (select person_id from person_block where key = k.key limit $2) b),
   voted as (
     select person_id, sum(case when size <= $3 then 2 else 1 end) as votes from blocks where size < $2 and person_id is distinct from $4::uuid
     group by person_id having sum(case when size <= $3 then 2 else 1 end) > 1 order by votes desc, person_id limit $5)
   select (select coalesce(array_agg(person_id::text), '{}') from voted) as ids,
     (select coalesce(array_agg(n order by at), '{}') from (select t.at, (select count(*) from (
        select 1 from person_block where key = t.key limit $7) c) as n from unnest($6::bytea[]) with ordinality as t(key, at)) x) as counts,
     (select greatest(reltuples, 0)::bigint from pg_class where oid = 'person'::regclass) as people`,
);
const keep = sql(
  `insert into person_block (key, person_id) select distinct k, $2::uuid from unnest($1::bytea[]) k on conflict do nothing`,
);
const forget = sql('delete from person_block where person_id = $2 and key <> all($1::bytea[])');
const tryTurns = sql<{ isMine: boolean }>(
  `select coalesce(bool_and(pg_try_advisory_xact_lock(hashtextextended('person ' || encode(k, 'hex'), 0))), true) as "isMine"
   from unnest($1::bytea[]) k`,
);

/** So many who have a value are counted; whoever shares it with more shares it with a hundredth of the register at most. */
const MOST_COUNTED = 10_000;
/** Two who come in at once are one person most likely when these agree. */
const TURNS = ['BIRTH_DATE', 'PHONE', 'SOUND_OF_NAMES'] as const;

/** Finds records that may be of one person, by keyed codes. What it finds for an actor are persons their agency knows. */
@Injectable()
export class PersonRegisterStore {
  constructor(private readonly fields: FieldCipher) {}

  async look(reader: Reader, asked: PreparedRecord, without: string | null): Promise<Looked> {
    const { keys, largestBlock } = policy.blocking;
    const { telling, mostCandidates } = policy.lookup;
    const terms = termsOf(asked);
    const counted = terms.map(({ key }) => this.codes(key));
    const sought = [blockingKeysOf(asked, keys).flatMap((key) => this.codes(key)), largestBlock + 1, telling];
    const [row] = await reader.query(look, [...sought, without, mostCandidates, counted.flat(), MOST_COUNTED]);
    const counts = (row?.counts ?? []).map(Number);
    let at = 0;
    const peopleWith = (codes: readonly Buffer[]): number => {
      const sum = counts.slice(at, at + codes.length).reduce((all, count) => all + count, 0);
      at += codes.length;
      return sum;
    };
    return {
      ids: row?.ids ?? [],
      people: Number(row?.people ?? 0),
      counted: terms.map((term: Term, index) => ({ ...term, people: peopleWith(counted[index] as Buffer[]) })),
    };
  }

  /** Whether nobody else is at work on a person like this one. Holds until the transaction ends, and waits for nobody. */
  async isTurnFree(tx: SystemTx, record: PreparedRecord): Promise<boolean> {
    const keys = blockingKeysOf(record, TURNS).map((key) => this.code(key));
    return (await tx.query(tryTurns, [keys]))[0]?.isMine ?? true;
  }

  /** From here on the person is found by what this record says, and by nothing else. */
  keep(tx: SystemTx, personId: string, record: PreparedRecord): void {
    const names = [...blockingKeysOf(record, policy.blocking.keys), ...termsOf(record).map(({ key }) => key)];
    const codes = names.map((key) => this.code(key));
    tx.post(keep, [codes, personId]);
    tx.post(forget, [codes, personId]);
  }

  private code(key: string): Buffer {
    return codeOf(this.fields.index(BLOCK, key) as Buffer);
  }

  /** Under every key that records may stand under. */
  private codes(key: string): Buffer[] {
    return this.fields.indexes(BLOCK, key).map(codeOf);
  }
}

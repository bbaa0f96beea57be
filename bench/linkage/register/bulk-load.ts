import type { Client } from 'pg';
import type { LinkageRecord } from '../../../src/people/linkage/engine/linkage-record';
import { wordsReader } from '../../../src/people/linkage/words-reader';
import type { Identity, PeopleStore } from '../../../src/people/people.store';
import type { PersonRegisterStore } from '../../../src/people/person-register.store';
import type { Statement } from '../../../src/platform/database/statement';
import type { SystemTx } from '../../../src/platform/database/tx';

const BATCH = 5_000;
const CODE_BYTES = 8;

/** The columns of `person` in the order in which the product posts them. */
const personTypes = ['uuid', 'text', 'text', 'date', 'text', 'text', 'bytea', 'bytea', 'text'];
const insertPeople = `insert into person (id, given_name, family_name, birth_date, sex, race, phone_sealed, phone_index, language)
  select * from unnest(${personTypes.map((type, at) => `$${at + 1}::${type}[]`).join(', ')})`;
// Codes as one text of bytes: an array of millions of small ones takes longer to write down than to store.
const insertCodes = `insert into person_block (key, person_id)
  select substring($1::bytea from (${CODE_BYTES} * (k.at - 1) + 1)::int for ${CODE_BYTES}), k.id from unnest($2::uuid[]) with ordinality as k(id, at)`;

/** Takes down what the stores post, sealed and coded as ever, in place of sending it. */
class Scribe {
  readonly people: unknown[][] = [];
  readonly codes: Buffer[] = [];
  readonly coded: string[] = [];

  post({ text }: Statement<unknown>, values: readonly unknown[]): void {
    if (text.startsWith('insert into person ')) this.people.push([...values]);
    else if (text.startsWith('insert into person_block ')) this.code(values as [Buffer[], string]);
  }

  private code([codes, personId]: readonly [Buffer[], string]): void {
    const seen = new Set<string>();
    for (const code of codes) {
      const text = code.toString('latin1');
      if (seen.has(text)) continue;
      seen.add(text);
      this.codes.push(code);
      this.coded.push(personId);
    }
  }
}

interface Definition {
  readonly drop: string;
  readonly make: string;
}

const definitions = `select format('alter table person_block drop constraint %I', conname) as drop,
    format('alter table person_block add constraint %I %s', conname, pg_get_constraintdef(oid)) as make
  from pg_constraint where conrelid = 'person_block'::regclass and contype in ('p', 'f')
  union all select format('drop index %I', indexrelid::regclass), pg_get_indexdef(indexrelid) from pg_index
  where indrelid = 'person_block'::regclass and not indisprimary order by 1`;

/**
 * Fills the register with so many people: the rows that intake would write, under the keys of the installation, thousands at a time and
 * with the indexes of the codes built afterwards. Nobody is compared. Answers their ids.
 */
export const bulkLoad = async (
  owner: Client,
  { people, register }: { readonly people: PeopleStore; readonly register: PersonRegisterStore },
  town: readonly LinkageRecord[],
  { agencyId, identityOf }: { readonly agencyId: string; readonly identityOf: (record: LinkageRecord) => Identity },
): Promise<string[]> => {
  const ids: string[] = [];
  await owner.query(`select set_config('app.agency_id', $1, false)`, [agencyId]);
  const { rows } = await owner.query<Definition>(definitions);
  for (const { drop } of rows) await owner.query(drop);
  for (let from = 0; from < town.length; from += BATCH) {
    const scribe = new Scribe();
    const tx = scribe as unknown as SystemTx;
    const reader = wordsReader();
    for (const record of town.slice(from, from + BATCH)) {
      const identity = identityOf(record);
      const id = people.insertPerson(tx, identity);
      register.keep(tx, id, reader.read(identity));
      ids.push(id);
    }
    await owner.query(
      insertPeople,
      personTypes.map((_, at) => scribe.people.map((row) => row[at])),
    );
    await owner.query(insertCodes, [Buffer.concat(scribe.codes), scribe.coded]);
  }
  await owner.query(`set maintenance_work_mem = '512MB'`);
  for (const { make } of [...rows].sort((a, b) => a.make.localeCompare(b.make))) await owner.query(make);
  return ids;
};

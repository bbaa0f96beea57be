import { Injectable } from '@nestjs/common';
import { personAgreements, type NamedPerson } from '../../people';
import { insertionOf, selectList } from '../../platform/database/columns';
import { newId } from '../../platform/database/new-id';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import { FieldCipher } from '../../platform/encryption/field-cipher';
import { sealedField } from '../../platform/encryption/sealed-field';
import { earlierKey } from '../engine/earlier-key';
import type { Likeness } from '../engine/home-likeness';
import { namesakeLikeness, namesTold } from '../engine/namesake';
import { homeKey, houseNumber, houseNumbers, likenessOf } from '../home-key';
import { OutreachHomeDecisionEntity, OutreachOptOutEntity } from './opt-out.entity';
import { OutreachCaseEntity, type CaseRow } from './outreach-case.entity';
import { OutreachCasesStore } from './outreach-cases.store';
import { clusterOf, keysOfRow } from './roster.store';

/** An opt-out that a case is under, or may be under. */
export interface FoundOptOut {
  readonly likeness: 'SAME' | 'DOUBT';
  readonly optOutId: string;
  /** For whoever works with the case to compare; null: another team was told, and nobody here is shown it. */
  readonly address: string | null;
  /** Of a home, and told to another team. */
  readonly isOfOthers: boolean;
}
/** Whether an opt-out counts for a case now. */
export type Counts = (row: CaseRow, found: FoundOptOut) => boolean;
const always: Counts = () => true;
type NewOptOut = Pick<OutreachOptOutEntity, 'kind' | 'caseId' | 'personId' | 'countyFips' | 'address'>;
interface Candidate {
  readonly id: string;
  readonly optOutId: string;
  readonly countyFips: string;
  readonly address: string | null;
  readonly isPerson: boolean;
  /** Whoever was told works in the team of the case, and in the one that it is handed to. */
  readonly isOwn: boolean;
  /** Who opted out, and whom the case names; null: one of them is of nobody. */
  readonly both: { readonly told: NamedPerson; readonly its: NamedPerson; readonly isPhoneSame: boolean } | null;
}
type Judged = Candidate & { readonly namesake: Likeness };

const OPTED_OUT = sealedField('outreach_opt_out', 'address', homeKey);
const OPTED_OUT_EARLIER = { ...OPTED_OUT, normalise: earlierKey };
const NUMBER = sealedField('outreach_opt_out', 'number', (number) => number);
const DECIDED = sealedField('outreach_home_decision', 'address');

const named = (alias: string): string =>
  `jsonb_build_object('givenName', ${alias}.given_name, 'familyName', ${alias}.family_name, 'birthDate', ${alias}.birth_date)`;
const isPerson = `o.person_id is not null and c.person_key is not null and ${clusterOf('o.person_id')} = any(${keysOfRow('c')})`;
const worksIn = (program: string): string =>
  `exists (select 1 from outreach_program p where p.id = ${program} and (p.agency_id = o.agency_id
     or exists (select 1 from outreach_team t where t.program_id = p.id and t.agency_id = o.agency_id and t.agreed_at is not null)))`;
const isOwn = (program: string, next: string): string =>
  `(${worksIn(program)} and (${next} is null or ${worksIn(next)}))`;
// An opt-out is of a person or of a family, whatever opened the case. A home counts for whoever is not named, on either side, or may be
// the one; a person for themselves, under every record that is theirs. One on file from before there were numbers is looked at each time.
const candidates = sql<Candidate>(
  `select distinct on (c.id, o.id) c.id, o.id as "optOutId", o.county_fips as "countyFips", o.address_sealed as address, (${isPerson}) as "isPerson",
     ${isOwn('c.program_id', 'c.to_program_id')} as "isOwn",
     case when c.person_key is not null and a.id is not null and b.id is not null then jsonb_build_object(
       'told', ${named('a')}, 'its', ${named('b')}, 'isPhoneSame', coalesce(a.phone_index = b.phone_index, false)) end as both
   from unnest($1::uuid[], $2::bytea[], $3::bytea[]) k(id, home, number) join outreach_case c on c.id = k.id
     join outreach_opt_out o on (o.kind = 'FAMILY') = (c.kind = 'FAMILY') and ((${isPerson})
       or o.address_index = k.home or o.number_index = k.number or (o.number_index is null and o.address_sealed is not null))
     left join person a on a.id = o.person_id left join person b on b.id = c.person_id
   order by c.id, o.id`,
);
const optOut = sql<Pick<OutreachOptOutEntity, 'kind' | 'personId'>>(
  'select kind, person_id as "personId" from outreach_opt_out where id = $1',
);
const shown = sql<Pick<OutreachOptOutEntity, 'id' | 'address'>>(
  `select o.id, o.address_sealed as address from outreach_opt_out o where o.id = $1 and ${isOwn('$2::uuid', '$3::uuid')}`,
);
interface Decided extends Pick<OutreachHomeDecisionEntity, 'id' | 'caseId' | 'optOutId' | 'address'> {
  readonly personKey: string | null;
  /** Nobody is named on one side: it was decided of the home alone. */
  readonly isOfHome: boolean;
}
const decisions = sql<Decided>(
  `select d.id, d.case_id as "caseId", d.opt_out_id as "optOutId", d.address_sealed as address, c.person_key as "personKey",
     (c.person_key is null or o.person_id is null) as "isOfHome"
   from outreach_home_decision d join outreach_case c on c.id = d.case_id join outreach_opt_out o on o.id = d.opt_out_id
   where d.opt_out_id = any($1::uuid[]) and not d.is_same_home`,
);
const plain = selectList(OutreachCaseEntity, 'c').replace('c.week as', 'c.week::text as');
// Of a home that was told without its county it is known only where it happened.
const openNear = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.state not in ('CLOSED','VOID') and (c.kind = 'FAMILY') = ($1 = 'FAMILY') and c.address_sealed is not null
     and (coalesce(c.residence_county_fips, c.county_fips) = $2 or c.residence_county_fips is null) order by c.id for no key update`,
);
const optOutInsertion = insertionOf(OutreachOptOutEntity, 'outreach_opt_out');
const decisionInsertion = insertionOf(OutreachHomeDecisionEntity, 'outreach_home_decision');

const countyOf = ({ residenceCountyFips, countyFips }: CaseRow): string => residenceCountyFips ?? countyFips;
/** Of the place where it happened nobody said that it is the home: at most it may be. */
const likeness = (row: CaseRow, found: Judged): Likeness => {
  if (found.isPerson) return 'SAME';
  if (row.address === null || found.address === null) return 'OTHER';
  const home = { address: row.address, countyFips: countyOf(row) };
  const alike = likenessOf({ address: found.address, countyFips: found.countyFips }, home);
  const isDoubt = row.addressBasis === 'INCIDENT' || found.namesake === 'DOUBT';
  return alike === 'SAME' && isDoubt ? 'DOUBT' : alike;
};
/** Whom the opt-out and the case name, before any address is opened. */
const judged = (found: readonly Candidate[]): Judged[] => {
  const agreementOf = found.some(({ both }) => both !== null) ? personAgreements() : null;
  return found.map((one) => {
    if (one.both === null || agreementOf === null) return { ...one, namesake: 'SAME' };
    const { told, its, isPhoneSame } = one.both;
    return { ...one, namesake: namesakeLikeness({ ...agreementOf(namesTold(told), namesTold(its)), isPhoneSame }) };
  });
};
const isSpeltAlike = (address: string | null, row: CaseRow): boolean => {
  const countyFips = countyOf(row);
  return address !== null && likenessOf({ address, countyFips }, { address: row.address ?? '', countyFips }) === 'SAME';
};

/** Who said that nobody is to come, and what humans said where it was in doubt. Read and written as Handrail only. */
@Injectable()
export class OptOutsStore {
  constructor(
    private readonly fields: FieldCipher,
    private readonly cases: OutreachCasesStore,
  ) {}

  add(tx: SystemTx, of: NewOptOut): void {
    const id = newId();
    const { agencyId, id: byActor } = tx.actor;
    const number = of.address === null ? null : houseNumber(of.address);
    const sealed = {
      ...{
        address: this.fields.seal(OPTED_OUT, id, of.address),
        addressIndex: this.fields.index(OPTED_OUT, of.address),
      },
      ...{ number: this.fields.seal(NUMBER, id, number), numberIndex: this.fields.index(NUMBER, number) },
    };
    const row = { ...of, ...sealed, id, recordedAt: tx.asOf, agencyId, byActor };
    tx.post(optOutInsertion.statement, optOutInsertion.valuesOf(row as unknown as OutreachOptOutEntity));
  }

  /** The same opt-out under another spelling of its home, which a human says is the same. */
  async addSpelling(tx: SystemTx, row: CaseRow): Promise<void> {
    const [known] = await tx.query(optOut, [row.heldFor]);
    if (known) this.add(tx, { ...known, caseId: row.id, countyFips: countyOf(row), address: row.address });
  }

  decide(tx: SystemTx, { id: caseId, heldFor, address }: CaseRow, isSameHome: boolean): void {
    const id = newId();
    const { agencyId, id: byActor } = tx.actor;
    const decided = { id, caseId, optOutId: heldFor, isSameHome, address: this.fields.seal(DECIDED, id, address) };
    const row = { ...decided, recordedAt: tx.asOf, agencyId, byActor };
    tx.post(decisionInsertion.statement, decisionInsertion.valuesOf(row as unknown as OutreachHomeDecisionEntity));
  }

  /** The address of the opt-out that a case is held for, as far as both its teams may be shown it. */
  async shownTo(tx: SystemTx, { heldFor, programId, toProgramId }: CaseRow): Promise<string | null> {
    if (heldFor === null) return null;
    const found = await tx.query(shown, [heldFor, programId, toProgramId]);
    return (await this.fields.unseal(found, 'address', OPTED_OUT))[0]?.address ?? null;
  }

  /**
   * Of each case the opt-out that it is under; else the first that it may be under, of which no human said otherwise, those that the team
   * was told itself before others.
   */
  async over(
    tx: SystemTx,
    rows: readonly CaseRow[],
    counts: Counts = always,
  ): Promise<ReadonlyMap<string, FoundOptOut>> {
    const found = await this.candidatesFor(tx, rows);
    const near = judged(found).filter(({ isPerson, namesake }) => isPerson || namesake !== 'OTHER');
    const opened = await this.fields.unseal(near, 'address', OPTED_OUT, 'optOutId');
    const of = (row: CaseRow) =>
      opened.flatMap((one) => {
        const alike = one.id === row.id ? likeness(row, one) : 'OTHER';
        if (alike === 'OTHER') return [];
        const { optOutId, isOwn, isPerson, address } = one;
        const isOfOthers = !isOwn && !isPerson;
        const isOfPerson = one.namesake === 'DOUBT';
        const found = { likeness: alike, optOutId, address: isOwn ? address : null, isOfOthers, isOfPerson };
        return counts(row, found) ? [found] : [];
      });
    const all = rows.map((row) => [row, of(row)] as const);
    const doubted = all.flatMap(([, some]) => some.filter((one) => one.likeness === 'DOUBT'));
    const isAnother = await this.decided(tx, [...new Set(doubted.map(({ optOutId }) => optOutId))]);
    return new Map(
      all.flatMap(([row, some]) => {
        const left = some.filter((one) => one.likeness === 'SAME' || !isAnother(row, one));
        const first =
          left.find((one) => one.likeness === 'SAME') ?? left.find(({ isOfOthers }) => !isOfOthers) ?? left[0];
        return first ? [[row.id, first] as const] : [];
      }),
    );
  }

  private async candidatesFor(tx: SystemTx, rows: readonly CaseRow[]): Promise<Candidate[]> {
    const keys = rows.flatMap(({ id, address }) => {
      const homes =
        address === null ? [] : [OPTED_OUT, OPTED_OUT_EARLIER].flatMap((by) => this.fields.indexes(by, address));
      const meant = address === null ? [] : houseNumbers(address);
      const numbers = meant.flatMap((number) => this.fields.indexes(NUMBER, number));
      return [
        { id, home: null, number: null },
        ...homes.map((home) => ({ id, home, number: null })),
        ...numbers.map((one) => ({ id, home: null, number: one })),
      ];
    });
    if (keys.length === 0) return [];
    const values = [keys.map(({ id }) => id), keys.map(({ home }) => home), keys.map(({ number }) => number)];
    return tx.query(candidates, values);
  }

  /** Whether a human said of this home, or of this person there, that it is another one than that of the opt-out. */
  private async decided(tx: SystemTx, optOutIds: readonly string[]) {
    const found = optOutIds.length === 0 ? [] : await tx.query(decisions, [optOutIds]);
    const opened = await this.fields.unseal(found, 'address', DECIDED);
    return (row: CaseRow, { optOutId, isOfPerson }: { optOutId: string; isOfPerson: boolean }): boolean =>
      opened.some((one) => {
        if (one.optOutId !== optOutId || !isSpeltAlike(one.address, row)) return false;
        if (one.caseId === row.id) return true;
        const isOfThem = one.personKey !== null && one.personKey === row.personKey;
        return row.addressBasis !== 'INCIDENT' && (isOfThem || (one.isOfHome && !isOfPerson));
      });
  }

  /** Open cases that an opt-out of this one may be about. */
  async openNear(tx: SystemTx, row: CaseRow): Promise<CaseRow[]> {
    return this.cases.opened(await tx.query(openNear, [row.kind, countyOf(row)]));
  }
}

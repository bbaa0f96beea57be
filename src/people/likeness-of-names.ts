import { RecordComparer } from './linkage/engine/compare/compare-records';
import { emptyLevels, levelName, positionOf, type LevelName } from './linkage/engine/compare/levels';
import { defaultLinkagePolicy } from './linkage/engine/default-policy';
import { wordsReader } from './linkage/words-reader';

export type NamedPerson = Readonly<Record<'givenName' | 'familyName' | 'birthDate', string | null>>;

/** How far two records agree; `MISSING` where one of them does not tell. */
export type PersonAgreement = Readonly<Record<keyof NamedPerson | 'nameOrder' | 'nameSuffix', LevelName | 'MISSING'>>;

/** Compares pairs of records by nicknames, slips of the pen and swapped names, as the linkage does. For one batch. */
export const personAgreements = (): ((one: NamedPerson, other: NamedPerson) => PersonAgreement) => {
  const [reader, comparer] = [wordsReader(), new RecordComparer(defaultLinkagePolicy.likeness)];
  return (one, other) => {
    const levels = emptyLevels();
    comparer.compare(reader.read(one), reader.read(other), levels);
    const of = (what: keyof PersonAgreement) => levelName(what, levels[positionOf[what]] as number);
    const [givenName, familyName] = [of('givenName'), of('familyName')];
    const [birthDate, nameOrder, nameSuffix] = [of('birthDate'), of('nameOrder'), of('nameSuffix')];
    return { givenName, familyName, birthDate, nameOrder, nameSuffix };
  };
};

import { levelName, positionOf, type Levels } from '../compare/levels';
import { linkageFields, type LinkageField } from '../linkage-record';
import type { LinkagePolicy } from '../policy';

/** Which fields say that two records are of one person, and which say that they are of two. */
export const identifyingFields = (levels: Levels, of: LinkagePolicy['identifiers']) => {
  const levelOf = (field: LinkageField): string => levelName(field, levels[positionOf[field]] as number);
  const agreeing = of.fields.filter((field) => {
    const level = levelOf(field);
    return of.exact.includes(field) ? level === 'EXACT' : of.levels.some((name) => name === level);
  });
  const contrary = linkageFields.filter(
    (field) => of.contrary[field]?.some((name) => name === levelOf(field)) ?? false,
  );
  return { agreeing, contrary };
};

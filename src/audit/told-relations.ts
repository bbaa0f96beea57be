import { isInScope, resources, scopesOf, type Actor, type Explanation, type Facts, type Relation } from '../access';

/**
 * Of the relations that hold, those by which a row of the type opens a field or a step to the actor, as far as their role and scopes go: any
 * other would tell what nothing else does.
 */
export const openingRelations = (actor: Actor, type: string, { relations }: Facts): Relation[] => {
  const { fields = {}, grants = [], commands = {} } = resources[type] ?? {};
  const inScope = Object.keys(fields).filter((field) => isInScope(actor, scopesOf(type, field)));
  const classes = new Set(inScope.map((field) => fields[field]));
  const steps = Object.entries(commands).filter(([command]) => isInScope(actor, [`${type}:${command}`]));
  const rows = [
    ...grants.filter((grant) => grant.classes.some((one) => classes.has(one))),
    ...steps.flatMap(([, granted]) => granted),
  ].filter(({ roles }) => roles.includes(actor.role));
  return relations.filter((one) => rows.some(({ relation }) => relation === one));
};

/**
 * Of the relations that hold, those that the rows considered give away themselves: all that somebody hears who asks for another. What opens a step
 * to that one alone would tell more: of a person at a program where nobody is left, that they are there.
 */
export const weighedRelations = ({ weighed }: Explanation, { relations }: Facts): Relation[] => {
  const met = weighed.filter(([, failsBy]) => failsBy !== 'ROLE' && failsBy !== 'RELATION');
  return relations.filter((one) => met.some(([{ relation }]) => relation === one));
};

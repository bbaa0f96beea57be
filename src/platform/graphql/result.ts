import type { Type } from '@nestjs/common';
import { createUnionType } from '@nestjs/graphql';
import { isRefusal } from '../../kernel/refusal';
import { refusals } from '../health/metrics';
import { Refused } from './refused.type';

const results = new Map<Type<unknown>, Type<unknown>>();

/**
 * The answer of a command: `Referral` becomes `ReferralResult = Referral | Refused`. One union per type, made once;
 * the class must have the name of its GraphQL type. A service returns the row or a `Refusal`, as it is.
 */
export const resultOf = <T>(type: Type<T>): Type<T> => {
  const known = results.get(type);
  if (known) return known as Type<T>;
  const result = createUnionType({
    name: `${type.name}Result`,
    description: `${type.name}, or why not.`,
    types: () => [type, Refused] as const,
    resolveType: (value: unknown) => {
      if (!isRefusal(value)) return type;
      refusals.inc({ code: value.code });
      return Refused;
    },
  }) as unknown as Type<T>;
  results.set(type, result);
  return result;
};

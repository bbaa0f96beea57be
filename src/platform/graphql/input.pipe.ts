import { Injectable, ValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { badInput } from './errors';

class BrokenRules extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('input breaks a rule');
  }
}

export interface BrokenRule {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

const below = (path: string, property: string): string =>
  /^\d+$/.test(property) ? `${path}[${property}]` : [path, property].filter(Boolean).join('.');

const remedyIn = (error: ValidationError): string | undefined =>
  Object.values((error.contexts ?? {}) as Record<string, { remedy?: unknown }>)
    .map(({ remedy }) => remedy)
    .find((remedy): remedy is string => typeof remedy === 'string');

/** The first broken rule, deepest first: the path then names the value and not its envelope. */
const firstBroken = (errors: readonly ValidationError[], path: string): BrokenRule | null => {
  for (const error of errors) {
    const at = below(path, error.property);
    const inside = firstBroken(error.children ?? [], at);
    if (inside) return inside;
    const message = Object.values(error.constraints ?? {})[0];
    if (message) {
      return { path: at, message, remedy: remedyIn(error) ?? `Correct \`${at}\` and send the request again.` };
    }
  }
  return null;
};

const NO_WORDS = 'The input breaks a rule.';

const rules = new ValidationPipe({
  transform: true,
  // An input of ids and enums alone carries no rule of its own; GraphQL has checked its shape.
  forbidUnknownValues: false,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) => new BrokenRules(errors),
});

const transformed = async (value: unknown, metadata: ArgumentMetadata): Promise<{ value: unknown } | BrokenRules> => {
  try {
    return { value: (await rules.transform(value, metadata)) as unknown };
  } catch (error) {
    if (error instanceof BrokenRules) return error;
    throw error;
  }
};

/** A value as the input class, or the first of its rules that the value breaks. */
export const readAs = async <Input extends object>(
  metatype: new (...args: never[]) => Input,
  value: unknown,
  path: string,
): Promise<{ readonly value: Input } | { readonly broken: BrokenRule }> => {
  const read = await transformed(value, { type: 'body', metatype: metatype as ArgumentMetadata['metatype'] });
  if (!(read instanceof BrokenRules)) return { value: read.value as Input };
  return { broken: firstBroken(read.errors, path) ?? { path, message: NO_WORDS, remedy: 'Correct it.' } };
};

/**
 * Checks input classes by their class-validator rules. A broken rule is BAD_USER_INPUT with one message, the path in
 * `extensions.field` and the way out in `extensions.remedy`; a rule gives its own with `{ context: { remedy: '…' } }`.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    const read = await transformed(value, metadata);
    if (!(read instanceof BrokenRules)) return read.value;
    const broken = firstBroken(read.errors, metadata.data ?? '');
    throw badInput(broken?.message ?? NO_WORDS, broken?.path, broken?.remedy);
  }
}

import { Injectable, ValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { badInput } from './errors';

class BrokenRules extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('input breaks a rule');
  }
}

interface BrokenRule {
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

/**
 * Checks input classes by their class-validator rules. A broken rule is BAD_USER_INPUT with one message, the path in
 * `extensions.field` and the way out in `extensions.remedy`; a rule gives its own with `{ context: { remedy: '…' } }`.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  readonly #rules = new ValidationPipe({
    transform: true,
    // An input of ids and enums alone carries no rule of its own; GraphQL has checked its shape.
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new BrokenRules(errors),
  });

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    try {
      return (await this.#rules.transform(value, metadata)) as unknown;
    } catch (error) {
      if (!(error instanceof BrokenRules)) throw error;
      const broken = firstBroken(error.errors, metadata.data ?? '');
      throw badInput(broken?.message ?? 'The input breaks a rule.', broken?.path, broken?.remedy);
    }
  }
}

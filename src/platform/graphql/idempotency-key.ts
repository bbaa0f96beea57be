import { Injectable, type PipeTransform } from '@nestjs/common';
import { Args } from '@nestjs/graphql';
import { badInput } from './errors';
import { lengthOf } from './text-length';

export const IDEMPOTENCY_KEY = 'idempotencyKey';
const SHORTEST = 8;
const LONGEST = 200;

@Injectable()
class IdempotencyKeyPipe implements PipeTransform<string | null | undefined, string | null> {
  transform(key: string | null | undefined): string | null {
    if (key === null || key === undefined) return null;
    const length = lengthOf(key);
    if (length >= SHORTEST && length <= LONGEST) return key;
    throw badInput(
      `A key has ${SHORTEST} to ${LONGEST} characters.`,
      IDEMPOTENCY_KEY,
      'Send a fresh UUID for each new request.',
    );
  }
}

/**
 * The client’s own key for one request, an argument of every mutation: the same key with the same body has one effect and one
 * answer, however often it is sent; with another body it is refused. 8 to 200 characters, one per user and operation.
 */
export const IdempotencyKey = () =>
  Args(
    IDEMPOTENCY_KEY,
    {
      type: () => String,
      nullable: true,
      description: `Your own key for this request, ${SHORTEST} to ${LONGEST} characters. The same key with the same body has one effect and one answer, however often it is sent; with another body it is refused (IDEMPOTENCY_KEY_REUSED), and so is any repetition after more than a week (IDEMPOTENCY_KEY_EXPIRED). Send one whenever a lost answer could make you ask again.`,
    },
    IdempotencyKeyPipe,
  );

import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import { Access } from '../../platform/auth';
import { SignIn } from '../../platform/auth/sign-in';
import { Unavailable } from '../../platform/database/failures';
import { presentError, retryLater } from '../../platform/graphql';
import { Doorkeeper } from '../../platform/limits';
import { rawTextOf } from '../../platform/http/raw-text';
import { recordOf } from '../../platform/logging';
import { InboundReception } from './inbound-reception';

/** HTTP’s word on a code, so that a sender that only looks at the status knows whether to try again. */
const STATUS: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  IDEMPOTENCY_KEY_EXPIRED: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  RATE_LIMITED: 429,
  RETRY_LATER: 503,
  INTERNAL_SERVER_ERROR: 500,
};

interface Word {
  readonly status: number;
  readonly body: object;
  readonly retryAfterSeconds?: number;
}

/** The sender wrote `data`: that it is the input of a mutation is nothing it can see. Refusals name fields in their facts, too. */
const asSent = <Told>(told: Told): Told =>
  JSON.parse(JSON.stringify(told), (name, value: unknown) =>
    name === 'field' && typeof value === 'string' ? value.replace(/^input\b/, 'data') : value,
  ) as Told;

const wordOnError = (error: GraphQLError): Word => {
  const shown: GraphQLFormattedError = presentError(error.toJSON(), error);
  const { code, retryAfterSeconds } = (shown.extensions ?? {}) as { code?: string; retryAfterSeconds?: number };
  const { message, extensions } = shown;
  const wait = retryAfterSeconds ?? (code === 'RETRY_LATER' ? 1 : undefined);
  const status = STATUS[code ?? ''] ?? 500;
  return {
    status,
    body: { errors: [{ message, extensions: asSent(extensions ?? {}) }] },
    ...(wait !== undefined && { retryAfterSeconds: wait }),
  };
};

const wordOn = ({ data, errors }: ExecutionResult): Word => {
  if (errors?.[0]) return wordOnError(errors[0]);
  const answer = data?.['answer'] as { __typename: string; code?: string; message?: string } & Record<string, unknown>;
  if (answer.__typename !== 'Refused') return { status: 200, body: { done: true } };
  const { message, code, field, remedy, details } = answer;
  const body = { errors: [{ message, extensions: asSent({ code, field, remedy, details }) }] };
  return { status: STATUS[code ?? ''] ?? 422, body };
};

/** Where partner systems push to. Public to the guard: who comes is known by the signature. */
@Controller('webhooks/inbound')
export class InboundController {
  constructor(
    private readonly reception: InboundReception,
    private readonly doorkeeper: Doorkeeper,
    private readonly signIn: SignIn,
  ) {}

  @Access('public')
  @Post(':endpointId')
  async take(
    @Param('endpointId') endpointId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { status, body, retryAfterSeconds } = await this.#answer(endpointId, request);
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    void reply.code(status);
    return body;
  }

  async #answer(endpointId: string, request: FastifyRequest): Promise<Word> {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const requestId = recordOf(request.raw)?.requestId ?? 'none';
    try {
      // Counted like whoever comes without a token, before anything is looked up for them.
      await this.doorkeeper.letIn({ address: request.ip, authorization: undefined }, this.signIn);
      const pushed = { endpointId, headers, text: rawTextOf(request.raw), body: request.body, requestId };
      return wordOn(await this.reception.take(pushed));
    } catch (error) {
      if (error instanceof Unavailable) return wordOnError(retryLater());
      if (error instanceof GraphQLError) return wordOnError(error);
      throw error;
    }
  }
}

import { parse, type DocumentNode } from 'graphql';
import { enumOf } from '../../platform/graphql';

interface Plan {
  /** As the payload must name it. */
  readonly type: string;
  readonly description: string;
  /** The command, as the scopes of the partner system name it. */
  readonly resource: string;
  readonly command: string;
  /** The mutation it becomes, with `$key`; its answer is `answer`. */
  readonly document: DocumentNode;
  /** The mutation’s variables from the payload’s `data`. */
  readonly variables: (data: unknown) => Readonly<Record<string, unknown>>;
}

const REFUSED = '__typename ... on Refused { code message field remedy details }';

/** What partner systems may push. Each is a mutation of the API under the system’s own scopes: another one is another row. */
const plans = {
  CENSUS_POSTED: {
    type: 'census.posted',
    description: 'A census of several pools, all or nothing, as `postCensus`; `data` is its `input`.',
    resource: 'BedPool',
    command: 'postCensus',
    document: parse(
      `mutation ($input: PostCensusInput!, $key: String) { answer: postCensus(input: $input, idempotencyKey: $key) { ${REFUSED} } }`,
    ),
    variables: (input) => ({ input }),
  },
  PERSON_ARRIVED: {
    type: 'person.arrived',
    description: 'The person has come, as `recordArrival`; `data` is `{ "id": … }`, the referral.',
    resource: 'Referral',
    command: 'recordArrival',
    document: parse(
      `mutation ($id: ID!, $key: String) { answer: recordArrival(id: $id, idempotencyKey: $key) { ${REFUSED} } }`,
    ),
    variables: (data) => ({ id: (data as { id?: unknown } | null)?.id }),
  },
} as const satisfies Record<string, Plan>;

export type InboundKind = keyof typeof plans;
export const inboundKinds: Readonly<Record<InboundKind, Plan>> = plans;
export const inboundKindNames = Object.keys(plans) as InboundKind[];

export const InboundKindEnum = enumOf(
  'InboundWebhookKind',
  Object.fromEntries(
    inboundKindNames.map((kind) => [kind, `${plans[kind].description} Type \`${plans[kind].type}\`.`]),
  ) as Record<InboundKind, string>,
  'What a partner system pushes.',
);

import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, Max, MaxLength, Min } from 'class-validator';
import { decodeCursor, encodeCursor, type Keyset, type RankedKeyset } from './cursor';

export const DEFAULT_PAGE = 20;
export const PAGE_LIMIT = 100;
const CURSOR_LIMIT = 200;

@ObjectType({ description: 'Where this page ends (Relay cursor connections).' })
export class PageInfo {
  @Field({ description: 'True when more follows: send `endCursor` as `after`.' })
  hasNextPage: boolean;

  @Field({ description: 'True when this page does not start at the beginning of the list.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true })
  startCursor: string | null;

  @Field(() => String, { nullable: true })
  endCursor: string | null;
}

/** `@Args() page: ConnectionArgs`; extend it for filters. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { defaultValue: DEFAULT_PAGE, description: `How many, 1 to ${PAGE_LIMIT}.` })
  @Min(1)
  @Max(PAGE_LIMIT)
  first: number = DEFAULT_PAGE;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge you have.' })
  @IsOptional()
  @MaxLength(CURSOR_LIMIT)
  after?: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
}

const connections = new Map<Type<unknown>, Type<Connection<unknown>>>();

/** `Referral` becomes `ReferralConnection { edges { cursor node } nodes pageInfo }`. Made once per type. */
export const connectionOf = <T>(type: Type<T>): Type<Connection<T>> => {
  const known = connections.get(type);
  if (known) return known as Type<Connection<T>>;

  @ObjectType(`${type.name}Edge`)
  class TypedEdge implements Edge<T> {
    @Field()
    cursor: string;

    @Field(() => type)
    node: T;
  }

  @ObjectType(`${type.name}Connection`)
  class TypedConnection implements Connection<T> {
    @Field(() => [TypedEdge])
    edges: TypedEdge[];

    @Field(() => [type], { description: 'The nodes of the edges, for readers who need no cursors.' })
    nodes: T[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;
  }

  connections.set(type, TypedConnection);
  return TypedConnection;
};

/** The place to continue from, or null at the beginning. Throws BAD_USER_INPUT for a cursor that is not ours. */
export const keysetOf = (args: Pick<ConnectionArgs, 'after'>): Keyset | null =>
  args.after ? decodeCursor(args.after) : null;

interface Keyed {
  readonly id: string;
  readonly createdAt: Date | string;
}

const keyOf = ({ id, createdAt }: Keyed): Keyset => ({
  id,
  createdAt: typeof createdAt === 'string' ? createdAt : createdAt.toISOString(),
});

/**
 * One page from rows in the order (createdAt, id), read with `limit first + 1`: the one too many says that more follows.
 * `createdAt` keeps its microseconds when the row has it as text; a `Date` needs a `timestamptz(3)` column,
 * or rows of the same millisecond are skipped. `at` gives the key where a row is ordered by another column.
 */
export const pageOf = <Row extends { readonly id: string }>(
  rows: readonly Row[],
  args: Pick<ConnectionArgs, 'first' | 'after'>,
  at: (row: Row) => Keyset | RankedKeyset = (row) => keyOf(row as unknown as Keyed),
): Connection<Row> => {
  const nodes = rows.slice(0, args.first);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(at(node)), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > args.first,
      hasPreviousPage: Boolean(args.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};

/** How many rows are looked at in one go once a page has met rows that are not shown. */
const READ_ON = 200;

/** Rows of which only reading them tells whether they may be shown. */
export interface Sifted<Row> {
  /** In the order of the list, after this place. */
  readonly read: (limit: number, after: Keyset | null) => Promise<readonly Row[]>;
  readonly isShown: (row: Row) => boolean;
  readonly at: (row: Row) => Keyset;
}

/** A page of those that may be shown: reads on until it is full, so that neither its length nor a cursor tells of one left out. */
export const shownPageOf = async <Row extends { readonly id: string }>(
  args: Pick<ConnectionArgs, 'first' | 'after'>,
  { read, isShown, at }: Sifted<Row>,
): Promise<Connection<Row>> => {
  const shown: Row[] = [];
  let after = keysetOf(args);
  let limit = args.first + 1;
  for (let isMore = true; isMore && shown.length <= args.first; limit = READ_ON) {
    const rows = await read(limit, after);
    shown.push(...rows.filter(isShown));
    const last = rows.at(-1);
    isMore = last !== undefined && rows.length === limit;
    after = last === undefined ? after : at(last);
  }
  return pageOf(shown, args, at);
};

import { Pool } from 'pg';
import { matchBare, type MatchIds } from './bare';
import { openPool, type Setup } from './connection';
import { drive } from './drive';
import type { FloorRound } from './floor';
import { HttpClient, type Answer } from './http-client';
import { acceptDocument, matchDocument, matchVariables, needs } from './jobs';
import { ask } from './stage';
import type { ChildProcess } from 'node:child_process';

export const CLIENTS = 8;

/** Who does the two jobs. Returns the latencies of a round; a wrong answer ends the benchmark. */
export interface Contestant {
  readonly name: string;
  match(seconds: number): Promise<number[]>;
  accept(seconds: number, offerIds: readonly string[]): Promise<number[]>;
}

const checked = ({ status, body }: Answer, sign: string): true => {
  if (status !== 200 || !body.includes(sign)) throw new Error(`wrong answer ${status}: ${body.slice(0, 500)}`);
  return true;
};

export class HandrailApi implements Contestant {
  readonly name = 'Handrail';
  #turn = 0;

  constructor(
    private readonly http: HttpClient,
    private readonly officers: readonly string[],
    private readonly staff: readonly string[],
  ) {}

  match(seconds: number): Promise<number[]> {
    return drive(CLIENTS, seconds, async (client) => {
      const variables = matchVariables(needs[this.#turn++ % needs.length] as (typeof needs)[number]);
      return checked(await this.#send(matchDocument, variables, this.officers[client]), '"matches":[');
    });
  }

  accept(seconds: number, offerIds: readonly string[]): Promise<number[]> {
    let next = 0;
    return drive(CLIENTS, seconds, async (client) => {
      const id = offerIds[next++];
      return id !== undefined && checked(await this.#send(acceptDocument, { id }, this.staff[client]), '"ACCEPTED"');
    });
  }

  #send(query: string, variables: object, token = ''): Promise<Answer> {
    return this.http.post('/graphql', { query, variables }, { authorization: `Bearer ${token}` });
  }
}

export class BareServer implements Contestant {
  #turn = 0;

  constructor(
    private readonly http: HttpClient,
    readonly name: string,
    private readonly acceptPath: '/accept' | '/accept-one-by-one',
  ) {}

  match(seconds: number): Promise<number[]> {
    return drive(CLIENTS, seconds, async () =>
      checked(await this.http.post('/match', { need: needs[this.#turn++ % needs.length] }), '"matches":['),
    );
  }

  accept(seconds: number, offerIds: readonly string[]): Promise<number[]> {
    let next = 0;
    return drive(CLIENTS, seconds, async () => {
      const id = offerIds[next++];
      return id !== undefined && checked(await this.http.post(this.acceptPath, { id }), '"ACCEPTED"');
    });
  }
}

/** The statements alone, in a process of their own. */
export class Floor implements Contestant {
  readonly name = 'PostgreSQL alone';

  constructor(private readonly child: ChildProcess) {}

  match(seconds: number): Promise<number[]> {
    return this.#round({ clients: CLIENTS, seconds, offerIds: null });
  }

  accept(seconds: number, offerIds: readonly string[]): Promise<number[]> {
    return this.#round({ clients: CLIENTS, seconds, offerIds });
  }

  async #round(round: FloorRound): Promise<number[]> {
    return (await ask<{ latencies: number[] }>(this.child, round)).latencies;
  }
}

/** The programs and pools that each need finds, for those who only read them. */
export const findIds = async (setup: Setup): Promise<MatchIds[]> => {
  const pool: Pool = openPool(setup);
  const client = await pool.connect();
  try {
    const found: MatchIds[] = [];
    for (const need of needs) {
      const { matches } = (await matchBare(client, need)) as {
        matches: { program?: { id: string }; pool?: { id: string } }[];
      };
      const idsOf = (which: 'program' | 'pool') => matches.flatMap((match) => match[which]?.id ?? []);
      found.push({ programIds: idsOf('program'), poolIds: idsOf('pool') });
    }
    return found;
  } finally {
    client.release();
    await pool.end();
  }
};

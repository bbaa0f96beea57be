import type { ChildProcess } from 'node:child_process';
import { Pool } from 'pg';
import type { Need } from '../../src/matching/engine/need';
import { matchBare, type MatchIds } from './bare';
import { openPool, type Setup } from './connection';
import { drive } from './drive';
import type { FloorRound } from './floor';
import { HttpClient, type Answer } from './http-client';
import {
  acceptDocument,
  matchDocument,
  matchVariables,
  needs,
  PLACED_AT_ONCE,
  submitDocument,
  submitVariables,
} from './jobs';
import { ask } from './stage';

export const CLIENTS = 8;

/** Who does the jobs. Returns the latencies of a round; a wrong answer ends the benchmark. */
export interface Contestant {
  readonly name: string;
  match(seconds: number): Promise<number[]>;
  place(seconds: number): Promise<number[]>;
  accept(seconds: number, offerIds: readonly string[]): Promise<number[]>;
}

const checked = ({ status, body }: Answer, sign: string): true => {
  if (status !== 200 || !body.includes(sign)) throw new Error(`wrong answer ${status}: ${body.slice(0, 500)}`);
  return true;
};

export class HandrailApi implements Contestant {
  #turn = 0;

  constructor(
    private readonly http: HttpClient,
    private readonly officers: readonly string[],
    private readonly staff: readonly string[],
    private readonly placedNeeds: readonly Need[],
    readonly name = 'Handrail',
  ) {}

  match(seconds: number): Promise<number[]> {
    return drive(CLIENTS, seconds, async (client) => {
      const variables = matchVariables(needs[this.#turn++ % needs.length] as (typeof needs)[number]);
      return checked(await this.#send(matchDocument, variables, this.officers[client]), '"matches":[');
    });
  }

  place(seconds: number): Promise<number[]> {
    return drive(CLIENTS, seconds, async (client) => {
      const variables = submitVariables(this.placedNeeds[this.#turn++ % this.placedNeeds.length] as Need);
      return checked(await this.#send(submitDocument, variables, this.officers[client]), PLACED_AT_ONCE);
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
    /** Whether it sends each statement when the one before was answered. */
    private readonly isWaiting: boolean,
    private readonly placedNeeds: readonly Need[],
  ) {}

  match(seconds: number): Promise<number[]> {
    return drive(CLIENTS, seconds, async () =>
      checked(await this.http.post('/match', { need: needs[this.#turn++ % needs.length] }), '"matches":['),
    );
  }

  place(seconds: number): Promise<number[]> {
    return drive(CLIENTS, seconds, async () => {
      const turn = this.#turn++ % this.placedNeeds.length;
      const asked = submitVariables(this.placedNeeds[turn] as Need);
      return checked(await this.#send('/place', { turn, ...asked }), '"ACCEPTED"');
    });
  }

  accept(seconds: number, offerIds: readonly string[]): Promise<number[]> {
    let next = 0;
    return drive(CLIENTS, seconds, async () => {
      const id = offerIds[next++];
      return id !== undefined && checked(await this.#send('/accept', { id }), '"ACCEPTED"');
    });
  }

  #send(path: string, body: object): Promise<Answer> {
    return this.http.post(this.isWaiting ? `${path}-one-by-one` : path, body);
  }
}

/** The statements alone, in a process of their own. */
export class Floor implements Contestant {
  readonly name = 'PostgreSQL alone';

  constructor(private readonly child: ChildProcess) {}

  match(seconds: number): Promise<number[]> {
    return this.#round({ clients: CLIENTS, seconds, job: 'match', offerIds: [] });
  }

  place(seconds: number): Promise<number[]> {
    return this.#round({ clients: CLIENTS, seconds, job: 'place', offerIds: [] });
  }

  accept(seconds: number, offerIds: readonly string[]): Promise<number[]> {
    return this.#round({ clients: CLIENTS, seconds, job: 'accept', offerIds });
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

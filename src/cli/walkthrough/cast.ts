import { randomUUID } from 'node:crypto';
import { sampleAgencies, samplePrograms, type SampleProgramName, type SampleUserName } from '../../sample';
import type { Answer, Client } from './client';
import { consent } from './people';
import { commands, lookAtReferral, offersOfMine, roomOfAgency, type CommandName } from './documents';

/** The answer of a command: the record’s id, or the code and facts of a refusal or an error. */
export interface Outcome {
  readonly id: string;
  readonly code: string | null;
  readonly message: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A referral as one role sees it: what is withheld is null. */
export interface Look {
  readonly id: string | null;
  readonly progress: string | null;
  readonly nextStep: string | null;
  readonly missing: readonly string[] | null;
  readonly emergencyInstruction: string | null;
  readonly allowedActions: readonly string[] | null;
  readonly person: {
    readonly id: string | null;
    readonly givenName: string | null;
    readonly familyName: string | null;
  } | null;
  readonly need: { readonly substances: readonly string[] | null } | null;
  readonly consents: readonly { readonly scope: string }[] | null;
  readonly state: string | null;
  readonly outcome: string | null;
  readonly noShows: number | null;
  readonly senderWithdrewAt: string | null;
  readonly senderWithdrewReason: string | null;
  readonly offers: readonly { id: string; state: string; declineReason: string | null; program: Named | null }[] | null;
  readonly destination: Named | null;
  readonly arrivedAt: string | null;
  readonly handOffs: readonly { readonly state: string | null; readonly transport: string | null }[] | null;
  readonly matchRuns: readonly Run[] | null;
  readonly unmetNeed: { readonly rules: readonly string[] | null; readonly resolvedAt: string | null } | null;
  readonly episode: {
    readonly id: string | null;
    readonly closedAt: string | null;
    readonly referrals: readonly { readonly id: string }[] | null;
  } | null;
}

interface Run {
  readonly eligible: number | null;
  readonly verdicts:
    | readonly {
        readonly isEligible: boolean;
        readonly program: Named | null;
        readonly removedBy: readonly { readonly rule: string; readonly because: string }[];
      }[]
    | null;
}

export interface OpenOffer {
  readonly id: string;
  readonly program: { readonly id: string } | null;
  readonly referral: Pick<Look, 'id' | 'person' | 'need'> | null;
}

export interface Pool {
  readonly id: string;
  readonly name: string;
  readonly staffed: number;
  readonly occupied: number;
  readonly held: number;
  readonly available: number;
  readonly isFresh: boolean;
}

const nothingSaid: Outcome = { id: '', code: null, message: null, details: {} };

/** The sample users at work: what each can do and see through the API, in the words of the field. */
export class Cast {
  constructor(readonly client: Pick<Client, 'ask'>) {}

  async take(user: SampleUserName, command: CommandName, variables: object): Promise<Outcome> {
    const { data, errors } = await this.client.ask<Record<string, Partial<Outcome> | null>>(
      user,
      commands[command],
      variables,
    );
    const [failure] = errors;
    if (failure) return { id: '', code: failure.code, message: failure.message, details: {} };
    return { ...nothingSaid, ...data?.[command] };
  }

  /** A command of one input, each time with a key of its own. */
  give(user: SampleUserName, command: CommandName, input: object, key: string = randomUUID()): Promise<Outcome> {
    return this.take(user, command, { input, key });
  }

  async look(user: SampleUserName, id: string): Promise<Look | null> {
    return (await this.lookRaw(user, id)).data?.referral ?? null;
  }

  lookRaw(user: SampleUserName, id: string): Promise<Answer<{ referral: Look | null }>> {
    return this.client.ask(user, lookAtReferral, { id });
  }

  /** The person signs, at the user’s agency, that those who treat them may share their records. */
  async agreesToTreatment(user: SampleUserName, referralId: string): Promise<Outcome> {
    const personId = (await this.look(user, referralId))?.person?.id;
    const { scope: _, ...signature } = consent('TREATMENT_PAYMENT_OPERATIONS');
    return this.give(user, 'recordPersonConsent', { personId, ...signature });
  }

  /** The open offer of a referral before one of the user’s programs. A program sees the referral’s id, never the person first. */
  async offerOf(user: SampleUserName, referralId: string): Promise<OpenOffer | null> {
    const { data } = await this.client.ask<{ offers: { nodes: readonly OpenOffer[] } }>(user, offersOfMine);
    return data?.offers.nodes.find(({ referral }) => referral?.id === referralId) ?? null;
  }

  async poolsOf(name: SampleProgramName): Promise<readonly Pool[]> {
    const { agency, id } = samplePrograms[name];
    const answer = await this.client.ask<{ programs: { nodes: readonly { id: string; bedPools: Pool[] }[] } }>(
      'coordinator',
      roomOfAgency,
      { agencyId: sampleAgencies[agency].id },
    );
    return answer.data?.programs.nodes.find((program) => program.id === id)?.bedPools ?? [];
  }

  /** Free places of a program, all pools together. */
  async roomAt(name: SampleProgramName): Promise<number> {
    return (await this.poolsOf(name)).reduce((sum, { available }) => sum + available, 0);
  }

  /** Puts a referral out of the way at the end of a scene; one that has ended already stays as it is. */
  async cancel(user: SampleUserName, referralId: string): Promise<Outcome> {
    return this.give(user, 'cancelReferral', { referralId, reason: 'ENTERED_IN_ERROR' });
  }
}

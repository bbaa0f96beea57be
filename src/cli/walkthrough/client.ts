import { mintDevelopmentToken } from '../../platform/auth';
import { sampleClaims, type SampleUserName } from '../../sample';

export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly { readonly message: string; readonly code: string }[];
}

interface Body<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface ClientSettings {
  readonly url: string;
  readonly dataDir: string;
  readonly audience: string;
}

/** Nobody would see anything, and half of the walkthrough is about that. */
const STRANGE_TOKEN =
  'The server does not know the sample users. Is HANDRAIL_DATA_DIR the one it was started with, and is the sample region loaded?';

/** GraphQL over HTTP as the sample users, the way a partner would speak it. */
export class Client {
  readonly #tokens = new Map<SampleUserName, Promise<string>>();

  constructor(private readonly settings: ClientSettings) {}

  async ask<Data>(user: SampleUserName, query: string, variables: object = {}): Promise<Answer<Data>> {
    const response = await fetch(`${this.settings.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.tokenOf(user)}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data = null, errors = [] } = (await response.json()) as Body<Data>;
    // What differs from request to request, such as its id, says nothing about rights.
    const answer = {
      data,
      errors: errors.map(({ message, extensions }) => ({ message, code: extensions?.code ?? '' })),
    };
    if (answer.errors.some(({ code }) => code === 'UNAUTHENTICATED')) throw new Error(STRANGE_TOKEN);
    return answer;
  }

  async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.settings.url}/readyz`)).ok;
    } catch {
      return false;
    }
  }

  private tokenOf(user: SampleUserName): Promise<string> {
    const { dataDir, audience } = this.settings;
    const known = this.#tokens.get(user) ?? mintDevelopmentToken(dataDir, audience, sampleClaims(user));
    this.#tokens.set(user, known);
    return known;
  }
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mintDevelopmentToken } from '../auth';
import { AGENCY } from './edge.fixture';
import type { EdgeSettings } from './edge.module';

/** A token of the sample officer, or of whom `changes` say. */
export const officerToken = (
  { auth }: EdgeSettings,
  changes: { subject?: string; agencyId?: string; role?: string; scope?: string } = {},
  lifeSeconds?: number,
): Promise<string> =>
  mintDevelopmentToken(
    auth.developmentKeysDir ?? '',
    auth.audience,
    { subject: 'officer', agencyId: AGENCY, role: 'OFFICER', ...changes },
    lifeSeconds,
  );

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

/** Sends operations to the app as the bearer of `token`, without a socket. */
export const asking =
  (app: NestFastifyApplication, token?: string) =>
  async (query: string, variables?: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      payload: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = response.json<{ data?: Answer['data']; errors?: Answer['errors'] }>();
    return { status: response.statusCode, headers: response.headers, data, errors };
  };

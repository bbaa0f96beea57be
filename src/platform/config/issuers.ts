import type { TrustedIssuer } from './settings';
import type { VariableReader } from './variables';

/** `iss` of tokens signed with the keys that development makes for itself. */
export const developmentIssuer = 'handrail-development';

const variable = 'AUTH_ISSUERS';
const shape =
  'Use a JSON list such as [{"issuer":"https://id.example.org","audience":"handrail","jwksUri":"https://id.example.org/jwks"}].';

const asRecords = (text: string): Record<string, unknown>[] | undefined => {
  try {
    const parsed: unknown = JSON.parse(text);
    const isList = Array.isArray(parsed) && parsed.every((entry) => typeof entry === 'object' && entry !== null);
    return isList ? (parsed as Record<string, unknown>[]) : undefined;
  } catch {
    return undefined;
  }
};

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const urlOf = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Keys fetched over plain HTTP can be swapped on the way, and with them everybody's identity. */
const mayFetchKeys = (jwksUri: string, isProduction: boolean): boolean => {
  const url = urlOf(jwksUri);
  if (url === undefined) return false;
  if (isLoopback(url.hostname)) return !isProduction && ['http:', 'https:'].includes(url.protocol);
  return url.protocol === 'https:';
};

const readIssuer = (
  reader: VariableReader,
  entry: Record<string, unknown>,
  context: { position: number; audience: string | undefined; isProduction: boolean },
): TrustedIssuer | undefined => {
  const { issuer, jwksUri, audience = context.audience } = entry;
  const at = `entry ${context.position}`;
  if (!isText(issuer) || !isText(jwksUri)) {
    reader.refuse(variable, `${at} lacks issuer or jwksUri.`, shape);
    return undefined;
  }
  if (!isText(audience)) {
    reader.refuse(variable, `${at} has no audience.`, 'Add "audience" to it or set AUTH_AUDIENCE.');
  }
  if (!mayFetchKeys(jwksUri, context.isProduction)) {
    const remedy = context.isProduction ? 'Use an https address of another host.' : 'Use https, or http on localhost.';
    reader.refuse(variable, `${at} would fetch its keys from ${jwksUri}.`, remedy);
  }
  if (context.isProduction && issuer === developmentIssuer) {
    reader.refuse(variable, `${at} is the issuer of development keys.`, 'Name the identity provider of your agencies.');
  }
  return { issuer, jwksUri, audience: isText(audience) ? audience : '' };
};

/** The identity providers from `AUTH_ISSUERS`, each with an audience of its own or the common one. */
export const readIssuers = (
  reader: VariableReader,
  context: { audience: string | undefined; isProduction: boolean },
): readonly TrustedIssuer[] => {
  const text = reader.text(variable);
  if (text === undefined) return [];
  const entries = asRecords(text);
  if (entries === undefined) {
    reader.refuse(variable, 'it is not a JSON list of objects.', shape);
    return [];
  }
  const read = entries.map((entry, index) => readIssuer(reader, entry, { ...context, position: index + 1 }));
  const issuers = read.filter((issuer) => issuer !== undefined);
  const names = issuers.map(({ issuer }) => issuer);
  if (new Set(names).size < names.length) reader.refuse(variable, 'one issuer is listed twice.', 'List each once.');
  return issuers;
};

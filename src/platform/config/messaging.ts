import type { VariableReader } from './variables';

/** The mail server that takes e-mail for delivery. */
export interface SmtpSetting {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); else by STARTTLS. */
  readonly isImplicitTls: boolean;
  /** False only for a server on this machine, outside production. */
  readonly isTlsRequired: boolean;
  readonly user: string;
  readonly password: string;
  /** Address in the `From` line. */
  readonly from: string;
}

/** A provider's HTTP door for one channel. */
export interface GatewaySetting {
  readonly url: string;
  readonly token: string;
}

/** How people are reached outside Handrail. What is undefined is not offered, but for what the development outbox takes. */
export interface MessagingSettings {
  /** Where Handrail is opened: the link in every message. */
  readonly appUrl: string;
  readonly smtp: SmtpSetting | undefined;
  readonly sms: GatewaySetting | undefined;
  readonly push: GatewaySetting | undefined;
  /** Messages without another way are kept in the data folder and shown at `/outbox`. */
  readonly hasOutbox: boolean;
}

const SECRET_LENGTH = 16;
const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/;
const strongSecret = `Use a random secret of at least ${SECRET_LENGTH} characters.`;

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();
const isHere = (url: URL): boolean => /^(localhost|::1|127\.\d+\.\d+\.\d+)$/.test(hostOf(url));

/** A password that is a name, or one letter again and again, is no secret however long. */
const weaknessOf = (secret: string, name: string): string | null => {
  if (secret.length < SECRET_LENGTH) return `its secret is shorter than ${SECRET_LENGTH} characters.`;
  if (secret === name) return 'its secret is the user name.';
  return new Set(secret).size < 6 ? 'its secret repeats itself.' : null;
};

const readFrom = (reader: VariableReader): string | undefined => {
  const from = reader.text('MAIL_FROM');
  if (from !== undefined && !EMAIL.test(from)) {
    reader.refuse('MAIL_FROM', 'it is not an e-mail address.', 'Use handrail@example.org, without a name.');
  }
  return from;
};

const isMailServer = (url: URL | undefined): url is URL =>
  url !== undefined && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname !== '';

/** In production nothing leaves for this machine, nor under a secret that is none. `secret` is undefined where it was named already. */
const refuseForProduction = (
  reader: VariableReader,
  url: URL,
  names: { readonly address: string; readonly secret: string },
  secret: { readonly text: string; readonly user: string } | undefined,
): void => {
  if (isHere(url)) reader.refuse(names.address, 'it leads to this machine.', 'Name another host.');
  const weakness = secret && weaknessOf(secret.text, secret.user);
  if (weakness) reader.refuse(names.secret, weakness, strongSecret);
};

const readSmtp = (reader: VariableReader, isProduction: boolean): SmtpSetting | undefined => {
  const from = readFrom(reader);
  const text = reader.secret('SMTP_URL');
  if (text === undefined) return undefined;
  const url = urlOf(text);
  if (!isMailServer(url)) {
    const remedy = 'Use smtps://user:password@mail.example.org:465.';
    reader.refuse('SMTP_URL', 'it is not the address of a mail server.', remedy);
    return undefined;
  }
  if (from === undefined) reader.refuse('MAIL_FROM', 'SMTP_URL needs it.', 'Set it to the address messages come from.');
  const [user, password] = [decoded(url.username), decoded(url.password)];
  const names = { address: 'SMTP_URL', secret: 'SMTP_URL' };
  if (isProduction) refuseForProduction(reader, url, names, { text: password, user });
  const isImplicitTls = url.protocol === 'smtps:';
  const port = Number(url.port || (isImplicitTls ? 465 : 587));
  const isTlsRequired = isProduction || !isHere(url);
  return { host: hostOf(url), port, isImplicitTls, isTlsRequired, user, password, from: from ?? '' };
};

const isGateway = (url: URL | undefined, isProduction: boolean): url is URL => {
  if (url === undefined || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere(url) && !isProduction);
};

const readGateway = (
  reader: VariableReader,
  name: 'SMS' | 'PUSH',
  isProduction: boolean,
): GatewaySetting | undefined => {
  const names = { address: `${name}_GATEWAY_URL`, secret: `${name}_GATEWAY_TOKEN` };
  const [text, token] = [reader.text(names.address), reader.secret(names.secret)];
  if (text === undefined) {
    if (token !== undefined) reader.refuse(names.address, `${names.secret} needs it.`, 'Set both or neither.');
    return undefined;
  }
  const url = urlOf(text);
  if (!isGateway(url, isProduction)) {
    const remedy = 'Use https://gateway.example.org/messages.';
    reader.refuse(names.address, 'it is not an https address without credentials.', remedy);
    return undefined;
  }
  if (token === undefined) {
    reader.refuse(names.secret, `${names.address} needs it.`, `Set it, or ${names.secret}_FILE.`);
  }
  const secret = token === undefined ? undefined : { text: token, user: '' };
  if (isProduction) refuseForProduction(reader, url, names, secret);
  return { url: text, token: token ?? '' };
};

/** Without trailing slash; an address with an id, a query or a name in it would be a word about somebody. */
const readAppUrl = (reader: VariableReader, isProduction: boolean, port: number): string => {
  const text = reader.text('APP_URL');
  const fallback = `http://localhost:${port}`;
  if (text === undefined) return fallback;
  const url = urlOf(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && !isProduction);
  const isPlain = url && url.search + url.hash + url.username === '';
  if (isSafe && isPlain) return text.replace(/\/+$/, '');
  const remedy = `Use ${isProduction ? 'an https' : 'an http or https'} address without query, like https://handrail.example.org.`;
  reader.refuse('APP_URL', 'it is not a plain address of a web page.', remedy);
  return fallback;
};

/** Everything about messages to people, each problem named; secrets are never repeated. */
export const readMessaging = (
  reader: VariableReader,
  { isProduction, port }: { isProduction: boolean; port: number },
): MessagingSettings => {
  const appUrl = readAppUrl(reader, isProduction, port);
  const smtp = readSmtp(reader, isProduction);
  const sms = readGateway(reader, 'SMS', isProduction);
  const push = readGateway(reader, 'PUSH', isProduction);
  const hasOutbox = reader.isOn('HANDRAIL_OUTBOX', !isProduction);
  if (isProduction && hasOutbox) {
    reader.refuse('HANDRAIL_OUTBOX', 'whoever opens it reads everybody’s messages.', 'Remove it or set it to off.');
  }
  if (isProduction && (smtp ?? sms ?? push) && reader.text('APP_URL') === undefined) {
    reader.refuse('APP_URL', 'messages lead there.', 'Set it to the https address where people open Handrail.');
  }
  return { appUrl, smtp, sms, push, hasOutbox };
};

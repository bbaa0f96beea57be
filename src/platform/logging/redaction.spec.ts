import { pino } from 'pino';
import { REDACTED } from './logging.module';

it('has no address of anybody in a line, should one stand beside what is said', () => {
  const lines: string[] = [];
  const log = pino({ redact: { paths: REDACTED, remove: true } }, { write: (line: string) => void lines.push(line) });
  const [address, to] = ['a@work.example', '+17405550100'];
  log.warn({ address, to, envelope: { to }, fault: { address, to, envelope: { to } } }, 'undelivered');
  expect(lines.join()).toContain('undelivered');
  expect(lines.join()).not.toMatch(/work\.example|740555/);
});

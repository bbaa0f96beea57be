import { isIP } from 'node:net';
import type { SettingProblem } from './problems';

export type Variables = Readonly<Record<string, string | undefined>>;
export type ReadFile = (path: string) => string;

const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** `0.0.0.0/0` would believe everybody: a range names at least one bit. */
const isRange = (entry: string): boolean => {
  const [address = '', bits, ...rest] = entry.split('/');
  const longest = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (longest === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= longest);
};

/** Reads single variables and collects what is wrong with them, so that all problems come out together. */
export class VariableReader {
  private readonly found: SettingProblem[] = [];

  constructor(
    private readonly variables: Variables,
    private readonly readFile: ReadFile,
  ) {}

  get problems(): readonly SettingProblem[] {
    return this.found;
  }

  refuse(variable: string, message: string, remedy: string): void {
    this.found.push({ variable, message, remedy });
  }

  /** An empty variable counts as unset: compose files and shells pass empty ones on. */
  text(variable: string): string | undefined {
    const value = this.variables[variable]?.trim();
    return value === '' ? undefined : value;
  }

  choice<Choice extends string>(variable: string, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.text(variable) ?? fallback;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) this.refuse(variable, `"${value}" is not known.`, `Use one of: ${choices.join(', ')}.`);
    return chosen ?? fallback;
  }

  isOn(variable: string, isOnByDefault: boolean): boolean {
    return this.choice(variable, ['on', 'off'], isOnByDefault ? 'on' : 'off') === 'on';
  }

  wholeNumber(variable: string, range: { from: number; to: number; fallback: number }): number {
    const value = this.text(variable) ?? String(range.fallback);
    const number = Number(value);
    const isInside = /^\d+$/.test(value) && number >= range.from && number <= range.to;
    if (isInside) return number;
    this.refuse(variable, `"${value}" is not usable.`, `Use a whole number from ${range.from} to ${range.to}.`);
    return range.fallback;
  }

  /** A comma-separated list; blanks around the entries do not count. */
  list(variable: string): readonly string[] {
    const entries = (this.text(variable) ?? '').split(',').map((entry) => entry.trim());
    return entries.filter((entry) => entry !== '');
  }

  /** A list of IP addresses and CIDR ranges. */
  ranges(variable: string): readonly string[] {
    const entries = this.list(variable);
    const wrong = entries.find((entry) => !isRange(entry));
    if (wrong !== undefined) {
      this.refuse(
        variable,
        `"${wrong}" is no address and no range.`,
        'List them like 10.0.0.7, 10.1.0.0/16, fd00::/8.',
      );
    }
    return entries;
  }

  /** A list of host names: exact ones, so that nobody gets in by registering a name that looks like a pattern. `mayBeHere`: this machine may be one. */
  hosts(variable: string, mayBeHere: boolean): readonly string[] {
    const entries = this.list(variable).map((entry) => entry.toLowerCase());
    const wrong = entries.find((entry) => !HOST.test(entry) && !(mayBeHere && entry === 'localhost'));
    if (wrong !== undefined) {
      this.refuse(
        variable,
        `"${wrong}" is no host name.`,
        'List names like hooks.example.org, without scheme or port.',
      );
    }
    return entries;
  }

  /** A secret from the variable itself or, for container secrets, from the file that `<variable>_FILE` names. */
  secret(variable: string): string | undefined {
    const fileVariable = `${variable}_FILE`;
    const path = this.text(fileVariable);
    const value = this.text(variable);
    if (path === undefined) return value;
    if (value !== undefined) {
      this.refuse(fileVariable, `${variable} is set as well.`, 'Set only one of the two.');
      return value;
    }
    return this.secretFrom(fileVariable, path);
  }

  /** The content of the file that the variable names; undefined where it names none, or one that cannot be used. */
  file(variable: string): string | undefined {
    const path = this.text(variable);
    return path === undefined ? undefined : this.secretFrom(variable, path);
  }

  private secretFrom(fileVariable: string, path: string): string | undefined {
    try {
      const content = this.readFile(path).trim();
      if (content !== '') return content;
      this.refuse(fileVariable, `the file ${path} is empty.`, 'Write the secret into it.');
    } catch (error) {
      const { code = 'unreadable' } = error as NodeJS.ErrnoException;
      this.refuse(fileVariable, `the file ${path} cannot be read (${code}).`, 'Name a file this process may read.');
    }
    return undefined;
  }
}

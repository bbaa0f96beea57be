import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a reader of PDF takes from a document. */
export interface ReadPdf {
  readonly title: string;
  readonly language: string;
  readonly isTagged: boolean;
  readonly showsTitle: boolean;
  readonly pages: readonly { readonly text: string; readonly untold: string; readonly roles: readonly string[] }[];
}

const run = promisify(execFile);

/** Reads PDFs that came as Base64. Nobody stands still meanwhile: a server of this process would hang up on who is quiet. */
export const readPdfs = async (pdfs: readonly (string | null | undefined)[]): Promise<ReadPdf[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-pdf-'));
  try {
    const files = pdfs.map((pdf, index) => {
      const file = join(folder, `${index}.pdf`);
      writeFileSync(file, Buffer.from(pdf ?? '', 'base64'));
      return file;
    });
    const reader = join(__dirname, 'read-pdf.mjs');
    const { stdout } = await run(process.execPath, [reader, ...files], { maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(stdout) as ReadPdf[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a reader of PDF takes from a document. */
export interface ReadPdf {
  readonly title: string;
  readonly language: string;
  readonly isTagged: boolean;
  readonly showsTitle: boolean;
  readonly pages: readonly { readonly text: string; readonly untold: string; readonly roles: readonly string[] }[];
}

/** Reads PDFs that came as Base64. */
export const readPdfs = (pdfs: readonly (string | null | undefined)[]): ReadPdf[] => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-pdf-'));
  try {
    const files = pdfs.map((pdf, index) => {
      const file = join(folder, `${index}.pdf`);
      writeFileSync(file, Buffer.from(pdf ?? '', 'base64'));
      return file;
    });
    const reader = join(__dirname, 'read-pdf.mjs');
    return JSON.parse(execFileSync(process.execPath, [reader, ...files], { encoding: 'utf8' })) as ReadPdf[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

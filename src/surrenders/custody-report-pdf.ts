import PDFDocument from 'pdfkit';
import { byNumber, fontOf, registerFonts, writeText, type Pdf, type Written } from '../platform/pdf';
import type { CustodyReportDocument, ReportEntry, ReportPart } from './custody-report';

type Element = PDFKit.PDFStructureElement;

const REGULAR = fontOf('latin', 'regular');
const BOLD = fontOf('latin', 'bold');
const IN_BOLD = { weight: 'bold' } as const;
/** Points, on a letter page. */
const MARGIN = 54;
const SIZES = { title: 18, heading: 13, body: 10 } as const;
const FOOT = 20;

/** Where the next element goes. */
interface Place {
  readonly pdf: Pdf;
  readonly parent: Element;
}

/** A paragraph or heading as its own element of the structure: what a screen reader steps through. No letter of a name is lost. */
const say = ({ pdf, parent }: Place, role: string, text: string, written: Written = {}): void => {
  const element = pdf.struct(role, {}, () => writeText(pdf, text, { ...written, standIn: byNumber }));
  parent.add(element);
  element.end();
};

const heightOf = (pdf: Pdf, lines: readonly string[]): number =>
  lines.reduce((height, line) => height + pdf.heightOfString(line), 0);

/** A step is never torn apart by the end of a page. */
const keepTogether = (pdf: Pdf, height: number): void => {
  if (pdf.y + height > pdf.page.height - pdf.page.margins.bottom) pdf.addPage();
};

const entry = (pdf: Pdf, list: Element, { head, body }: ReportEntry): void => {
  const one = pdf.struct('LI');
  list.add(one);
  const block = pdf.struct('LBody');
  one.add(block);
  pdf.fontSize(SIZES.body);
  keepTogether(pdf, heightOf(pdf.font(BOLD), [head]) + heightOf(pdf.font(REGULAR), body));
  say({ pdf, parent: block }, 'P', head, IN_BOLD);
  for (const line of body) say({ pdf, parent: block }, 'P', line);
  block.end();
  one.end();
  pdf.moveDown(0.6);
};

const part = (pdf: Pdf, root: Element, { title, text, entries }: ReportPart): void => {
  const group = pdf.struct('Sect');
  root.add(group);
  pdf.font(BOLD).fontSize(SIZES.heading);
  const [first] = entries;
  keepTogether(pdf, heightOf(pdf, [title, ...(first ? [first.head, ...first.body] : text)]));
  say({ pdf, parent: group }, 'H2', title, IN_BOLD);
  pdf.moveDown(0.3).font(REGULAR).fontSize(SIZES.body);
  for (const line of text) say({ pdf, parent: group }, 'P', line);
  if (entries.length > 0) {
    const list = pdf.struct('L');
    group.add(list);
    for (const one of entries) entry(pdf, list, one);
    list.end();
  }
  group.end();
  pdf.moveDown(0.8);
};

/** Number of the page and title at its foot: for paper, and no part of what is read aloud. */
const foot = (pdf: Pdf, title: string): void => {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    const { bottom } = pdf.page.margins;
    // Below the margin, where text would otherwise open a page of its own.
    pdf.page.margins.bottom = 0;
    pdf.markContent('Artifact', { type: 'Pagination' });
    const text = `${title} · page ${String(page + 1)} of ${String(count)}`;
    pdf.font(REGULAR).fontSize(SIZES.body - 2);
    pdf.text(text, MARGIN, pdf.page.height - MARGIN + FOOT, { lineBreak: false });
    pdf.endMarkedContent();
    pdf.page.margins.bottom = bottom;
  }
};

/** A tagged PDF (PDF/UA): real text in reading order, so that it can be read aloud and searched. */
export const custodyReportPdf = (report: CustodyReportDocument): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { title, madeAt, parts } = report;
    const pdf = new PDFDocument({
      size: 'LETTER',
      margin: MARGIN,
      // None of pdfkit’s own, which is not embedded.
      font: '',
      bufferPages: true,
      pdfVersion: '1.7',
      // PDF/UA-1: what screen readers rely on. The published types lag behind.
      subset: 'PDF/UA' as 'PDF/A-1a',
      tagged: true,
      lang: 'en',
      displayTitle: true,
      info: { Title: title, CreationDate: madeAt, ModDate: madeAt },
    });
    registerFonts(pdf).font(REGULAR);
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
    const root = pdf.struct('Document');
    pdf.addStructure(root);
    pdf.font(BOLD).fontSize(SIZES.title);
    say({ pdf, parent: root }, 'H1', title, IN_BOLD);
    pdf.moveDown(0.6);
    for (const one of parts) part(pdf, root, one);
    root.end();
    foot(pdf, title);
    pdf.end();
  });

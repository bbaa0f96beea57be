export { byNumber, fontOf, printableText } from './fonts';
export { type Pdf, type Written, writeText } from './write-text';

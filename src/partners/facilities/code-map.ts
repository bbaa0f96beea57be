import type { Payer, Service } from '../../kernel/vocabulary';

/**
 * Codes that give a program a service that matching looks at. There is none for wheelchair access: it stays unknown, and a
 * program is not taken for accessible until its own people say that it is.
 */
export const serviceCodes: Readonly<Record<string, Service>> = {
  ODTX: 'WITHDRAWAL_MANAGEMENT_OPIOIDS',
  ADTX: 'WITHDRAWAL_MANAGEMENT_ALCOHOL',
  BDTX: 'WITHDRAWAL_MANAGEMENT_BENZODIAZEPINES',
  SUMH: 'CO_OCCURRING_MENTAL_HEALTH',
  CO: 'CO_OCCURRING_MENTAL_HEALTH',
  PW: 'PREGNANT_POSTPARTUM',
  BC: 'BEDS_FOR_CHILDREN',
  CCC: 'CHILD_CARE',
  AD: 'ADOLESCENTS',
  TAY: 'YOUNG_ADULTS',
  SE: 'SENIORS',
  VET: 'VETERANS',
  TRMA: 'TRAUMA',
  GL: 'LGBTQ',
  HV: 'HIV',
  CJ: 'JUSTICE_INVOLVED',
  CM: 'CASE_MANAGEMENT',
  TA: 'TRANSPORTATION',
  PEER: 'PEER_SUPPORT',
  RC: 'PEER_SUPPORT',
  ISC: 'INTERIM_SERVICES',
  NOE: 'NALOXONE',
  TELE: 'TELEHEALTH',
  AH: 'SIGN_LANGUAGE',
};

/**
 * Codes of payment. UNINSURED is given where a person without coverage and without money can be treated: no payment
 * asked (NP), public funds for treatment (FSA), block-grant funds (SAMF), payment assistance (PA), sliding fee (SS).
 */
export const payerCodes: Readonly<Record<string, Payer>> = {
  MD: 'MEDICAID',
  MC: 'MEDICARE',
  PI: 'PRIVATE',
  MI: 'MILITARY',
  ITU: 'TRIBAL',
  SI: 'STATE',
  SF: 'SELF_PAY',
  NP: 'UNINSURED',
  FSA: 'UNINSURED',
  SAMF: 'UNINSURED',
  PA: 'UNINSURED',
  SS: 'UNINSURED',
};

/**
 * Languages in which staff treat, as BCP-47 primary subtags. The directory's Creole is taken for Haitian Creole, its
 * Yupik for Central Yup’ik, the most spoken of each in the US.
 */
export const languageCodes: Readonly<Record<string, string>> = {
  SP: 'es',
  F4: 'ar',
  F17: 'zh',
  F19: 'ht',
  F25: 'fa',
  F28: 'fr',
  F30: 'de',
  F31: 'el',
  F35: 'he',
  F36: 'hi',
  F37: 'hmn',
  F42: 'it',
  F43: 'ja',
  F47: 'ko',
  F66: 'pl',
  F67: 'pt',
  F70: 'ru',
  F81: 'tl',
  F92: 'vi',
  N24: 'oj',
  N40: 'esu',
};

/** Settings; the crosswalk in `rules/level-of-care.json` says which level of care each stands for. */
export const settingCodes = 'HI HID HIT RES RD RL RS OP ODT OIT OD OMB ORT'.split(' ');

/** Codes that decide a fact together with others: medications, ages, sexes, whom alone a program serves. */
export const factCodes = (
  'MU BU NU DB BUM BMW UB MM MMW OTP MOA NMOA NOOP NAUT CHLD YAD ADLT SNR WN MN FEM MALE ' + 'DUO AUDO OUDO VAMC DDF'
).split(' ');

/**
 * Known, and without effect on matching. By category of the directory, with the reason where it is not plain.
 * A code that is in no list of this file stops its line: it could change whom the program serves.
 */
export const codesWithoutEffect: Readonly<Record<string, string>> = {
  // SA and DT repeat what settings and DETOX say more finely; HH is housing, not treatment.
  TC: 'SA DT HH',
  HOSP: 'GH PSYH',
  OMSC: 'INPE RPE PC',
  AUT: 'NMAUT ACMA PMAT',
  SMAT: 'AUINPE AURPE AUPC',
  // How opioid withdrawal is done (DM, ULC), relapse prevention (UN, RPN say no more than NU), pain management.
  OT: 'DM ULC UN RPN PAIN',
  // Products; the medications for opioid use disorder among them repeat MU, BU and NU.
  PHR: 'ACM DSF METH BSDM BWN BWON BERI NXN VTRL MHIV MHCV LFXD CLND MPEP MMD NRT NSC',
  TAP: 'ANG BIA CBT CMI CRV MOTI MXM RELP SACA TRC TWFA',
  FOP: 'LCCG IH PVTP PVTN STG TBG FED',
  LCA: 'STAG STMH STDH CARF COA HFAP HLA JC NCQA FQHC SOTP DEA',
  SG: 'ADM MF COPSU XA DV',
  ASPT: 'CMHA CSAA OPC MHPA STU SSA SMHD PIEC',
  SCR: 'BABA DAOF DAUT HIVT STDT TBS MST HBT HCT',
  TRSRV: 'ACC DP OFD',
  RSS: 'SHG HS AOSS EMP',
  OTHR: 'TGD TOD',
  // Substances matching has no withdrawal service for, and medication used during withdrawal.
  DETOX: 'CDTX MDTX MDET',
  ECS: 'HAEC TAEC HEOH SAE TCC ICO GCO FCO MCO VOC',
  MSRV: 'HAV HBV',
  SMP: 'SMON SMOP SMPD',
  EXCL: 'DU',
  // Languages that are not named.
  SL: 'NX FX',
  FVP: 'VAPN VAPP VPPD',
  AS: 'ACU DVFP EIH MHS SSD IPC SPS',
};

const known = new Set([
  ...Object.keys(serviceCodes),
  ...Object.keys(payerCodes),
  ...Object.keys(languageCodes),
  ...settingCodes,
  ...factCodes,
  ...Object.values(codesWithoutEffect).flatMap((codes) => codes.split(' ')),
]);

/** Every service code this importer knows, each once. */
export const knownCodes: ReadonlySet<string> = known;

/** The codes of a line. They come in blocks by category, parted by `*`; the blocks carry no meaning of their own. */
export const codesOf = (text: string): ReadonlySet<string> =>
  new Set(text.split(/\s+/).filter((code) => code !== '' && code !== '*'));

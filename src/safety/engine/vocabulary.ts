export const grades = {
  PRE_K: 'Before kindergarten',
  KINDERGARTEN: 'Kindergarten',
  GRADE_1: 'First grade',
  GRADE_2: 'Second grade',
  GRADE_3: 'Third grade',
  GRADE_4: 'Fourth grade',
  GRADE_5: 'Fifth grade',
  GRADE_6: 'Sixth grade',
  GRADE_7: 'Seventh grade',
  GRADE_8: 'Eighth grade',
  GRADE_9: 'Ninth grade',
  GRADE_10: 'Tenth grade',
  GRADE_11: 'Eleventh grade',
  GRADE_12: 'Twelfth grade',
} as const;
export type Grade = keyof typeof grades;

import { enumOf } from '../platform/graphql';
import { grades } from './engine/vocabulary';

export const SchoolGradeEnum = enumOf('SchoolGrade', grades, 'A child’s grade at school.');

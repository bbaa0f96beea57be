import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Steps } from '../platform/graphql';
import type { Grade } from './engine/vocabulary';
import { SchoolGradeEnum } from './notice.enums';

@ObjectType({
  description:
    'Handle this child with care: something happened outside school. What it was is neither told nor on record here; nothing leads from a notice to anything else. It goes after its time.',
})
// A school sees six facts and nothing else: whether it was read is one of them.
@Steps({ acknowledge: null })
export class HandleWithCareNotice {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => String, { nullable: true, description: 'The child’s name.' })
  childName: string | null;

  @Field(() => Int, { nullable: true, description: 'In years; null: the grade is given.' })
  ageYears: number | null;

  @Field(() => SchoolGradeEnum, { nullable: true, description: 'Null: the age is given.' })
  grade: Grade | null;

  @Field(() => Date, { nullable: true, description: 'When it was sent.' })
  sentAt: Date;

  @Field(() => Date, { nullable: true, description: 'When somebody at the school first read it; null: not yet.' })
  readAt: Date | null;
}

@Steps<{ readonly takenBackAt: Date | null }>({ send: null, takeBack: ({ takenBackAt }) => takenBackAt === null })
@ObjectType({
  description:
    'That a notice was sent to a school, and whether it was read. The child is not in it: with the notice the name goes.',
})
export class HandleWithCareReceipt {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => Date, { nullable: true, description: 'When it was sent.' })
  sentAt: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'The next bell of the school when it was sent; before a longer break some days after it was sent, as nothing waits for the end of a vacation.',
  })
  dueAt: Date;

  @Field(() => Date, { nullable: true, description: 'When somebody at the school first read it; null: not yet.' })
  readAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When your agency took it back; the school has it no more from then on. Null: not.',
  })
  takenBackAt: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'It was due (`dueAt`) and nobody has read it: call the school.',
  })
  isOverdue: boolean;
}

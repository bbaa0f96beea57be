import { applyDecorators, SetMetadata } from '@nestjs/common';
import { Extensions } from '@nestjs/graphql';

export const ACCESS = 'handrail:access';

/** A row of the access table, or the word for "needs no sign-in", which has to be typed out and which only routes may have. */
export type AccessRule = { readonly resource: string; readonly command: string } | 'public';

/** Says who may call an operation or a route. What carries none stops the boot (`FailClosed`). */
export const Access = (rule: AccessRule) => applyDecorators(SetMetadata(ACCESS, rule), Extensions({ [ACCESS]: rule }));

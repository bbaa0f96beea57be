export { Access, type AccessRule } from './access.decorator';
export { ACCESS_POLICY, accessPolicy, type AccessPolicy } from './access-policy';
export { AuthModule } from './auth.module';
export { DEVELOPMENT_ISSUER, mintDevelopmentToken, type TokenClaims } from './development-keys';
export { type AuthSettings } from './issuers';
export { SignIn, type SignedIn } from './sign-in';

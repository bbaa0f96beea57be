import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { OutboundHttp } from '../outbound';
import { ACCESS_POLICY, accessPolicy, type AccessPolicy } from './access-policy';
import { AccessGuard } from './access.guard';
import { FailClosed } from './fail-closed';
import { Issuers, type AuthSettings } from './issuers';
import { SignIn } from './sign-in';

/** Sign-in and the first wall. Needs `UnitOfWork` and `OutboundHttp` from global modules. */
@Module({})
export class AuthModule {
  static register(settings: AuthSettings, policy: AccessPolicy = accessPolicy): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: ACCESS_POLICY, useValue: policy },
        {
          provide: Issuers,
          inject: [OutboundHttp],
          useFactory: (outbound: OutboundHttp) => new Issuers(settings, outbound),
        },
        { provide: APP_GUARD, useClass: AccessGuard },
        FailClosed,
        SignIn,
      ],
      exports: [ACCESS_POLICY, SignIn],
    };
  }
}

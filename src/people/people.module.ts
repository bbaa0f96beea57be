import { Module } from '@nestjs/common';
import { PeopleLoaders } from './people.loaders';
import { PeopleService } from './people.service';
import { PeopleStore } from './people.store';

@Module({ providers: [PeopleStore, PeopleService, PeopleLoaders], exports: [PeopleService, PeopleLoaders] })
export class PeopleModule {}

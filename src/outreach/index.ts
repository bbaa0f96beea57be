export { outreachCaseMachine } from './outreach-case.machine';
export { OutreachModule } from './outreach.module';

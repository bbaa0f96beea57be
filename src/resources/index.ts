export { CrisisLine, HelpLanguageEnum } from './crisis-line.type';
export { crisisLines, CrisisLines, type CrisisLineFacts, type HelpLanguage } from './crisis-lines';
export { ListedMeetingsStore, type ListedMeeting } from './listed-meetings.store';
export { MeetingsService, type MeetingTimeRow } from './meetings.service';
export { MeetingTime } from './meeting.type';
export { boxAround, milesBetween, placeGiven, type Place } from './near';
export { ResourcesModule } from './resources.module';

export { spaceTime } from './space-time.js';
export type { SpaceTimeEvent } from './space-time.js';

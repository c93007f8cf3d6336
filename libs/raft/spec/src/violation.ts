export { Violation } from '@synod/simulator';

/**
 * A seeded virtual world for any actor: time, network, disks, clocks, crashes. It runs production cores under the host's
 * law of effects, and one seed decides everything, so that a run can be repeated bit for bit.
 *
 * @packageDocumentation
 */
export { AdversarialBus, calm } from './bus/adversarial-bus.js';
export type { AdversarialBusOptions, LocalWeather, Weather } from './bus/adversarial-bus.js';
export { maxPayloadBytes } from './bus/bus.js';
export type { Bus, Connection, ConnectionStatus, Process, Receive } from './bus/bus.js';
export { ClientProcess } from './bus/client-process.js';
export { joinGroup } from './bus/group-transport.js';
export type { GroupTransport, Membership } from './bus/group-transport.js';
export { NatsBus } from './bus/nats-bus.js';
export type { NatsBusOptions, NatsWeather } from './bus/nats-bus.js';
export { NatsConnection } from './bus/nats-connection.js';
export { NatsServer } from './bus/nats-server.js';
export { Subscriptions } from './bus/subscriptions.js';
export { Counters } from './counters.js';
export { crc32 } from './crc32.js';
export { Disk } from './disk.js';
export type { Slot } from './disk.js';
export { Life } from './life.js';
export { Links } from './links.js';
export { Machine } from './machine.js';
export type { MachineTiming } from './machine.js';
export { drawWeather, linkFaults } from './link-faults.js';
export { machineFaults } from './machine-faults.js';
export { Nemesis } from './nemesis.js';
export type { Detail, FaultKind, Faults, Strike } from './strike.js';
export { AdversarialNetwork } from './network.js';
export type { Network, NetworkWeather } from './network.js';
export { Random } from './random.js';
export { asFrames, asObjects } from './record-storage.js';
export type { RecordStorage, StoredRecord } from './record-storage.js';
export { SnapshotFiles } from './snapshot-files.js';
export { Timeline } from './timeline.js';
export type { Scheduled } from './timeline.js';
export { throughCodec } from './transit.js';
export type { Transit } from './transit.js';
export { Transcript } from './transcript.js';
export type { Happening } from './transcript.js';
export { Violation } from './violation.js';
export type { Loss, Witness } from './witness.js';
export { World } from './world.js';
export type { Born, WorldOptions } from './world.js';

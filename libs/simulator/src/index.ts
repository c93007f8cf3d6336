/**
 * A seeded virtual world for any actor: time, network, disks, clocks, crashes. It runs production cores under the host's
 * law of effects, and one seed decides everything, so that a run can be repeated bit for bit.
 *
 * @packageDocumentation
 */
export { AdversarialBus, calm } from './bus/adversarial-bus.js';
export type { AdversarialBusOptions, LocalWeather, Weather } from './bus/adversarial-bus.js';
export { busModels, drawBus } from './bus/draw-bus.js';
export type { BusModel, DrawnBus } from './bus/draw-bus.js';
export { maxPayloadBytes } from './bus/bus.js';
export type { Bus, Connection, ConnectionStatus, Process, Receive } from './bus/bus.js';
export { ClientProcess } from './bus/client-process.js';
export { joinGroup } from './bus/group-transport.js';
export type { Membership } from './bus/group-transport.js';
export { NatsBus } from './bus/nats-bus.js';
export type { NatsBusOptions, NatsWeather } from './bus/nats-bus.js';
export { NatsConnection } from './bus/nats-connection.js';
export { natsFaults } from './bus/nats-faults.js';
export { NatsServer } from './bus/nats-server.js';
export { Subscriptions } from './bus/subscriptions.js';
export { Counters } from './counters.js';
export type { Least } from './counters.js';
export { Disk } from './disk.js';
export type { DiskTiming, Slot } from './disk.js';
export { diskFaults } from './disk-faults.js';
export { FaultAtlas } from './fault-atlas.js';
export { EventLoop } from './event-loop.js';
export type { LoopTiming } from './event-loop.js';
export { fromJson, jsonMessages, jsonRecords, toJson } from './json-codec.js';
export { Life } from './life.js';
export { Links } from './links.js';
export { Machine } from './machine.js';
export type { MachineTiming } from './machine.js';
export { linkFaults } from './link-faults.js';
export { machineFaults } from './machine-faults.js';
export { Nemesis } from './nemesis.js';
export type { Detail, FaultKind, Faults, Strike } from './strike.js';
export { GroupNetwork, reportLosses } from './network.js';
export type { Group, LifeTransport, Network } from './network.js';
export { Random } from './random.js';
export type { Regression } from './regression.js';
export type { Role } from './role.js';
export { secondProcesses } from './second-process.js';
export { ddmin, shrink } from './shrink.js';
export type { Failing, ShrinkOptions, Trial, WholeTrial } from './shrink.js';
export { drawSwarm } from './swarm.js';
export type { DiskSwarm, Swarm } from './swarm.js';
export { Timeline } from './timeline.js';
export type { Scheduled } from './timeline.js';
export { Transcript } from './transcript.js';
export type { Happening } from './transcript.js';
export { Violation } from './violation.js';
export type { Loss, Witness } from './witness.js';
export { World } from './world.js';
export type { Born, WorldOptions } from './world.js';
export { wrongDisks } from './wrong-disks.js';
export type { DiskTampering } from './wrong-disks.js';
export { Workload } from './workload/workload.js';
export type { WorkloadOptions } from './workload/workload.js';

import { Background } from './background.js';
import { ClosedLoop } from './closed-loop.js';
import { etcdTarget } from './etcd-target.js';
import { foreignTarget } from './foreign-target.js';
import { jetStreamTarget } from './jetstream-target.js';
import type { FromLoad, Order, ToLoad } from './orders.js';
import { Probe } from './probe.js';
import { synodTarget } from './synod-target.js';
import type { LoadSettings, Target, TargetSettings } from './target.js';

/** A process of its own for each store's client, so that its CPU can be told from all else's. It obeys its parent. */
class LoadProcess {
  private readonly loop: ClosedLoop;
  private probe: Probe | undefined;
  private background: Background | undefined;

  constructor(
    private readonly target: Target,
    private readonly prefix: string,
  ) {
    this.loop = new ClosedLoop(target, prefix);
    process.on('message', (message: ToLoad) => void this.obey(message).catch(fail));
    process.on('disconnect', () => process.exit(0));
    tell({ kind: 'ready' });
  }

  private async obey(message: ToLoad): Promise<void> {
    switch (message.kind) {
      case 'run':
        return this.run(message.order);
      case 'probe':
        return this.startProbe(message.writers, message.valueBytes);
      case 'outage':
        return this.probe?.outage(message.outage);
      case 'stop':
        return this.stop();
    }
  }

  private async run(order: Order): Promise<void> {
    const outcome = await this.loop.run(order, {
      measuring: () => tell({ kind: 'measuring' }),
      measured: (operations) => tell({ kind: 'measured', operations }),
    });
    tell({ kind: 'done', outcome });
  }

  private startProbe(writers: number, valueBytes: number): void {
    this.background = new Background(this.target, `b${this.prefix.slice(1)}`, writers, valueBytes);
    this.probe = new Probe(this.target, `p${this.prefix.slice(1)}`, valueBytes, (afterMs) =>
      tell({ kind: 'recovered', afterMs }),
    );
    tell({ kind: 'probing' });
  }

  private async stop(): Promise<void> {
    this.probe?.stop();
    await this.background?.stop();
    await this.target.close();
    tell({ kind: 'stopped' });
    process.disconnect();
  }
}

function open(settings: TargetSettings): Promise<Target> {
  switch (settings.kind) {
    case 'synod':
      return synodTarget(settings, false);
    case 'singly':
      return synodTarget(settings, true);
    case 'foreign':
      return foreignTarget(settings);
    case 'etcd':
      return etcdTarget(settings.endpoints, settings.pack);
    case 'jetstream':
      return jetStreamTarget(settings.servers, settings.bucket);
  }
}

function tell(message: FromLoad): void {
  process.send?.(message);
}

function fail(error: unknown): void {
  tell({ kind: 'failed', message: (error as Error).message });
}

const { target, prefix } = JSON.parse(process.argv[2]!) as LoadSettings;
open(target).then((opened) => new LoadProcess(opened, prefix), fail);

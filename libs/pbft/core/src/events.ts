import type { Address } from '@synod/actor';
import type { Digest, Sequence, Signed, Standing, View } from './statements.js';
import type { Request } from './messages.js';

/** What observers see: scenario files, invariants and spans use these words. No client's values, ever. */
export type Event =
  /** A round opens: the primary gave a batch its place. `requests` are the very messages that were received, as far as known. */
  | {
      readonly kind: 'proposed';
      readonly view: View;
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly sizeBytes: number;
      readonly requests: readonly { readonly from: Address; readonly request: Request }[];
    }
  /** A backup took the primary's proposal into its log. */
  | {
      readonly kind: 'prePrepared';
      readonly view: View;
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly primary: Address;
    }
  /** A vote counts; our own too, when our disk has it. */
  | {
      readonly kind: 'voteCounted';
      readonly phase: 'prepare' | 'commit';
      readonly view: View;
      readonly sequence: Sequence;
      readonly by: Address;
    }
  | {
      readonly kind: 'prepared';
      readonly view: View;
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly completedBy: Address;
    }
  | {
      readonly kind: 'committed';
      readonly view: View;
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly completedBy: Address;
    }
  | {
      readonly kind: 'executed';
      readonly sequence: Sequence;
      readonly digest: Digest;
      readonly requests: number;
      readonly sizeBytes: number;
      /** `again`: from the journal at a start; `transferred`: from another replica. */
      readonly how: 'committed' | 'again' | 'transferred';
    }
  /** Our own state at a checkpoint, and whether it has become stable. */
  | { readonly kind: 'checkpointTaken'; readonly sequence: Sequence; readonly digest: Digest }
  | { readonly kind: 'checkpointStable'; readonly sequence: Sequence; readonly digest: Digest }
  | { readonly kind: 'snapshotTaken'; readonly sequence: Sequence; readonly sizeBytes: number; readonly digest: Digest }
  | { readonly kind: 'snapshotStable'; readonly sequence: Sequence }
  | { readonly kind: 'complained'; readonly view: View; readonly why: Grievance }
  /**
   * `grievance`: of what this replica complained itself; of a primary that asks to be relieved, why, if that is known. `request`: the
   * very message that was received and waits, if that is what it complained of and a client sent it here.
   */
  | {
      readonly kind: 'viewChangeStarted';
      readonly view: View;
      readonly why: ViewChangeReason;
      readonly grievance: Grievance | undefined;
      readonly request: Request | undefined;
    }
  | { readonly kind: 'viewChangeCounted'; readonly view: View; readonly by: Address }
  /** `completedBy`: whose view change, or whose new view, was the last that was needed. */
  | {
      readonly kind: 'enteredView';
      readonly view: View;
      readonly role: 'primary' | 'backup';
      readonly primary: Address;
      readonly completedBy: Address;
    }
  /** Two signed statements of which a correct replica signs only one: they can be shown to anybody. */
  | { readonly kind: 'equivocation'; readonly by: Address; readonly first: Signed; readonly second: Signed }
  | {
      readonly kind: 'transferBegan';
      readonly from: Sequence;
      readonly through: Sequence;
      readonly source: Address;
      readonly why: TransferReason;
    }
  /** `next` is asked instead. */
  | {
      readonly kind: 'transferFailed';
      readonly source: Address;
      readonly why: TransferFailure;
      readonly next: Address;
    }
  /** The source holds no batches from so far back, and f + 1 vouch for its snapshot. */
  | {
      readonly kind: 'snapshotFetching';
      readonly sequence: Sequence;
      readonly from: Sequence;
      readonly source: Address;
      readonly sizeBytes: number;
      readonly why: TransferReason;
    }
  | { readonly kind: 'snapshotInstalled'; readonly sequence: Sequence; readonly sizeBytes: number }
  | { readonly kind: 'transferEnded'; readonly executed: Sequence }
  | { readonly kind: 'standing'; readonly standing: Standing; readonly floor: Sequence; readonly view: View }
  /** A peer's or client's message that a correct one would not have sent now; nothing happened. */
  | { readonly kind: 'rejected'; readonly from: Address; readonly reason: string };

/**
 * `silent`: a request was not executed in time. `slow`: requests wait too long on average. `stopping`, `recovering`: our own primacy;
 * and `leftAlone`, because a member left the view alone.
 */
export type Grievance = 'silent' | 'slow' | 'stopping' | 'recovering' | 'leftAlone';

export type ViewChangeReason =
  /** f + 1 members complain of the primary. */
  | 'complaints'
  /** It signed two proposals for one place. */
  | 'equivocation'
  /** The primary itself asked to be relieved. */
  | 'abdication'
  /** f + 1 members are in later views (§4.5.2). */
  | 'joined'
  /** No valid new view came in time (§4.5.2). */
  | 'timeout';

export type TransferReason =
  /** A quorum is at a checkpoint beyond what was executed here. */
  | 'checkpointAhead'
  /** So it is because this replica lost its disk. */
  | 'diskLost';

export type TransferFailure =
  | 'silent'
  | 'wrongHistory'
  | 'wrongBatch'
  | 'wrongManifest'
  | 'wrongChunk'
  | 'notInstalled';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** What a person can put right; its message is all that is shown. */
export class StageError extends Error {}

/**
 * Tells a person what is going on: `stage` names a piece of work while it runs and says how it ended, `note` what it is
 * busy with. A spinner on a terminal; plain lines, with a sign of life every 15 s, anywhere else.
 */
export function createProgress(stream = process.stdout, plain = !stream.isTTY || Boolean(process.env.CI)) {
  let note = '';
  const write = (line) => stream.write(plain ? `${line}\n` : `\r\x1b[2K${line}\n`);

  async function stage(title, work) {
    const started = Date.now();
    let frame = 0;
    note = '';
    const text = () => (note ? `${title}: ${note}` : title);
    const spin = () => stream.write(`\r\x1b[2K${frames[frame++ % frames.length]} ${text()}`.slice(0, stream.columns));
    const alive = () => write(`  ${text()} … ${seconds(started)}`);
    const timer = setInterval(plain ? alive : spin, plain ? 15_000 : 100);
    try {
      const { value, detail } = (await work()) ?? {};
      write(`✔ ${title}${detail ? `: ${detail}` : ''} (${seconds(started)})`);
      return value;
    } catch (error) {
      write(`✖ ${title} (${seconds(started)})`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }
  return { stage, note: (text) => (note = text) };
}

/** Shows how far long work is, on standard error: one line on a terminal, a few lines elsewhere. */

export interface Progress {
  /** How much of the whole is done; a step's name where the work has several. */
  show(done: number, total: number): void;
  /** Takes the line away. */
  end(): void;
}

/** For whoever is not a person. */
export const silentProgress = (): Progress => ({ show: () => undefined, end: () => undefined });

const barWidth = 30;
/** Elsewhere than on a terminal: a line for each of so many parts. */
const linesMax = 10;

function bar(share: number): string {
  const filled = Math.round(share * barWidth);
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`;
}

export function startProgress(name: string): Progress {
  const { stderr } = process;
  let shown = '';
  return {
    show(done, total) {
      const share = total === 0 ? 1 : done / total;
      const part = stderr.isTTY ? Math.floor(share * 100) : Math.floor(share * linesMax) * linesMax;
      const text = `${name} ${bar(part / 100)} ${part} %`;
      if (text === shown) return;
      shown = text;
      stderr.write(stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
    },
    end() {
      if (stderr.isTTY && shown) stderr.write('\r\x1b[K');
    },
  };
}

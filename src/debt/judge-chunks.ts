/** Passes many employers to the thread that judges them, a chunk at a time. */
import type { FactTexts } from './fact-texts.ts';
import type { Answer, Judge } from './judge-thread.ts';
import type { JudgedEmployer } from './judge.ts';

/** So many are read, judged and written together: some megabytes. */
const chunkSize = 1_000;

export function chunksOf<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / chunkSize);
  return Array.from({ length: count }, (_, i) => items.slice(i * chunkSize, (i + 1) * chunkSize));
}

/** Judges while the next chunk is read; the answers by chunk. */
export async function judgeChunks(
  judge: Judge,
  chunks: readonly (readonly JudgedEmployer[])[],
  read: (employers: readonly string[]) => Promise<FactTexts>,
  onChunk: (done: number) => void = () => undefined,
): Promise<Answer[]> {
  const answers: Promise<Answer>[] = [];
  let done = 0;
  for (const employers of chunks) {
    const texts = await read(employers.map(({ id }) => id));
    // No more than two chunks are on their way.
    await answers.at(-2);
    const answer = judge.ask({ employers, texts });
    answers.push(answer);
    // A thread that ends while the next chunk is read is told of below.
    answer.then(
      () => onChunk((done += employers.length)),
      () => undefined,
    );
  }
  return Promise.all(answers);
}

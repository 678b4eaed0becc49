/** Published releases as static files: what everybody may see at an instant, and nothing else. */
import { readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { formatValue } from '../observation/figure.ts';
import { sdmxCsvHead, sdmxCsvLine } from '../observation/sdmx-csv.ts';
import { csvLine, guardText } from '../platform/csv-text.ts';
import { listsUsed, structureMessage } from '../observation/sdmx-structure.ts';
import type { Database } from '../platform/prisma-client.ts';
import { formatInstant } from '../platform/scalars.ts';
import {
  publicCells,
  publicScope,
  readPublicReleases,
  readSources,
  readStructureLists,
  type PublicCell,
  type PublicRelease,
} from './files-data.ts';
import { stateAt } from './state.ts';
import { writeJson, writeWhole, type WrittenFile } from './whole-files.ts';

export const accessNote = {
  en: 'Public by the decision to publish the release. Reading these files is not on the access log.',
  vi: 'Công khai theo quyết định công bố. Việc đọc các tệp này không được ghi vào nhật ký truy cập.',
};

export interface FilesReport {
  readonly versions: number;
  /** Files that are new or have changed. */
  readonly written: number;
  /** Folders that were taken away. */
  readonly removed: number;
}

/** Codes become folders, so anything that could be another path is refused. */
const folderForm = /^[A-Za-z0-9][A-Za-z0-9@._-]{0,99}$/;
const pathForm = /^[A-Za-z0-9][A-Za-z0-9@._-]{0,99}\/[1-9]\d{0,5}$/;

function folderOf({ seriesId, version }: PublicRelease): string {
  if (!folderForm.test(seriesId)) {
    throw new Error(`The release series "${seriesId}" can't be the name of a folder.`);
  }
  return `${seriesId}/${String(version)}`;
}

const past = (moment: Date | null, instant: Date) =>
  moment !== null && moment <= instant ? formatInstant(moment) : null;

/** For people and spreadsheets; the SDMX file beside it has every attribute. */
const plainColumns: readonly (readonly [name: string, read: (row: PublicCell) => string | null])[] =
  [
    ['area_code', ({ area }) => area.code],
    ['area_vintage', ({ area }) => area.vintage],
    ['area_name_vi', ({ area }) => guardText(area.nameVi)],
    ['area_name_en', ({ area }) => (area.nameEn === null ? null : guardText(area.nameEn))],
    ['indicator', ({ indicator }) => indicator],
    ['scheme', ({ scheme }) => scheme],
    ['participant_group', ({ participantGroup }) => participantGroup],
    ['breakdown', ({ breakdown }) => breakdown],
    ['time_period', ({ timePeriod }) => timePeriod],
    ['value', (row) => formatValue({ ...row, source: null })],
    ['unit', ({ unit }) => unit],
    ['obs_status', ({ obsStatus }) => obsStatus],
    ['conf_status', ({ confStatus }) => confStatus],
    ['source', ({ sourceId }) => sourceId],
  ];

interface Counted {
  rows: number;
  suppressed: number;
}

async function* plainCsv(
  pages: AsyncIterable<readonly PublicCell[]>,
  counted: Counted,
): AsyncGenerator<string> {
  yield csvLine(plainColumns.map(([name]) => name));
  for await (const page of pages) {
    counted.rows += page.length;
    counted.suppressed += page.filter(({ confStatus }) => confStatus === 'C').length;
    yield page.map((row) => csvLine(plainColumns.map(([, read]) => read(row) ?? ''))).join('');
  }
}

async function* sdmxCsv(
  pages: AsyncIterable<readonly PublicCell[]>,
  dataflow: string,
): AsyncGenerator<string> {
  yield sdmxCsvHead({ dataflow });
  for await (const page of pages) {
    yield page.map((row) => sdmxCsvLine(row, { dataflow })).join('');
  }
}

const titleOf = ({ titleVi, titleEn }: PublicRelease) => ({ vi: titleVi, en: titleEn });

const areaOf = ({ area }: PublicRelease) => ({
  code: area.code,
  vintage: area.vintage,
  nameVi: area.nameVi,
  nameEn: area.nameEn,
});

class ReleaseFiles {
  readonly #db: Database;
  readonly #directory: string;
  readonly #instant: Date;
  #written = 0;
  #removed = 0;

  constructor(db: Database, directory: string, instant: Date) {
    this.#db = db;
    this.#directory = directory;
    this.#instant = instant;
  }

  /** New files first, then the index that names them, then what it names no more goes. */
  async write(): Promise<FilesReport> {
    const scope = publicScope(this.#instant);
    const releases = await readPublicReleases(this.#db, scope);
    const isOpen = (release: PublicRelease) => stateAt(release, this.#instant) !== 'WITHDRAWN';
    const open = releases.filter(isOpen);
    const before = await this.#pathsBefore();
    await this.#writeStructure(open);
    for (const release of open) await this.#writeVersion(release, releases);
    const index = releases.map((release) => this.#entry(release, isOpen(release)));
    const note = { access: accessNote, structure: 'structure.json', releases: index };
    this.#count(await writeJson(path.join(this.#directory, 'index.json'), note));
    const kept = new Set(open.map(folderOf));
    const closed = releases.filter((release) => !isOpen(release)).map(folderOf);
    for (const folder of new Set([...before, ...closed])) {
      if (!kept.has(folder)) await this.#remove(folder);
    }
    return { versions: open.length, written: this.#written, removed: this.#removed };
  }

  #count({ isNew }: WrittenFile): void {
    if (isNew) this.#written += 1;
  }

  #entry(release: PublicRelease, isOpen: boolean) {
    return {
      code: release.id,
      series: release.seriesId,
      version: release.version,
      state: stateAt(release, this.#instant),
      dataflow: release.dataflow,
      title: titleOf(release),
      area: areaOf(release),
      timePeriod: release.timePeriod,
      publishedAt: past(release.publishedAt, this.#instant),
      withdrawnAt: past(release.withdrawnAt, this.#instant),
      path: isOpen ? folderOf(release) : null,
    };
  }

  async #writeStructure(releases: readonly PublicRelease[]): Promise<void> {
    const scope = publicScope(this.#instant);
    const lists = await readStructureLists(this.#db, scope, [...listsUsed, 'DATAFLOW']);
    const names = lists.find(({ id }) => id === 'DATAFLOW')?.codes ?? [];
    const flows = [...new Set(releases.map(({ dataflow }) => dataflow))].sort().map((id) => {
      const found = names.find(({ code }) => code === id);
      return { id, nameEn: found?.nameEn ?? id, nameVi: found?.nameVi ?? id };
    });
    // Of the newest publication, so that writing again changes nothing.
    const prepared = new Date(
      Math.max(0, ...releases.map(({ publishedAt }) => publishedAt?.getTime() ?? 0)),
    );
    const used = lists.filter(({ id }) => id !== 'DATAFLOW');
    const message = structureMessage(flows, used, prepared);
    this.#count(await writeJson(path.join(this.#directory, 'structure.json'), message));
  }

  async #writeVersion(release: PublicRelease, all: readonly PublicRelease[]): Promise<void> {
    const scope = publicScope(this.#instant);
    const folder = path.join(this.#directory, folderOf(release));
    const counted = { rows: 0, suppressed: 0 };
    const pages = () => publicCells(this.#db, scope, release.id);
    const files = {
      'data.csv': plainCsv(pages(), counted),
      'data.sdmx.csv': sdmxCsv(pages(), release.dataflow),
    };
    const listed: object[] = [];
    for (const [name, pieces] of Object.entries(files)) {
      const written = await writeWhole(path.join(folder, name), pieces);
      this.#count(written);
      listed.push({ name, sha256: written.sha256, bytes: written.bytes });
    }
    const [source] = await readSources(this.#db, scope, [release.sourceId]);
    const supersededAt = past(release.supersededAt, this.#instant);
    const next = all.find(({ supersedesId }) => supersedesId === release.id);
    const metadata = {
      ...this.#entry(release, true),
      provider: release.providerId,
      provisional: release.provisional,
      note: release.note,
      supersedes: release.supersedesId,
      supersededAt,
      supersededBy: supersededAt === null ? null : (next?.id ?? null),
      source: source && { code: source.id, title: source.title, nature: source.nature },
      ...counted,
      files: listed,
      access: accessNote,
    };
    this.#count(await writeJson(path.join(folder, 'metadata.json'), metadata));
  }

  /** What the index of before names; none when there is none that can be read. */
  async #pathsBefore(): Promise<string[]> {
    try {
      const text = await readFile(path.join(this.#directory, 'index.json'), 'utf8');
      const { releases } = JSON.parse(text) as { releases: { path: string | null }[] };
      return releases.flatMap(({ path: found }) => (found && pathForm.test(found) ? [found] : []));
    } catch {
      return [];
    }
  }

  async #remove(folder: string): Promise<void> {
    const full = path.join(this.#directory, folder);
    const isThere = await rm(full, { recursive: true }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false;
        throw error;
      },
    );
    if (isThere) this.#removed += 1;
    // The series' own folder stays while another version lies in it.
    await rmdir(path.dirname(full)).catch(() => undefined);
  }
}

/** Brings a folder up to what everybody may see at the instant. */
export const writeReleaseFiles = (
  db: Database,
  directory: string,
  instant: Date,
): Promise<FilesReport> => new ReleaseFiles(db, directory, instant).write();

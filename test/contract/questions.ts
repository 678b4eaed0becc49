/** Makes the smallest question for every name of a schema, so that none is left unasked. */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

export interface Question {
  /** What it asks for. */
  readonly coordinate: string;
  /** All names that it uses; whoever may use them all may ask it. */
  readonly needed: readonly string[];
  /** Which operation it belongs to: a mutation would act, so whoever may ask it is not made to. */
  readonly operation: 'query' | 'mutation';
  /** A selection below the root, on one line. */
  readonly text: string;
}

type Member = GraphQLArgument | GraphQLInputField;
type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** The way from a root to a type. */
interface Path {
  readonly operation: Question['operation'];
  readonly texts: string[];
  readonly uses: string[];
}

const now = `"${new Date().toISOString()}"`;
/** Values that the gateway takes, by coordinate where the type alone does not tell. */
const values: Readonly<Record<string, string>> = {
  Int: '1',
  Int64: '"0"',
  Date: '"2025-07-01"',
  DateTime: '"2026-01-01T00:00:00+07:00"',
  // Since the store is there.
  'Query.debtChanges(since:)': now,
  'Mutation.exportDebtChanges(since:)': now,
  'Query.node(id:)': '"QXJlYToxMUAyMDI1LTA3"',
  'CollectionFilter.from': '"2025"',
  'CollectionFilter.to': '"2025"',
  'CollectionEstimateInput.measure': 'REVENUE',
  'CollectionEstimateInput.fund': '"HEALTH"',
  'CollectionEstimateInput.instrument': '"a"',
  'Mutation.correctCollectionEstimate(estimate:)': '"a"',
  'Mutation.correctCollectionEstimate(instrument:)': '"a"',
  'Query.codeList(id:)': '"PURPOSE"',
  'Query.accessDocument(hash:)': '"00"',
  'Query.consistencyProof(from:)': '"1"',
  'Query.consistencyProof(to:)': '"2"',
  'Query.instruments(kind:)': '"LAW"',
  // It is not before the day, which is today.
  'Employer.assessment(paidUntil:)': `"${new Date().getUTCFullYear() + 1}-12-31"`,
  // Fewer than there are is refused.
  'Query.series(first:)': '50',
  'Query.availability(dataflow:)': '"ENROLLMENT"',
  'AreaKey.code': '"VN-DB"',
  'AreaKey.vintage': '"2025-06"',
  'ConflictFilter.kind': '"OUTLIER"',
  certainty: '"OPEN"',
  timePeriod: '"2022"',
  'ObligationFilter.timePeriod': '"2022-01"',
  ...Object.fromEntries(
    ['StatutoryList', 'StatutoryListEntry', 'StatutoryListNotice'].map((name) => [
      `${name}Filter.timePeriod`,
      '"2022-Q1"',
    ]),
  ),
  from: '"2016"',
  to: '"2025"',
  domain: '"ENROLLMENT"',
  indicator: '"PARTICIPANTS"',
  scheme: '"COMPULSORY_SI"',
  participantGroup: '"ALL"',
  sex: '"F"',
  residence: '"URBAN"',
  after: 'null',
  updatedAfter: 'null',
  Boolean: 'true',
  // Only a province or city is taken.
  ...Object.fromEntries(
    ['Employer', 'DebtPosition', 'DebtEvent', 'Obligation', 'StatutoryListEntry']
      .concat('Collection', 'CollectionEstimate')
      .map((name) => `${name}Filter.within`)
      .concat('EnrolmentMovementFilter.within', 'Query.debtSummary(within:)')
      .map((coordinate) => [coordinate, '{ code: "11", vintage: "2025-07" }']),
  ),
  'CoordinationInstrumentFilter.kind': '"CONTRACT"',
  'PartnerFilter.kind': '"PRESS"',
  audienceCode: '"FARMERS"',
  channel: '"CONFERENCE"',
  form: '"DIRECT"',
  frequency: '"ANNUAL"',
  status: '"CURRENT"',
  topicCode: '"VOLUNTARY_SI"',
  measure: '"EVENTS"',
  series: '"lc-web-articles"',
  instrumentKind: '"CONTRACT"',
  relation: '"COORDINATES"',
  sector: '"TRADE"',
  ownership: '"PRIVATE"',
  sizeBand: '"W1_9"',
  item: '"COMMUNICATION_STAFF"',
  level: '"PROVINCIAL"',
  dataflow: '"ENROLMENT_QUARTERLY"',
  breakdown: '"ownership"',
  office: '"office-vn"',
  ID: '"QXJlYToxMUAyMDI1LTA3"',
  retentionMonths: '1',
  purposes: '["STATISTICS"]',
  agencies: '["press-vn"]',
  threshold: '5',
  Float: '10',
  n: '1',
  // Events of debts: exactly one kind is said.
  ...Object.fromEntries(
    ['Mutation.recordDebtEvent(event:)', 'Mutation.correctDebtEvent(as:)'].map((coordinate) => [
      coordinate,
      '{ referral: { employer: "a", on: "2026-01-05", note: "a" } }',
    ]),
  ),
  'Mutation.planDebtEvent(event:)':
    '{ jointSession: { employer: "a", on: "2026-01-05", participants: ["a"] } }',
  participants: '["a"]',
  months: '["2026-01"]',
  fromMonth: '"2026-01"',
  toMonth: '"2026-02"',
  cause: '"FLOOD"',
  // Rows of facts.
  'Mutation.recordEmployers(source:)': '"dien-bien-2024"',
  reference: '"a"',
  address: '"a"',
  paymentCycle: '"MONTHLY"',
};
/** Free text: any word does. */
const freeText =
  `search list code toList toCode vintage parentCode rowId sourceId figureId instrumentId consumer provider agency
  application role purpose grant topic areaId operationName requestId errorCode partner campaign
  employer unitCode release agencyCode coordinate legalBasis contact afterRetention method processing useLimits
  security storage duties reason remove nameVi nameEn name jwksUri access newCode note titleVi titleEn
  withheld operationType documentHash entity entityId event presence document plan auditor finding reply conclusion title text checkpoint vkey violation`.split(
    /\s+/,
  );

class Questions {
  readonly #schema: GraphQLSchema;
  readonly #may: (coordinate: string) => boolean;
  constructor(schema: GraphQLSchema, may: (coordinate: string) => boolean) {
    this.#schema = schema;
    this.#may = may;
  }

  /** A value of an argument or input field, and the names that it uses. */
  #value(coordinate: string, member: Member): { text: string; uses: string[] } {
    const type = getNamedType(member.type);
    const whole = values[coordinate];
    if (isInputObjectType(type) && whole) {
      const fields = Object.keys(type.getFields()).filter((name) => whole.includes(`${name}:`));
      return { text: whole, uses: [type.name, ...fields.map((name) => `${type.name}.${name}`)] };
    }
    if (isInputObjectType(type)) {
      const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
      const fields = required.map((field) => this.#inputField(type.name, field));
      const text = `{ ${fields.map((field) => field.text).join(', ')} }`;
      return { text, uses: [type.name, ...fields.flatMap((field) => field.uses)] };
    }
    if (isEnumType(type)) {
      const names = type.getValues().map((value) => value.name);
      const name = names.find((value) => this.#may(`${type.name}.${value}`)) ?? names[0] ?? '';
      return { text: name, uses: [type.name, `${type.name}.${name}`] };
    }
    const known = values[coordinate] ?? (type.name === 'String' ? values[member.name] : undefined);
    const free = freeText.includes(member.name) ? '"a"' : undefined;
    const text = known ?? values[type.name] ?? free;
    if (text === undefined) throw new Error(`Add a value for ${coordinate} to the table.`);
    return { text, uses: isBuiltIn(type.name) ? [] : [type.name] };
  }

  #inputField(
    typeName: string,
    field: GraphQLInputField,
    given?: { text: string; uses: string[] },
  ) {
    const coordinate = `${typeName}.${field.name}`;
    const { text, uses } = given ?? this.#value(coordinate, field);
    return { text: `${field.name}: ${text}`, uses: [coordinate, ...uses] };
  }

  /** A field with its required arguments, one page of one row, and those given. */
  #call(
    parent: Composite,
    field: GraphQLField<unknown, unknown>,
    given: Readonly<Record<string, { text: string; uses: string[] }>> = {},
  ): { text: string; uses: string[] } {
    const coordinate = `${parent.name}.${field.name}`;
    const chosen = field.args.flatMap((arg) => {
      const name = `${coordinate}(${arg.name}:)`;
      const wanted = isNonNullType(arg.type) || arg.name === 'first';
      const value = given[arg.name] ?? (wanted ? this.#value(name, arg) : null);
      return value ? [{ text: `${arg.name}: ${value.text}`, uses: [name, ...value.uses] }] : [];
    });
    const list = chosen.length > 0 ? `(${chosen.map((arg) => arg.text).join(', ')})` : '';
    const type = getNamedType(field.type);
    const uses = [coordinate, ...(isBuiltIn(type.name) ? [] : [type.name])];
    return { text: `${field.name}${list}`, uses: [...uses, ...chosen.flatMap((arg) => arg.uses)] };
  }

  /** The shortest way from the root to each type, over names that `may` allows where there is one. */
  paths(only: (coordinate: string) => boolean): Map<string, Path> {
    const root = this.#schema.getQueryType();
    if (!root) throw new Error('The schema has no queries.');
    const found = new Map<string, Path>();
    this.#walk(root, 'query', only, found);
    const changes = this.#schema.getMutationType();
    if (changes) this.#walk(changes, 'mutation', only, found);
    return found;
  }

  #walk(
    root: Composite,
    operation: Path['operation'],
    only: (coordinate: string) => boolean,
    found: Map<string, Path>,
  ): void {
    found.set(root.name, { operation, texts: [], uses: [] });
    const queue: Composite[] = [root];
    for (let parent = queue.shift(); parent; parent = queue.shift()) {
      const before = found.get(parent.name) ?? { texts: [], uses: [] };
      for (const field of Object.values(parent.getFields())) {
        const type = getNamedType(field.type);
        if (!isObjectType(type) && !isInterfaceType(type)) continue;
        const { text, uses } = this.#call(parent, field);
        if (found.has(type.name) || !uses.every(only)) continue;
        const way = { texts: [...before.texts, text], uses: [...before.uses, ...uses] };
        found.set(type.name, { operation, ...way });
        queue.push(type);
      }
    }
  }

  /** One question for a field, one for each argument, input field and enum value below it. */
  *ofField(parent: Composite, field: GraphQLField<unknown, unknown>) {
    const coordinate = `${parent.name}.${field.name}`;
    const type = getNamedType(field.type);
    const rest = isLeafType(type) ? '' : ' { __typename }';
    yield { coordinate, ...this.#call(parent, field), rest };
    for (const arg of field.args) {
      for (const { name, value } of this.#valuesOf(`${coordinate}(${arg.name}:)`, arg)) {
        yield { coordinate: name, ...this.#call(parent, field, { [arg.name]: value }), rest };
      }
    }
  }

  *#valuesOf(
    coordinate: string,
    member: Member,
  ): Generator<{ name: string; value: { text: string; uses: string[] } }> {
    yield { name: coordinate, value: this.#value(coordinate, member) };
    const type = getNamedType(member.type);
    if (isEnumType(type)) {
      for (const { name } of type.getValues()) {
        const uses = [type.name, `${type.name}.${name}`];
        yield { name: `${type.name}.${name}`, value: { text: name, uses } };
      }
    }
    if (!isInputObjectType(type)) return;
    const fields = Object.values(type.getFields());
    for (const field of fields) {
      const others = fields
        .filter((other) => other !== field && isNonNullType(other.type))
        .map((other) => this.#inputField(type.name, other));
      for (const { name, value } of this.#valuesOf(`${type.name}.${field.name}`, field)) {
        const own = this.#inputField(type.name, field, value);
        const text = `{ ${[own, ...others].map((each) => each.text).join(', ')} }`;
        const uses = [type.name, ...[own, ...others].flatMap((each) => each.uses)];
        yield { name, value: { text, uses } };
      }
    }
  }
}

const isBuiltIn = (name: string) => ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(name);

/**
 * A question for every field, argument, input field and enum value that an input takes. The way to a
 * type leads over names that `may` allows where there is such a way, so that only what is asked for
 * decides.
 */
export function questionsOf(
  schema: GraphQLSchema,
  may: (coordinate: string) => boolean,
): Question[] {
  const questions = new Questions(schema, may);
  const [allowed, all] = [questions.paths(may), questions.paths(() => true)];
  const found: Question[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    const path = allowed.get(type.name) ?? all.get(type.name);
    if (!path) throw new Error(`No field leads to ${type.name}.`);
    for (const field of Object.values(type.getFields())) {
      for (const { coordinate, text, uses, rest } of questions.ofField(type, field)) {
        const opened = [...path.texts, `${text}${rest}`].join(' { ');
        const needed = [...new Set([...path.uses, type.name, coordinate, ...uses])];
        const { operation } = path;
        found.push({
          coordinate,
          operation,
          needed,
          text: `${opened}${' }'.repeat(path.texts.length)}`,
        });
      }
    }
  }
  return found;
}

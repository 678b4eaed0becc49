/** In which argument or input field a value stands that the schema does not take; pure. */
import { Kind, TokenKind, type GraphQLError, type Token } from 'graphql';

const values: ReadonlySet<string> = new Set([
  Kind.STRING,
  Kind.INT,
  Kind.FLOAT,
  Kind.BOOLEAN,
  Kind.ENUM,
  Kind.NULL,
]);

/** The name before the colon; a value in a list stands in the list's field. */
function nameBefore(value: Token): string | null {
  let token = value.prev;
  while (token && token.kind !== TokenKind.COLON && token.kind !== TokenKind.PAREN_L) {
    token = token.prev;
  }
  const name = token?.kind === TokenKind.COLON ? token.prev : null;
  return name?.kind === TokenKind.NAME ? name.value : null;
}

/** As graphql-js says it: the variable, its value as JSON, and the path to what is wrong in it. */
const inVariable =
  /^Variable "\$(\w+)" got invalid value (?:"(?:[^"\\]|\\.)*"|[^"]*?)(?: at "([^"]+)")?; /;

/** Null where the error is about something else than one value. */
export function fieldOf({ nodes, message }: GraphQLError): string | null {
  const said = inVariable.exec(message);
  if (said) return (said[2] ?? said[1])?.match(/\w+(?=(\[\d+\])*$)/)?.[0] ?? null;
  const [node] = nodes ?? [];
  return node?.loc && values.has(node.kind) ? nameBefore(node.loc.startToken) : null;
}

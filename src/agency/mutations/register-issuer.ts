/** Enters a token issuer in the register, with the agencies that it may speak for. */
import { builder } from '../../platform/builder.ts';
import { PublicError } from '../../platform/errors.ts';
import { lookAhead } from '../../platform/look-ahead.ts';
import { checkedList, checkedText } from '../../platform/checked.ts';
import { insertIssuer, readIssuer } from '../register-data.ts';
import { IssuerRef } from '../types.ts';

const nameMax = 200;
const loopback = ['127.0.0.1', '[::1]', 'localhost'];

/** Where keys may be read from, and so of which kind the issuer is. */
function addressOf(jwksUri: string): { kind: 'FILE' | 'REMOTE'; jwksUri: string } {
  const url = URL.canParse(jwksUri) ? new URL(jwksUri) : null;
  const isRemote =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.includes(url.hostname));
  const isPlain = url !== null && url.username === '' && url.password === '' && url.hash === '';
  if (isRemote && isPlain) return { kind: 'REMOTE', jwksUri };
  if (url?.protocol === 'file:' && url.host === '') return { kind: 'FILE', jwksUri };
  throw new PublicError('ADDRESS_NOT_TAKEN', { field: 'jwksUri', address: jwksUri.slice(0, 200) });
}

builder.mutationField('registerIssuer', (t) =>
  t.field({
    type: IssuerRef as never,
    description:
      'Enters a token issuer as PROPOSED; it counts once a second person has approved it. Errors: CODE_TAKEN, ADDRESS_NOT_TAKEN, AGENCY_NOT_REGISTERED, FIELD_EMPTY, VALUE_TWICE.',
    args: {
      code: t.arg.string({ required: true, description: 'Its iss, exactly as in its tokens.' }),
      name: t.arg.string({ required: true, description: 'Who runs it.' }),
      jwksUri: t.arg.string({
        required: true,
        description: 'Where its keys are: an https: address, or a file: address on the gateway.',
      }),
      agencies: t.arg.stringList({
        required: true,
        description: 'Codes of the agencies that it may speak for.',
      }),
    },
    resolve: async (_root, { code, name, jwksUri, agencies }, context, info) => {
      const id = checkedText('code', code, nameMax);
      const issuer = { id, name: checkedText('name', name, nameMax), ...addressOf(jwksUri) };
      await insertIssuer(
        context,
        issuer,
        checkedList('agencies', agencies, (each) => each),
      );
      return readIssuer(context, id, lookAhead(context, info, 'Issuer')) as never;
    },
  }),
);

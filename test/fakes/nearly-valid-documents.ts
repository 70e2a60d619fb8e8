/** The slips that servers and scripts of this schema are known for, made in a valid document. */
import type { RepairKind } from '#shared/contract/documents.ts';
import type { Fields, NearlyValidDocument } from './document-generator.ts';
import type { Random } from './random.ts';

interface Slip {
  kind: RepairKind;
  /** Changes the document; a number that JSON.stringify would write plainly stands there as `{{text}}`. */
  make(document: Fields, random: Random): void;
}

const SLIPS: readonly Slip[] = [
  {
    kind: 'unknown-keys',
    make(document, random) {
      document[random.pick(['user_id', 'request_config', 'conversation_id', 'organization_id', 'a/b~c'])] =
        random.pick<unknown>(['x', null, { deep: [1, 2] }]);
    },
  },
  {
    kind: 'metadata-name',
    make(document) {
      document.metadata_ = document.metadata ?? { from: 'elsewhere' };
      delete document.metadata;
    },
  },
  {
    kind: 'date-time',
    make(document, random) {
      const key = random.pick(['created_at', 'updated_at', 'completed_at', 'callback_sent_at']);
      document[key] = random.pick([
        '2026-11-23T14:58:40.823889',
        '2026-11-23 14:58:40',
        '2026-11-23 14:58:40.823889+00:00',
        '2026-11-23T14:58:40+0000',
        '2026-11-23T14:58:40-05',
      ]);
    },
  },
  {
    kind: 'callback-none',
    make(document) {
      document.callback_url = 'None';
    },
  },
  {
    kind: 'integer-form',
    make(document, random) {
      const key = random.pick(['ttft_ns', 'total_duration_ns', 'callback_status_code']);
      document[key] = `{{${random.pick(['5.0', '1e3', '12E0', '1.5e3', '200.000'])}}}`;
    },
  },
  {
    kind: 'status-elsewhere',
    make(document, random) {
      document.status = random.pick(['running', 'pending']);
    },
  },
  {
    kind: 'given',
    make(document, random) {
      delete document[random.pick(['id', 'created_at'])];
    },
  },
];

/** `document` with one to three of the slips. */
export function nearlyValidDocument(random: Random, document: Fields): NearlyValidDocument {
  const made: Fields = { ...document };
  if (made.status === 'running' || made.status === 'pending') made.status = 'created';
  const slips = random.shuffled(SLIPS).slice(0, random.between(1, 3));
  // A time that is taken away can't be wrong as well.
  const ordered = [...slips].sort((a, b) => Number(b.kind === 'given') - Number(a.kind === 'given'));
  for (const slip of ordered) slip.make(made, random);
  const text = JSON.stringify(made).replaceAll(/"\{\{([\d.eE]+)\}\}"/gu, '$1');
  return { text, kinds: kindsOf(made, slips) };
}

function kindsOf(made: Fields, slips: readonly Slip[]): RepairKind[] {
  // A leap second is right and is read as the second before it.
  const isLeap = Object.values(made).some((value) => value === '2016-12-31T23:59:60Z');
  const isGiven = made.id === undefined || made.created_at === undefined;
  const kinds = slips.map(({ kind }) => kind).filter((kind) => kind !== 'given' || isGiven);
  return isLeap ? [...new Set<RepairKind>([...kinds, 'date-time'])] : kinds;
}

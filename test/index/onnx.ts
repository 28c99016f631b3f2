/**
 * Writes ONNX models (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, IR version 7, opset 12) small enough to say what comes out: of
 * protocol buffers (https://protobuf.dev/programming-guides/encoding) only what these need.
 */
type Bytes = Buffer;

function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

const number = (field: number, value: number): Bytes => Buffer.concat([varint(field * 8), varint(value)]);
function nested(field: number, ...parts: readonly (Bytes | string)[]): Bytes {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}

const FLOAT = 1;
const INT64 = 7;

interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Integer attributes. */
  readonly settings?: Readonly<Record<string, number | readonly number[]>>;
}

function nodeProto({ op, inputs, output, settings = {} }: Node): Bytes {
  const attributes = Object.entries(settings).map(([name, value]) =>
    typeof value === 'number'
      ? nested(5, nested(1, name), number(3, value), number(20, 2))
      : nested(5, nested(1, name), ...value.map((one) => number(8, one)), number(20, 7)),
  );
  return nested(1, ...inputs.map((name) => nested(1, name)), nested(2, output), nested(4, op), ...attributes);
}

function tensorProto(name: string, rows: readonly (readonly number[])[]): Bytes {
  const raw = Buffer.from(new Float32Array(rows.flat()).buffer);
  const dims = [rows.length, rows[0]?.length ?? 0].map((size) => number(1, size));
  return nested(5, ...dims, number(2, FLOAT), nested(8, name), nested(9, raw));
}

function valueProto(field: number, name: string, type: number, dims: readonly (string | number)[]): Bytes {
  const shape = dims.map((dim) => nested(1, typeof dim === 'number' ? number(1, dim) : nested(2, dim)));
  return nested(field, nested(1, name), nested(2, nested(1, number(1, type), nested(2, ...shape))));
}

interface Graph {
  readonly nodes: readonly Node[];
  readonly tables: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly inputs: readonly string[];
  readonly output: { readonly name: string; readonly dims: readonly (string | number)[] };
}

function model({ nodes, tables, inputs, output }: Graph): Bytes {
  const graph = nested(
    7,
    ...nodes.map(nodeProto),
    nested(2, 'graph'),
    ...Object.entries(tables).map(([name, rows]) => tensorProto(name, rows)),
    ...inputs.map((name) => valueProto(11, name, INT64, ['batch', 'pieces'])),
    valueProto(12, output.name, FLOAT, output.dims),
  );
  return Buffer.concat([number(1, 7), graph, nested(8, nested(1, ''), number(2, 12))]);
}

/** A model that gives each word piece its row of `table`, whatever stands beside it. */
export function pieceVectors(table: readonly (readonly number[])[]): Bytes {
  return model({
    nodes: [{ op: 'Gather', inputs: ['table', 'input_ids'], output: 'last_hidden_state' }],
    tables: { table },
    inputs: ['input_ids', 'attention_mask'],
    output: { name: 'last_hidden_state', dims: ['batch', 'pieces', table[0]?.length ?? 0] },
  });
}

/**
 * A model that adds up the squared weights of the word pieces that both texts of a pair hold (their counts multiplied). The sum is the last
 * of `labels` logits, the others are 0.
 */
export function sharedPieces(weights: readonly number[], labels: number): Bytes {
  const table = weights.map((weight, row) => weights.map((_, column) => (row === column ? weight : 0)));
  const summed = (input: string, output: string): Node => ({
    op: 'ReduceSum',
    inputs: [input],
    output,
    settings: { axes: [1], keepdims: 0 },
  });
  const numbersOf = (input: string, output: string): Node[] => [
    { op: 'Cast', inputs: [input], output: `${output}_flat`, settings: { to: FLOAT } },
    { op: 'Unsqueeze', inputs: [`${output}_flat`], output, settings: { axes: [2] } },
  ];
  return model({
    nodes: [
      { op: 'Gather', inputs: ['table', 'input_ids'], output: 'pieces' },
      ...numbersOf('attention_mask', 'present'),
      ...numbersOf('token_type_ids', 'second'),
      { op: 'Mul', inputs: ['pieces', 'present'], output: 'both' },
      { op: 'Mul', inputs: ['both', 'second'], output: 'passage_pieces' },
      summed('both', 'all'),
      summed('passage_pieces', 'passage'),
      { op: 'Sub', inputs: ['all', 'passage'], output: 'question' },
      { op: 'Mul', inputs: ['question', 'passage'], output: 'shared' },
      { op: 'ReduceSum', inputs: ['shared'], output: 'sum', settings: { axes: [1], keepdims: 1 } },
      { op: 'MatMul', inputs: ['sum', 'places'], output: 'logits' },
    ],
    tables: { table, places: [Array.from({ length: labels }, (_, label) => (label === labels - 1 ? 1 : 0))] },
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
    output: { name: 'logits', dims: ['batch', labels] },
  });
}

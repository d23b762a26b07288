/**
 * Fills a `.wgsl` template: constants, repeated lines and lines left out, so that a
 * kernel's sizes and its unrolled registers are literal when the driver compiles it.
 *
 * Software drivers keep an array that is indexed in a loop in memory, not in registers; hence the unrolling here.
 *
 * - `{{name}}` is a value, a number or a piece of WGSL; in a repeated line also `{{i}}`, the line's own counter. Numbers may be added and
 *   multiplied, up to twice and from left to right, by whole numbers or other names: `{{i + 1}}`, `{{q * lanes + j}}`.
 * - `//#each i rows` … `//#end` repeats what stands between with i = 0 … rows − 1; `//#each i 4` four times.
 * - `//#if name` … `//#else` … `//#end` keeps one side; true is what is neither 0, false nor an empty text.
 *
 * Comments in front of the first line of code are the template's header and are left out of the shader.
 */

type TemplateValue = number | string | boolean;
export type TemplateValues = Readonly<Record<string, TemplateValue>>;

/** @throws RangeError when a name has no value or a block does not end */
export function fillTemplate(template: string, values: TemplateValues): string {
  const lines = template.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "" && (!line.startsWith("//") || line.startsWith("//#")));
  const cursor = { lines, at: Math.max(0, first) };
  const text = fillBlock(cursor, values, true);
  if (cursor.at < lines.length) throw new RangeError(`fillTemplate: ${lines[cursor.at]!.trim()} closes nothing`);
  return text.join("\n");
}

interface Cursor {
  readonly lines: readonly string[];
  at: number;
}

const DIRECTIVE = /^\s*\/\/#(each|if|else|end)\b\s*(\w+)?\s*(\w+)?/;

/** Lines up to the `else` or `end` that closes this block, which stays for the caller. */
function fillBlock(cursor: Cursor, values: TemplateValues, isKept: boolean): string[] {
  const text: string[] = [];
  for (; cursor.at < cursor.lines.length; cursor.at++) {
    const line = cursor.lines[cursor.at]!;
    const directive = DIRECTIVE.exec(line);
    if (directive === null) {
      if (isKept) text.push(fillLine(line, values));
      continue;
    }
    const [, kind, name, count] = directive;
    if (kind === "else" || kind === "end") return text;
    cursor.at++;
    if (kind === "if") text.push(...fillCondition(cursor, values, isKept, name));
    else text.push(...fillEach(cursor, values, isKept, name, count));
  }
  return text;
}

function fillCondition(cursor: Cursor, values: TemplateValues, isKept: boolean, name: string | undefined): string[] {
  const isTrue = isKept && isTruthy(valueOf(values, name));
  const then = fillBlock(cursor, values, isKept && isTrue);
  if (directiveAt(cursor) !== "else") return closed(cursor, then);
  cursor.at++;
  return closed(cursor, [...then, ...fillBlock(cursor, values, isKept && !isTrue)]);
}

function fillEach(cursor: Cursor, values: TemplateValues, isKept: boolean, name = "", count = ""): string[] {
  const times = !isKept ? 0 : /^\d+$/.test(count) ? Number(count) : Number(valueOf(values, count));
  const start = cursor.at;
  const text: string[] = [];
  for (let i = 0; i < times; i++) {
    cursor.at = start;
    text.push(...fillBlock(cursor, { ...values, [name]: i }, true));
  }
  if (times === 0) fillBlock(cursor, values, false);
  return closed(cursor, text);
}

function closed(cursor: Cursor, text: string[]): string[] {
  if (directiveAt(cursor) !== "end") throw new RangeError("fillTemplate: a block does not end");
  return text;
}

function directiveAt({ lines, at }: Cursor): string | undefined {
  return DIRECTIVE.exec(lines[at] ?? "")?.[1];
}

const PLACE = /\{\{\s*(\w+)\s*(?:([+*])\s*(\w+)\s*)?(?:([+*])\s*(\w+)\s*)?\}\}/g;

function fillLine(line: string, values: TemplateValues): string {
  return line.replace(PLACE, (_, name: string, ...rest: (string | undefined)[]) => {
    const value = valueOf(values, name);
    if (rest[0] === undefined) return String(value);
    let number = Number(value);
    for (const [operator, operand] of [rest.slice(0, 2), rest.slice(2, 4)]) {
      if (operator === undefined || operand === undefined) break;
      const other = /^\d+$/.test(operand) ? Number(operand) : Number(valueOf(values, operand));
      number = operator === "+" ? number + other : number * other;
    }
    return String(number);
  });
}

function valueOf(values: TemplateValues, name: string | undefined): TemplateValue {
  const value = name === undefined ? undefined : values[name];
  if (value === undefined) throw new RangeError(`fillTemplate: ${name ?? "a directive"} has no value`);
  return value;
}

function isTruthy(value: TemplateValue): boolean {
  return value !== 0 && value !== false && value !== "";
}

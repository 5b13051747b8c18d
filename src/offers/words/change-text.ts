import type { Text } from '#kernel/refusal';
import type { Differences } from './change.ts';
import { text } from './figures.ts';
import { glue } from './glue.ts';

/** A value that was, is or came into being: "结束日由「..」改为「..」". Silent where both read the same. */
export function replaced(
  { say }: Differences,
  pointer: string,
  label: Text,
  before: Text | undefined,
  after: Text | undefined,
): void {
  if (before === undefined && after === undefined) return;
  if (before === undefined) {
    return say(pointer, text(`新增${label.zh}:${after!.zh}`, `new: ${label.en}: ${after!.en}`));
  }
  if (after === undefined) {
    return say(
      pointer,
      text(`取消${label.zh}(原为:${before.zh})`, `gone: ${label.en} (before: ${before.en})`),
    );
  }
  if (before.zh === after.zh && before.en === after.en) return;
  say(
    pointer,
    text(
      `${label.zh}由「${before.zh}」改为「${after.zh}」`,
      `${label.en}: “${before.en}” becomes “${after.en}”`,
    ),
  );
}

/** A number that goes up or down: "每日上限由 20.00 元提高到 30.00 元". */
export function moved(
  into: Differences,
  pointer: string,
  label: Text,
  before: number | undefined,
  after: number | undefined,
  unit: (value: number) => Text,
): void {
  if (before === after) return;
  if (before === undefined || after === undefined) {
    const was = before === undefined ? undefined : unit(before);
    return replaced(into, pointer, label, was, after === undefined ? undefined : unit(after));
  }
  const [was, is] = [unit(before), unit(after)];
  const up = after > before;
  into.say(
    pointer,
    text(
      glue(`${label.zh}由 ${was.zh}`, `${up ? '提高' : '降低'}到 ${is.zh}`),
      `the ${label.en} goes ${up ? 'up' : 'down'} from ${was.en} to ${is.en}`,
    ),
  );
}

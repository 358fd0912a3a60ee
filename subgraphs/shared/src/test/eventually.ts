/** Waits until the condition holds, looking every few milliseconds; throws when it does not in time. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  options: { readonly timeoutMs?: number; readonly what?: string } = {},
): Promise<void> {
  const deadline = performance.now() + (options.timeoutMs ?? 10_000);
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not in time: ${options.what ?? condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

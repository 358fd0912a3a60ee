/** How each state of a provider is coloured; the word beside it says the same. */
export const sourceTones = {
  PAUSED: 'neutral',
  TESTING: 'brand',
  LISTENING: 'ok',
  NEW: 'neutral',
  WELL: 'ok',
  DEGRADED: 'attention',
  FAILING: 'fault',
} as const;

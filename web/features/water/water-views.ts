/** The sections of the water pages by what a person comes for. A section's id is its place in the address (`view`). */
export const waterGroups = [
  { id: 'points', views: ['points', 'map', 'schemas'] },
  { id: 'alerts', views: ['alerts', 'rules', 'notices'] },
  { id: 'compliance', views: ['compliance', 'registrations'] },
  { id: 'setup', views: ['sources', 'letters', 'schedules', 'simulator'] },
] as const;

export type WaterView = (typeof waterGroups)[number]['views'][number];

/** Every section, in the order in which the pages show them. */
export const waterViews: readonly WaterView[] = waterGroups.flatMap(({ views }): readonly WaterView[] => views);

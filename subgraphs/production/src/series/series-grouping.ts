export const seriesGroupings = ['NONE', 'SITE', 'COMPANY', 'PRODUCT', 'ADIFLOW'] as const;
export type SeriesGrouping = (typeof seriesGroupings)[number];

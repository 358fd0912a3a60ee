/** The database with all migrations and no rows, from which every test file gets its own. */
export const templateDatabase = 'cauce_template';

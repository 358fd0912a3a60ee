import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Projects whose files meet one platform, one after the other. */
const inOrder = new Set(['e2e-in-process', 'e2e-services', 'browser']);

/** Scenarios by their names, so that what one file leaves for another is the same in every run; others longest first. */
export class ScenarioOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const scenarios = files.filter(({ project }) => inOrder.has(project.name));
    const others = files.filter(({ project }) => !inOrder.has(project.name));
    const byName = scenarios.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1));
    return [...(await super.sort(others)), ...byName];
  }
}

/** Templates: a task with placeholders and an item become the task that runs. Pure: the window previews with it. */
export { expandTask } from './expand-task.ts';
export { itemEnvironment, variableName } from './item-environment.ts';
export { type Placeholder, placeholdersOf } from './placeholders.ts';
export type { Expansion, TemplateScope } from './scope.ts';

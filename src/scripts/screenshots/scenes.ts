import { until } from '../host/until.ts';
import type { Workbench } from '../host/workbench.ts';

/** Something worth a picture, on the samples. */
export interface Scene {
  /** The picture is docs/images/<name>-<theme>.png. */
  readonly name: string;
  /** From a fresh window to what the picture shows. */
  readonly prepare: (workbench: Workbench) => Promise<void>;
}

export const scenes: readonly Scene[] = [
  {
    name: 'hints',
    async prepare(workbench) {
      await workbench.open('src/fulfilment.ts');
      await until('hints', async () => (await workbench.inlayHints()).length >= 2);
    },
  },
  {
    name: 'functions',
    async prepare(workbench) {
      await showFunctions(workbench);
      await workbench.open('src/stock.ts');
      await until('hints', async () => (await workbench.inlayHints()).length >= 2);
    },
  },
  {
    name: 'invoke',
    async prepare(workbench) {
      await workbench.run('View: Toggle Primary Side Bar Visibility');
      await workbench.run('Lambda Lens: Invoke Function');
      await workbench.pick('count-clicks');
      await workbench.pick('five-clicks');
      await workbench.page.getByText('Succeeded').first().waitFor();
      await workbench.page.getByText('REPORT RequestId').first().waitFor();
    },
  },
];

async function showFunctions(workbench: Workbench): Promise<void> {
  await workbench.page.getByRole('tab', { name: 'Lambda', exact: true }).click();
  await until('functions', async () => (await workbench.treeItems('Functions')).length >= 6);
  await workbench
    .treeItem('Functions', /count-clicks/)
    .locator('.monaco-tl-twistie')
    .click();
}

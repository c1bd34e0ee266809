// The map of documents: drawn, filtered by year in the address, one filter for map and table, a lasso that counts.
import { assert, until } from '../harness.mjs';

const numbers = (text) => [...text.matchAll(/[\d,]+/g)].map((m) => Number(m[0].replaceAll(',', ''))).filter((n) => !Number.isNaN(n));

export default async function story({ page, ws, t }) {
  await page.goto(`${ws}/map`);
  const counter = page.locator('.map-side .num').first();
  const [all] = numbers(await counter.innerText());
  assert.ok(all > 100, 'all documents are in view');
  await until('points are drawn', () =>
    page.locator('.map-stage canvas').first().evaluate((canvas) => {
      const gl = canvas.getContext('webgl2');
      const pixels = new Uint8Array(4 * canvas.width * canvas.height);
      gl.readPixels(0, 0, canvas.width, canvas.height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
      return pixels.some((v) => v > 0);
    }),
  );
  await page.goto(`${ws}/map?y=2019-2021`);
  const some = await until('a smaller count', async () => {
    const [n] = numbers(await counter.innerText());
    return n < all ? n : 0;
  });
  await page.locator('.map-side').getByText(t('map.view.table'), { exact: true }).click();
  await page.locator('.ant-table-row').first().waitFor();
  assert.match(page.url(), /y=2019-2021/, 'the filter stays when the view changes');
  assert.deepEqual(numbers(await counter.innerText())[0], some);
  await page.locator('.map-side .ant-segmented').getByText(t('map.view.map'), { exact: true }).click();
  await page.getByRole('button', { name: t('map.lasso') }).click();
  const box = await page.locator('.map-stage').boundingBox();
  const corner = (fx, fy) => [box.x + fx * box.width, box.y + fy * box.height];
  await page.mouse.move(...corner(0.15, 0.12));
  await page.mouse.down();
  for (const [fx, fy] of [[0.85, 0.12], [0.85, 0.8], [0.15, 0.8], [0.15, 0.13]]) await page.mouse.move(...corner(fx, fy), { steps: 6 });
  await page.mouse.up();
  const drawer = page.getByRole('dialog');
  await drawer.waitFor();
  const [chosen] = numbers(await drawer.innerText());
  assert.ok(chosen > 0 && chosen <= some, `the lasso holds ${chosen} of ${some}`);
  await drawer.locator('.record-title').first().waitFor();
}

// Opens HTML reports in Chromium and says what a reader would meet: one JSON
// object a line. Arguments: the modules' directory, the browser, a directory for
// pictures (empty: none), then the files.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, browserPath, pictures, ...files] = process.argv.slice(2);
const require = createRequire(join(modules, 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// axe takes half a second, so it looks once in each of the colours and widths.
const views = [
  { name: 'light', width: 1200, colorScheme: 'light', axe: true },
  { name: 'dark', width: 1200, colorScheme: 'dark' },
  { name: 'narrow', width: 360, colorScheme: 'light' },
  { name: 'narrowest', width: 320, colorScheme: 'dark', axe: true },
];

// In the page: words of one picture that cover one another, or leave it.
function clashes() {
  const out = [];
  for (const svg of document.querySelectorAll('svg')) {
    const texts = [...svg.querySelectorAll('text')].map(t => ({ text: t.textContent, box: t.getBoundingClientRect() })).filter(t => t.box.width > 0);
    texts.forEach((a, i) => {
      if (a.box.right > innerWidth || a.box.left < 0) out.push(`"${a.text}" leaves the page`);
      for (const b of texts.slice(i + 1)) {
        if (a.box.left < b.box.right && b.box.left < a.box.right && a.box.top < b.box.bottom - 1 && b.box.top < a.box.bottom - 1) out.push(`"${a.text}" and "${b.text}"`);
      }
    });
  }
  return out;
}

async function look(page, file, view) {
  const problems = [];
  await page.setViewportSize({ width: view.width, height: 900 });
  await page.emulateMedia({ media: 'screen', colorScheme: view.colorScheme, reducedMotion: 'reduce' });
  if (pictures) await page.screenshot({ path: join(pictures, `${basename(file, '.html')}-${view.name}.png`), fullPage: true });
  await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) problems.push(`${wide} pixels wider than the page`);
  problems.push(...await page.evaluate(clashes));
  const { violations } = !view.axe ? { violations: [] } : await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  for (const v of violations) problems.push(`axe ${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')}`);
  await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = false; }));
  return problems.map(p => `${view.name}: ${p}`);
}

async function print(page, file) {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const problems = await page.evaluate(() => {
    const out = [];
    if (getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)') out.push('print: the page is not white');
    for (const d of document.querySelectorAll('details')) {
      if (getComputedStyle(d).display !== 'none' && !d.lastElementChild.checkVisibility()) out.push(`print: "${d.firstElementChild.textContent}" stays closed`);
    }
    return out;
  });
  if (pictures) await page.pdf({ path: join(pictures, basename(file, '.html') + '.pdf'), format: 'A4' });
  return problems;
}

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  for (const file of files) {
    const context = await browser.newContext(); // a profile of its own
    const page = await context.newPage();
    const problems = [];
    page.on('console', m => problems.push(`console: ${m.text()}`));
    page.on('pageerror', e => problems.push(`page: ${e}`));
    page.on('request', r => { if (r.url() !== pathToFileURL(file).href) problems.push(`request: ${r.url()}`); });
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(axe); // by the debugger: the page's own policy lets no script in
    for (const view of views) problems.push(...await look(page, file, view));
    problems.push(...await print(page, file));
    console.log(JSON.stringify({ file: basename(file), problems }));
    await context.close();
  }
} finally {
  await browser.close();
}

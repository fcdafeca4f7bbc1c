// Folders that are dropped: their files, as if each had been dropped by itself.

// Files that are taken from a folder, and how deep; a folder of more is a mistake of the hand.
const FILES = 200;
const DEPTH = 8;

async function filesOf(entry, depth = 0) {
  if (entry.isFile) return [await new Promise((read, failed) => entry.file(read, failed))];
  if (depth >= DEPTH) return [];
  const reader = entry.createReader();
  const found = [];
  // A reader gives its entries in portions, and none at the end.
  for (;;) {
    const entries = await new Promise((read, failed) => reader.readEntries(read, failed));
    if (!entries.length) break;
    for (const one of entries.sort((a, b) => a.name.localeCompare(b.name))) found.push(...await filesOf(one, depth + 1));
    if (found.length >= FILES) break;
  }
  return found.slice(0, FILES);
}

export function folders(page) {
  addEventListener('drop', async event => {
    const entries = [...event.dataTransfer?.items ?? []].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some(entry => entry.isDirectory)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
      const files = (await Promise.all(entries.map(entry => filesOf(entry)))).flat().filter(file => !file.name.startsWith('.'));
      const data = new DataTransfer();
      files.forEach(file => data.items.add(file));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    } catch (error) {
      page.act('say', `the folder could not be read: ${error.message}`);
    }
  }, { capture: true });
}

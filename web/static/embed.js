// The frame: shows the case that its address holds after the `#` (a link of the playground, or the id of an example), and
// tells the page around it how high it is. It stores nothing, so it works where nothing may be stored.
const element = document.getElementById('playground');

async function wanted() {
  const fragment = location.hash.slice(1);
  if (/^\d+\./.test(fragment)) {
    const { decode } = await import('./lazy/embed.js');
    return (await decode(fragment)).case;
  }
  const examples = await (await fetch(new URL('gallery.json', import.meta.url))).json();
  return (examples.find(({ id }) => id === fragment) ?? examples[0]).case;
}

async function show() {
  try {
    const asked = await wanted();
    // The source between the tags is the fallback; the case comes from the address.
    const source = document.createElement('pre');
    source.dataset.part = 'case';
    source.textContent = JSON.stringify(asked);
    element.replaceChildren(source);
    if (element.view) await element.setState({ case: asked });
    else await element.start();
  } catch (error) {
    element.textContent = `The address holds no case: ${error.message}`;
  }
}

new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  // A height is nobody's secret: any page around may know it.
  if (parent !== window) parent.postMessage({ type: 'admit-height', height }, '*');
}).observe(document.documentElement);
addEventListener('hashchange', show);
show();

// What JupyterLab, Notebook 7 and JupyterLite load first. A build tool would write such a file; this
// one is written by hand, so that it can be read and that installing the course needs no Node.
// JupyterLab hands over the libraries that its parts share, and asks for "./extension".
(() => {
  const here = document.currentScript.src;
  let shared;

  // The module of a shared library, such as "@jupyterlab/cells", in the version that runs.
  async function library(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  // data/words/en/notebook.toml, one `name = "text"` a line.
  async function words() {
    const text = await (await fetch(new URL("words.toml", here))).text();
    const pairs = text.matchAll(/^(\w+) = (".*")$/gm);
    return Object.fromEntries([...pairs].map(([, name, value]) => [name, JSON.parse(value)]));
  }

  (window._JUPYTERLAB ??= {})["mali-course"] = {
    init(scope) {
      shared = scope;
    },
    async get() {
      const [{ plugin }, said] = await Promise.all([import(new URL("course.js", here)), words()]);
      return () => ({ __esModule: true, default: plugin(library, said, new URL(".", here).href) });
    },
  };
})();

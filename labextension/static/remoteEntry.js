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

  (window._JUPYTERLAB ??= {})["mali-course"] = {
    init(scope) {
      shared = scope;
    },
    async get() {
      const [{ plugin }] = await Promise.all([import(new URL("course.js", here).href)]);
      return () => ({ __esModule: true, default: plugin(library, new URL(".", here).href) });
    },
  };
})();

// Before the first paint, so that a chosen scheme does not flash in the other one. A file of its
// own because the Content-Security-Policy allows no inline script.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('stockwarden-color-scheme');
  } catch {
    // Storage may be switched off; the system's scheme serves then.
  }
  var dark =
    chosen === 'dark' ||
    (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();

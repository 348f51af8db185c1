// On a narrow screen the facets start folded, and stay as the reader left them when the results are renewed.
(() => {
  const narrow = window.matchMedia("(max-width: 767.98px)");
  let open = !narrow.matches;

  const apply = () => {
    const facets = document.getElementById("facets");
    if (!facets) return;
    facets.open = open;
    facets.addEventListener("toggle", () => { open = facets.open; });
  };

  narrow.addEventListener("change", () => { open = !narrow.matches; apply(); });
  document.addEventListener("htmx:afterSettle", apply);
  document.addEventListener("DOMContentLoaded", apply);
})();

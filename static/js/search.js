// On a narrow screen the choices start folded; each group stays as the reader left it when the results are renewed.
(() => {
  const narrow = window.matchMedia("(max-width: 767.98px)");
  let open = !narrow.matches;
  const groups = new Map();

  const apply = () => {
    const facets = document.getElementById("facets");
    if (!facets) return;
    facets.open = open;
    for (const [id, isOpen] of groups) {
      const group = document.getElementById(id);
      if (group) group.open = isOpen;
    }
  };

  // A click, not the toggle event: that one also comes when the page opens a group by itself.
  document.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    const details = summary && summary.parentElement;
    if (!details || !details.closest("#facets")) return;
    if (details.id === "facets") open = !details.open;
    else groups.set(details.id, !details.open);
  });

  narrow.addEventListener("change", () => { open = !narrow.matches; apply(); });
  document.addEventListener("htmx:afterSettle", apply);
  document.addEventListener("DOMContentLoaded", apply);
})();

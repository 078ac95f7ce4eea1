"use strict";
// Highlights every piece of a passage that carries the claim one comes from or points at. The page works without it.
(() => {
  const pieces = [...document.querySelectorAll("mark[data-c]")];
  const light = (id, kind) => {
    for (const piece of pieces) piece.classList.toggle(kind, id !== "" && piece.dataset.c.split(" ").includes(id));
  };
  const here = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    light(/^[cq]-/.test(hash) ? hash.slice(2) : "", "lit");
  };
  addEventListener("hashchange", here);
  here();
  for (const claim of document.querySelectorAll(".claims > li")) {
    claim.addEventListener("mouseenter", () => light(claim.id.slice(2), "near"));
    claim.addEventListener("mouseleave", () => light("", "near"));
  }
})();

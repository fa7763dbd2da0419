"use strict";
// Hover lights up a value and its words; click keeps them lit and brings the other side into view; Escape lets go.
(function () {
  const marked = Array.from(document.querySelectorAll("[data-v]"));
  const keys = (element) => element.dataset.v.split(" ");
  let pinned = [];

  function show(lit) {
    for (const element of marked) element.classList.toggle("on", keys(element).some((key) => lit.includes(key)));
  }

  function pin(element) {
    const wanted = keys(element);
    pinned = wanted.join() === pinned.join() ? [] : wanted;
    show(pinned);
    if (!pinned.length) return;
    const other = element.closest(".article") ? ".record" : ".article";
    const target = document.querySelector(other + " .on");
    if (target) target.scrollIntoView({ block: "nearest" });
  }

  for (const element of marked) {
    element.addEventListener("mouseenter", () => show(keys(element)));
    element.addEventListener("mouseleave", () => show(pinned));
    element.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); pin(element); });
    element.addEventListener("keydown", (event) => { if (event.key === "Enter") pin(element); });
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { pinned = []; show(pinned); } });
})();

"use strict";
{
  const form = document.querySelector("form");
  const filter = document.getElementById("filter");
  const found = document.getElementById("found");
  const parts = [...document.querySelectorAll(".find")];
  const cards = [...document.querySelectorAll("#questions > details")];
  const folded = (text) => text.normalize("NFKC").toLocaleLowerCase();
  let texts;
  let waiting = 0;

  const show = () => {
    const wanted = folded(filter.value.trim());
    texts ??= parts.map((part) => folded(part.textContent));
    let shown = 0;
    parts.forEach((part, index) => {
      part.hidden = wanted !== "" && !texts[index].includes(wanted);
      if (!part.hidden) shown += 1;
    });
    for (const card of cards) {
      const left = card.querySelectorAll(".find:not([hidden])").length;
      card.hidden = wanted !== "" && left === 0;
      if (wanted !== "" && left > 0) card.open = true;
    }
    found.textContent = wanted === "" ? "" : shown === 1 ? "1 place" : `${shown} places`;
  };

  filter.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  document.getElementById("print").addEventListener("click", () => print());

  // What is folded is printed too; afterwards it is as it was.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.card:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
  });
  form.hidden = false;
}

(() => {
  const find = (frame) => {
    try {
      for (let level = 0; frame && level < 500; level++) {
        if (frame.API) return frame.API;
        frame = frame === frame.parent ? null : frame.parent;
      }
    } catch {}
  };
  const api = find(window) || find(opener) || find(top.opener);
  const get = (element) => (api ? String(api.LMSGetValue(element)) : "");
  const set = (element, value) => api && api.LMSSetValue(element, String(value));
  const forms = [...document.forms];
  const scored = forms.filter((form) => "scored" in form.dataset);
  const fields = (form) => [...form.elements].filter((field) => field.name);
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const state = { saves: 0, records: [], answers: {} };
  const done = () => forms.every((form) => form.id in state.answers);
  const marks = {};
  let ended = false;

  // A record keeps its place for ever; the first answer of a question takes the next one.
  const record = (id, type, response, result) => {
    let place = state.records.indexOf(id);
    if (place < 0) place = state.records.push(id) - 1;
    const values = { id, type, student_response: response, result };
    for (const key in values) set(`cmi.interactions.${place}.${key}`, values[key]);
  };

  // 255 characters a record, no surrogate pair torn; a text that got shorter empties the records after it.
  const recordText = (id, text) => {
    const parts = text.replace(/\s*\n\s*/g, " / ").match(/[^]{1,254}[^\ud800-\udbff]|[^]/g) || [];
    for (let part = 0, name = id; !part || part < parts.length || state.records.includes(name); name = `${id}_${++part + 1}`)
      record(name, "fill-in", parts[part] || "", "neutral");
  };

  const save = () => {
    state.saves++;
    const data = JSON.stringify(state);
    const fits = data.length <= 4096;
    if (fits) set("cmi.suspend_data", data);
    const seconds = performance.now() / 1000;
    set("cmi.core.session_time", `00${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`);
    const kept = api && String(api.LMSCommit("")) !== "false";
    document.getElementById("note").textContent =
      !api ? "Nothing is being recorded." : !kept ? "Not saved yet." : fits ? "Saved." : "Recorded, but too long to come back to.";
  };

  // Marks the form, shows what comes after the answer, and returns the verdict.
  const show = (form) => {
    const correct = fields(form).every(({ dataset, options, value, checked }) =>
      options ? dataset.right.split(" ").includes(value) : checked === "right" in dataset);
    const verdict = !scored.includes(form) ? "neutral" : correct ? "correct" : "wrong";
    marks[form.id] = +correct;
    for (const text of form.querySelectorAll("[data-after]"))
      text.hidden = text.dataset.after && !form.querySelector(`[value=${text.dataset.after}]:checked`);
    form.querySelector("output").textContent = { neutral: "Recorded.", correct: "Correct.", wrong: "Not quite." }[verdict];
    return verdict;
  };

  const answer = (form) => {
    const type = form.dataset.type;
    const verdict = show(form);
    state.answers[form.id] = fields(form).map((field) => ("checked" in field ? +field.checked : field.value));
    if (type === "fill-in") for (const field of fields(form)) recordText(field.name, field.value);
    else {
      const letters = fields(form).map((field, number) =>
        number.toString(36) + (field.options ? `.${(field.selectedIndex - 1).toString(36)}` : ""));
      record(form.id, type, letters.filter((letter, number) => fields(form)[number].checked !== false).join(), verdict);
    }
    if (verdict !== "neutral")
      set("cmi.core.score.raw", Math.round((100 * scored.filter(({ id }) => marks[id]).length) / scored.length));
    if (done()) set("cmi.core.lesson_status", "completed");
    save();
  };

  const finish = () => {
    if (ended) return;
    ended = true;
    set("cmi.core.exit", done() ? "" : "suspend");
    save();
    if (api) api.LMSFinish("");
    for (const form of forms) form.inert = true;
  };

  if (api) api.LMSInitialize("");
  try {
    Object.assign(state, JSON.parse(get("cmi.suspend_data")));
  } catch {}
  if (!/passed|completed|failed/.test(get("cmi.core.lesson_status"))) set("cmi.core.lesson_status", "incomplete");
  for (const form of forms) {
    (state.answers[form.id] || []).forEach((value, number) => {
      fields(form)[number][typeof value === "number" ? "checked" : "value"] = value;
    });
    if (form.id in state.answers) show(form);
    form.onsubmit = (event) => {
      event.preventDefault();
      answer(form);
    };
  }
  document.getElementById("exit").onclick = finish;
  addEventListener("pagehide", finish);
  document.documentElement.dataset.floor = "ready";
})();

// A SCORM 1.2 run-time for the benchmark: it takes every call, counts it, and keeps the values.
// It judges nothing; whether calls are right is for the strict fakes of the tests.
(() => {
  const fixed = {
    "cmi.core._children": "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
    "cmi.core.score._children": "raw,min,max",
    "cmi.core.student_id": "learner-1",
    "cmi.core.student_name": "Learner, Lee",
    "cmi.core.credit": "credit",
    "cmi.core.lesson_mode": "normal",
    "cmi.core.total_time": "0000:00:00",
    "cmi.interactions._children": "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
  };
  const values = {};
  const calls = [];
  let failed = "0";

  const count = (name, element, value) => {
    failed = "0";
    calls.push({ name, element, value, at: performance.now() });
  };

  const children = (list) => {
    const numbers = Object.keys(values).filter((key) => key.startsWith(list)).map((key) => parseInt(key.slice(list.length), 10));
    return String(Math.max(-1, ...numbers) + 1);
  };

  const read = (element) => {
    if (element in fixed) return fixed[element];
    if (element === "cmi.core.entry") return values["cmi.core.exit"] === "suspend" ? "resume" : values["cmi.core.lesson_status"] ? "" : "ab-initio";
    if (element === "cmi.core.lesson_status") return values[element] || "not attempted";
    if (element.endsWith("._count")) return children(element.slice(0, -"_count".length));
    if (element.startsWith("cmi.interactions.")) {
      failed = "404"; // write only
      return "";
    }
    return values[element] || "";
  };

  window.API = {
    LMSInitialize: (argument) => (count("LMSInitialize", argument), "true"),
    LMSFinish: (argument) => (count("LMSFinish", argument), "true"),
    LMSCommit: (argument) => (count("LMSCommit", argument), "true"),
    LMSGetValue: (element) => (count("LMSGetValue", element), read(element)),
    LMSSetValue: (element, value) => {
      count("LMSSetValue", element, value);
      values[element] = String(value);
      return "true";
    },
    LMSGetLastError: () => {
      calls.push({ name: "LMSGetLastError", at: performance.now() });
      return failed;
    },
    LMSGetErrorString: (code) => (calls.push({ name: "LMSGetErrorString", element: code, at: performance.now() }), ""),
    LMSGetDiagnostic: (code) => (calls.push({ name: "LMSGetDiagnostic", element: code, at: performance.now() }), ""),
  };
  window.lms = {
    calls,
    values,
    /** When the last call came, in milliseconds of this page's life. */
    latest: () => (calls.length ? calls[calls.length - 1].at : 0),
  };
})();

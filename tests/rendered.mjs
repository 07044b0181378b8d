// Has the examples of all activity kinds rendered once, before the tests that use them.
import { execFileSync } from "node:child_process";

export default function setup(project) {
  const python = process.env.PYTHON ?? ".venv/bin/python";
  const printed = execFileSync(python, ["-m", "tests.rendered"], { encoding: "utf8", maxBuffer: 1e8 });
  project.provide("rendered", JSON.parse(printed));
}

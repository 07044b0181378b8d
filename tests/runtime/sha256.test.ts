// @vitest-environment node -- a fake page has no digest to compare with
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256 } from "../../src/scormkit/runtime/sha256";

async function known(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

it("hashes any text as the browser's own does where there is one", async () => {
  for (let length = 50; length < 70; length += 1)
    expect(sha256("x".repeat(length))).toBe(await known("x".repeat(length)));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 300 }), async (text) => {
      expect(sha256(text)).toBe(await known(text));
    }),
  );
});

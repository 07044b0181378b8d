/** Where the longest part of `places` stands that goes up: what could stay if as little as possible were moved. */
export function inOrder(places: number[]): number[] {
  const best: number[][] = [];
  places.forEach((place, at) => {
    const before = best.filter((part) => (places[part[part.length - 1] ?? 0] ?? 0) < place);
    best.push([...before.reduce<number[]>((one, other) => (other.length > one.length ? other : one), []), at]);
  });
  return best.reduce<number[]>((one, other) => (other.length > one.length ? other : one), []);
}

/** Puts a function of ours in place of a method, for good. @param ours given the method as it was */
export function wrap<Owner, Name extends keyof Owner>(owner: Owner, name: Name, ours: (native: Owner[Name]) => Owner[Name]): void {
  owner[name] = ours(owner[name]);
}

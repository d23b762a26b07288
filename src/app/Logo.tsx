/** The hourglass: what goes in, the narrow code, what comes out, in the colours of the three. */
import { useId } from "react";

export function Logo() {
  const gradient = useId();
  return (
    <svg width="22" height="24" viewBox="0 0 22 24" aria-hidden>
      <defs>
        <linearGradient id={gradient}>
          <stop stopColor="var(--encoder)" />
          <stop offset="0.5" stopColor="var(--latent)" />
          <stop offset="1" stopColor="var(--decoder)" />
        </linearGradient>
      </defs>
      <path d="M1 2h20L13 12l8 10H1l8-10z" fill="none" stroke={`url(#${gradient})`} strokeWidth="2" strokeLinejoin="round" />
    </svg>
  );
}

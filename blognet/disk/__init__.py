"""The only room that touches files, git, the clock and the environment. Decides nothing: it reads, and stores."""

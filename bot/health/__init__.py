"""What is wrong now, said once; and how well a process is, for whatever watches it."""

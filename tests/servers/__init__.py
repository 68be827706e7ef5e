"""Real servers for tests: on loopback, a free port, a temporary folder; started and stopped by the run."""

package io.pbts.announce.swarm;

/** Swarms that nobody else sees, for announces that nobody sent. */
public record RehearsalSwarms(Swarms swarms) {}

package io.lathe.workbench.event;

import java.time.Instant;

/**
 * One thing that happened to a job.
 *
 * @param number 1 for a job's first event, then without gaps
 * @param type what kind of event it is, as subscribers name it: {@code phase}, {@code step}
 * @param data a JSON document on one line
 */
public record JobEvent(JobId job, int number, Instant at, String type, String data) {}

package io.lathe.datasets.statistics;

/** A value and how often it occurs. */
public record TopValue(String value, long count) {}

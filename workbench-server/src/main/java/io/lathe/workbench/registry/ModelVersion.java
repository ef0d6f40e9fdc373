package io.lathe.workbench.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * One published state of a model, which never changes.
 *
 * @param number from 1
 * @param bundle the bundle's id, SHA-256 in hex
 * @param project the name of the project that published it
 * @param metrics JSON object
 * @param sampleRow JSON object
 * @param staged whether the endpoint is to load it though no alias points at it yet
 * @param retired why it is served no more, if it is
 */
public record ModelVersion(
        int number,
        String bundle,
        Instant createdAt,
        String project,
        String evaluatedOn,
        Optional<String> trainedOn,
        String metrics,
        Judgement verdict,
        String sampleRow,
        boolean staged,
        Optional<String> retired) {}

package io.lathe.datasets.hardening;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.ObjectInputFilter;
import java.util.Map;

/**
 * Switches off, for the whole process, what Java offers and no server of Lathe uses: reading Java objects from bytes (JEP 290, JEP
 * 415), and documents that an XML parser would fetch by itself.
 */
public final class ProcessHardening {
    private static final Map<String, String> XML = Map.of(
            "javax.xml.accessExternalDTD", "",
            "javax.xml.accessExternalSchema", "",
            "javax.xml.accessExternalStylesheet", "",
            "jdk.xml.entityExpansionLimit", "64",
            "jdk.xml.totalEntitySizeLimit", "100000");

    private ProcessHardening() {}

    /**
     * The first step of a {@code main}: however the process was started, it holds from here to its end. Every stream gets a filter that
     * refuses every object, also one that brings a filter of its own, and whatever {@code -Djdk.serialFilter} says.
     *
     * @throws LatheException BAD_REQUEST when the process was started with a {@code -Djdk.serialFilterFactory}, which cannot be replaced
     */
    public static void apply() {
        XML.forEach(System::setProperty);
        try {
            ObjectInputFilter.Config.setSerialFilterFactory(
                    (current, next) -> info -> ObjectInputFilter.Status.REJECTED);
        } catch (IllegalStateException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The Java option -Djdk.serialFilterFactory='" + System.getProperty("jdk.serialFilterFactory", "")
                            + "' could let serialized objects in, which Lathe never reads. Start it without that option.",
                    e);
        }
    }
}

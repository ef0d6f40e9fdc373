package io.lathe.kernel.publish;

import java.util.Map;

/**
 * A bundle has reached the workbench; its judgement goes on there.
 *
 * @param id the publication's id
 */
public record Upload(String id) {

    /** The MIME type of {@link #content()}. */
    public static final String MIME_TYPE = "application/vnd.lathe.publication+json";

    /** The MIME type's content. */
    public Map<String, Object> content() {
        return Map.of("id", id);
    }
}

package io.lathe.workbench.proxy;

import org.jspecify.annotations.Nullable;

/** Says which programs may use a project's JupyterLab: stock Jupyter clients with a token. Asked for each request. Thread-safe. */
@FunctionalInterface
public interface Programs {
    /**
     * @param authorization the request's header of that name; when it is there, the query's token counts for nothing
     * @param token the query's token
     */
    boolean admits(String project, @Nullable String authorization, @Nullable String token);
}

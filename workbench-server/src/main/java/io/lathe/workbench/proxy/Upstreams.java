package io.lathe.workbench.proxy;

/** Says where the notebook server of a project is now. Asked for each request, so it must be quick. Thread-safe. */
@FunctionalInterface
public interface Upstreams {
    /** Never fails: a project that is not known has no server. */
    Upstream find(String project);
}

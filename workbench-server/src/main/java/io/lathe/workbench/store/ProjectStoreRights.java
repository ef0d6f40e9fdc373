package io.lathe.workbench.store;

import io.lathe.datasets.store.ObjectKey;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A project's rights. One trusted user owns every project that the {@code process} provisioner runs, so every dataset is granted;
 * bundles are the workbench's alone.
 */
public final class ProjectStoreRights implements StoreRights {
    private static final List<String> WRITTEN_ONCE = List.of("objects/", "manifests/", "schemas/", "derived/");
    private static final Pattern REFERENCE = Pattern.compile("refs/datasets/[a-z][a-z0-9_-]{0,62}\\.json");

    @Override
    public List<String> readable() {
        return List.of("config", "derived/", "manifests/", "objects/", "refs/datasets/", "schemas/");
    }

    @Override
    public boolean mayWrite(ObjectKey key) {
        return WRITTEN_ONCE.stream().anyMatch(key.value()::startsWith)
                || REFERENCE.matcher(key.value()).matches();
    }
}

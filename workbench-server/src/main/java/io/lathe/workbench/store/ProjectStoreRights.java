package io.lathe.workbench.store;

import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.Datasets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A project's rights. One trusted user owns every project that the {@code process} provisioner runs, so every dataset is granted;
 * bundles are the workbench's alone. A reference that could not be read, or that took versions away, would cost every project its data
 * and is refused.
 */
public final class ProjectStoreRights implements StoreRights {
    private static final List<String> WRITTEN_ONCE = List.of("objects/", "manifests/", "schemas/", "derived/");
    private static final Pattern REFERENCE = Pattern.compile("refs/datasets/([a-z][a-z0-9_-]{0,62})\\.json");

    private final Datasets datasets;

    public ProjectStoreRights(Datasets datasets) {
        this.datasets = datasets;
    }

    @Override
    public List<String> readable() {
        return List.of("config", "derived/", "manifests/", "objects/", "refs/datasets/", "schemas/");
    }

    @Override
    public boolean mayWrite(ObjectKey key) {
        return WRITTEN_ONCE.stream().anyMatch(key.value()::startsWith)
                || REFERENCE.matcher(key.value()).matches();
    }

    @Override
    public void requireReference(ObjectKey key, byte[] content) {
        Matcher reference = REFERENCE.matcher(key.value());
        if (reference.matches()) {
            datasets.requireSuccessor(new DatasetName(reference.group(1)), content);
        }
    }
}

package io.lathe.workbench.store;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.version.DatasetName;
import io.lathe.datasets.version.Datasets;
import io.lathe.datasets.version.StoreFamily;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may do what in the object store: the one place that is asked. The store has no owners of its own; what the {@code process}
 * provisioner runs belongs to one trusted account, which is granted every dataset. Any other account is granted none. Bundles are the
 * workbench's alone. A reference that could not be read, or that took versions away, would cost every project its data and is refused, and so is what is not
 * the object that its key names.
 */
public final class ProjectStoreRights {
    private static final Pattern REFERENCE = Pattern.compile("refs/datasets/([a-z][a-z0-9_-]{0,62})\\.json");

    private final Datasets datasets;
    private final String trustedId;

    /** @param trustedId the account that is granted every dataset */
    public ProjectStoreRights(Datasets datasets, String trustedId) {
        this.datasets = datasets;
        this.trustedId = trustedId;
    }

    /** The datasets that the account may read, in order. */
    public List<DatasetName> datasets(String accountId) {
        return isTrusted(accountId) ? datasets.names() : List.of();
    }

    /** @throws LatheException NOT_FOUND when the account may not read the dataset, as if it were not there */
    public void requireDataset(String accountId, DatasetName name) {
        if (!isTrusted(accountId)) {
            throw new LatheException(ProblemCode.NOT_FOUND, "There is no dataset '" + name + "'.");
        }
    }

    /** What the account's projects may do. */
    public StoreRights of(String accountId) {
        return isTrusted(accountId) ? new Trusted(datasets) : new Nothing();
    }

    private boolean isTrusted(String accountId) {
        return trustedId.equals(accountId);
    }

    private record Nothing() implements StoreRights {
        @Override
        public List<String> readable() {
            return List.of("config");
        }

        @Override
        public boolean mayWrite(ObjectKey key) {
            return false;
        }

        @Override
        public long mostBytes(ObjectKey key) {
            return 0;
        }

        @Override
        public void requireObject(ObjectKey key, Content content) {
            requireWrite(key);
        }

        @Override
        public void requireReference(ObjectKey key, byte[] content) {
            requireWrite(key);
        }
    }

    private record Trusted(Datasets datasets) implements StoreRights {
        @Override
        public List<String> readable() {
            return List.of("config", "derived/", "manifests/", "objects/", "refs/datasets/", "schemas/");
        }

        @Override
        public boolean mayWrite(ObjectKey key) {
            return StoreFamily.of(key).isPresent()
                    || REFERENCE.matcher(key.value()).matches();
        }

        @Override
        public long mostBytes(ObjectKey key) {
            return Math.min(
                    Uploads.MOST_BYTES,
                    StoreFamily.of(key).map(StoreFamily::mostBytes).orElse(0L));
        }

        @Override
        public void requireObject(ObjectKey key, Content content) {
            StoreFamily.of(key)
                    .ifPresentOrElse(family -> datasets.requireObject(family, key, content), () -> requireWrite(key));
        }

        @Override
        public void requireReference(ObjectKey key, byte[] content) {
            Matcher reference = REFERENCE.matcher(key.value());
            if (reference.matches()) {
                datasets.requireSuccessor(new DatasetName(reference.group(1)), content);
            }
        }
    }
}

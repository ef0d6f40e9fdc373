package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One pass over all versions, each object read once. */
final class Verification {
    private final DatasetStore store;
    private final List<Damage> damages = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    Verification(DatasetStore store) {
        this.store = store;
    }

    List<Damage> damages() {
        for (var name : store.names()) {
            var latest = new VersionRef(name, new Selector.Latest());
            verify(DatasetStore.referenceKey(name).value(), latest, () -> {
                var reference = store.findReference(name).orElse(Reference.NONE);
                for (var i = 0; i < reference.manifests().size(); i++) {
                    verify(name, i + 1, reference.manifests().get(i));
                }
                for (var schema : reference.schemas()) {
                    verify(
                            DatasetStore.schemaKey(schema.id()).value(),
                            latest,
                            () -> store.loadSchemaText(schema.id()));
                }
            });
        }
        return damages;
    }

    private void verify(DatasetName name, int number, String id) {
        var ref = new VersionRef(name, new Selector.Version(number));
        verify(DatasetStore.manifestKey(id).value(), ref, () -> {
            var version = store.loadVersion(name, number, id);
            for (var file : version.files()) {
                verify(DatasetStore.objectKey(file.sha256()).value(), ref, () -> {
                    try (var in = store.openFile(version, file)) {
                        in.transferTo(OutputStream.nullOutputStream());
                    }
                });
            }
        });
    }

    private interface Reading {
        void run() throws IOException;
    }

    private void verify(String object, VersionRef version, Reading reading) {
        if (!seen.add(object)) {
            return;
        }
        try {
            reading.run();
        } catch (LatheException e) {
            if (e.code() != ProblemCode.INTERNAL) {
                throw e;
            }
            damages.add(new Damage(object, version, e.getMessage()));
        } catch (IOException e) {
            damages.add(new Damage(object, version, "Reading it failed: " + e.getMessage() + "."));
        }
    }
}

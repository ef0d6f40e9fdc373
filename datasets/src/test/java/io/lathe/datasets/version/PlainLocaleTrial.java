package io.lathe.datasets.version;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.store.FolderObjectStore;
import java.nio.file.Path;
import java.time.Clock;

/** Lays out the newest orders in a program of its own, whose locale a test chooses. */
final class PlainLocaleTrial {
    private PlainLocaleTrial() {}

    public static void main(String[] arguments) {
        Path store = Path.of(arguments[0]);
        Datasets datasets = new Datasets(new FolderObjectStore(store), Clock.systemUTC());
        DatasetVersion newest = datasets.log(new DatasetName("orders")).getLast();
        try {
            datasets.materialise(newest, store.resolveSibling(store.getFileName() + "-plain"));
        } catch (LatheException e) {
            System.out.println(e.code() + " " + e.getMessage());
        }
    }
}

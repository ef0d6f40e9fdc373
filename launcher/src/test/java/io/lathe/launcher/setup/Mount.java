package io.lathe.launcher.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A folder of a test that is a disk of its own: small, read-only or without programs. */
public final class Mount implements AutoCloseable {
    private final Path folder;

    private Mount(Path folder) {
        this.folder = folder;
    }

    /** Of a few mebibytes, in memory, that a test can fill. Skips the test where this user may not mount disks. */
    public static Mount small(Path folder, int mebibytes) throws IOException {
        return mount(folder, List.of("-t", "tmpfs", "-o", "size=" + mebibytes + "m", "lathe-test"));
    }

    /** What lies in the folder stays, but nobody may write there. */
    public static Mount readOnly(Path folder) throws IOException {
        Mount disk = mount(folder, List.of("--bind", folder.toString()));
        disk.remount("ro");
        return disk;
    }

    /** An empty folder where nothing may be executed. */
    static Mount noexec(Path folder) throws IOException {
        return mount(folder, List.of("-t", "tmpfs", "-o", "noexec,size=16m", "lathe-test"));
    }

    private static Mount mount(Path folder, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(options);
        command.add(folder.toString());
        // Real disks, or none: what a stand-in would say of a full one is what is to be found out.
        Assumptions.assumeTrue(runs(command), "a disk can be mounted by root only");
        return new Mount(folder);
    }

    private void remount(String how) throws IOException {
        if (!runs(List.of("mount", "-o", "remount,bind," + how, folder.toString()))) {
            close();
            // Some containers allow the mount and not its change.
            Assumptions.abort("this system cannot mount a folder " + how);
        }
    }

    @Override
    public void close() throws IOException {
        if (!runs(List.of("umount", folder.toString())) && !runs(List.of("umount", "-l", folder.toString()))) {
            throw new IOException("cannot unmount " + folder);
        }
    }

    private static boolean runs(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue() == 0;
    }
}

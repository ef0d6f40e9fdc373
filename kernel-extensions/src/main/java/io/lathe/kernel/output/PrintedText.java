package io.lathe.kernel.output;

import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** Puts {@link WholeCharacters} before the kernel's standard output and error. */
public final class PrintedText {

    private PrintedText() {}

    /**
     * The kernel takes its streams anew from {@code io} for every cell and offers no way to give it others, so its fields are
     * set. Where a later kernel forbids that, printing stays as the kernel has it.
     */
    public static void keepCharactersWhole(JupyterIO io) {
        for (String name : List.of("out", "err")) {
            try {
                Field stream = JupyterIO.class.getField(name);
                stream.setAccessible(true);
                var kernels = (PrintStream) stream.get(io);
                stream.set(io, new PrintStream(new WholeCharacters(kernels), true, StandardCharsets.UTF_8));
            } catch (ReflectiveOperationException | RuntimeException e) {
                return;
            }
        }
    }
}

package io.lathe.product.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a program's own {@code main}, {@code workbench} or {@code endpoint}, and, where that ends the process, tries to read a Java object in it. */
public final class ReadsAnObject {
    private ReadsAnObject() {}

    public static void main(String[] arguments) throws Exception {
        byte[] object = serialised();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("Object: " + read(object))));
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments[0]) {
            case "workbench" -> io.lathe.workbench.App.main(rest);
            case "endpoint" -> io.lathe.serving.App.main(rest);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static byte[] serialised() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of("harmless")));
        }
        return bytes.toByteArray();
    }

    private static String read(byte[] object) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(object))) {
            return "read " + in.readObject();
        } catch (InvalidClassException e) {
            return "refused";
        } catch (Exception e) {
            return "failed " + e;
        }
    }
}

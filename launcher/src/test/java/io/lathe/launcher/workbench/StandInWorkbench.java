package io.lathe.launcher.workbench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A program in the workbench's place that answers once, cannot write its notes, says why on standard output and ends: as on a full disk. */
final class StandInWorkbench {
    static final String WHY = "There is no room for the notes of this stand-in. Free some space.";

    private StandInWorkbench() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[List.of(arguments).indexOf("--port") + 1]);
        CountDownLatch asked = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/api/v1/health", exchange -> {
            byte[] answer = ("{\"pid\":" + ProcessHandle.current().pid() + "}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer);
            }
            asked.countDown();
        });
        server.start();
        asked.await();
        System.out.println(WHY);
        System.out.flush();
        System.exit(3);
    }

    /** Puts it where a checkout of this home has the workbench. */
    static void install(Path home) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInWorkbench.class.getName());
        String name = StandInWorkbench.class.getName().replace('.', '/') + ".class";
        try {
            Path folder = Files.createDirectories(home.resolve(".build/applications/workbench-server/target"));
            try (InputStream code = StandInWorkbench.class.getClassLoader().getResourceAsStream(name);
                    JarOutputStream jar = new JarOutputStream(
                            Files.newOutputStream(folder.resolve("workbench-server.jar")), manifest)) {
                if (code == null) {
                    throw new IllegalStateException("the test class path lacks " + name);
                }
                jar.putNextEntry(new ZipEntry(name));
                code.transferTo(jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

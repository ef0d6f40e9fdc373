package io.lathe.workbench;

import io.lathe.models.SampleModels;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/** A small checkout for tests: one template, one Python package with data, and a stand-in for the serving endpoint. */
final class Checkout {
    static final String TEMPLATE = "tabular";

    private Checkout() {}

    /** Lays it out in an empty folder. */
    static Path in(Path home) {
        try {
            Path template = Files.createDirectories(home.resolve("templates").resolve(TEMPLATE));
            Files.writeString(template.resolve("template.json"), """
                    {"name": "tabular", "title": "Tabular <classification>", "description": "Rows & columns", "notebook": "first.ipynb",
                     "datasets": [{"name": "penguins-test", "pythonPackage": "sample", "path": "data/penguins.csv"}]}""");
            Files.writeString(template.resolve("first.ipynb"), "{}");
            Files.writeString(Files.createDirectories(template.resolve("src")).resolve("Code.java"), "class Code {}");
            Path data = Files.createDirectories(home.resolve(".build/python/lib/python3.11/site-packages/sample/data"));
            Files.write(data.resolve("penguins.csv"), SampleModels.evaluationCsv());
            Path jar = home.resolve("serving-endpoint/target/serving-endpoint.jar");
            Files.createDirectories(home.resolve("serving-endpoint/target"));
            writeJar(jar);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInEndpoint.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> entry.contains("jackson"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        String name = StandInEndpoint.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = StandInEndpoint.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new ZipEntry(name));
            if (in == null) {
                throw new IllegalStateException("The test class path lacks " + name);
            }
            in.transferTo(out);
            out.closeEntry();
        }
    }
}

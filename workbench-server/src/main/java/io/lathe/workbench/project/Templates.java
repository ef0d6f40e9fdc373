package io.lathe.workbench.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.Nearest;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.problem.Shown;
import io.lathe.workbench.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The templates of this checkout: folders with a {@code template.json}. Read anew at each call. Thread-safe. */
public final class Templates {
    /** Describes a template; not copied into projects. */
    static final String CARD = "template.json";

    private final Path folder;

    public Templates(Path folder) {
        this.folder = folder;
    }

    /** All templates by name; empty when the folder is missing. */
    public List<Template> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(candidate -> Files.isRegularFile(candidate.resolve(CARD)))
                    .sorted()
                    .map(Templates::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    /** @throws LatheException NOT_FOUND, naming the nearest template there is */
    public Template load(String name) {
        List<Template> all = list();
        return all.stream()
                .filter(template -> template.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LatheException(
                        ProblemCode.NOT_FOUND,
                        "There is no template '" + Shown.of(name) + "'."
                                + Nearest.hint(
                                        name, all.stream().map(Template::name).toList())));
    }

    private static Template read(Path folder) {
        try {
            JsonNode card = Json.tree(Files.readString(folder.resolve(CARD)));
            List<Template.Seed> seeds = new ArrayList<>();
            for (JsonNode seed : card.path("datasets")) {
                seeds.add(new Template.Seed(text(seed, "name"), text(seed, "pythonPackage"), text(seed, "path")));
            }
            return new Template(
                    String.valueOf(folder.getFileName()),
                    text(card, "title"),
                    text(card, "description"),
                    text(card, "notebook"),
                    seeds,
                    folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the template in " + folder, e);
        }
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isBlank()) {
            throw new LatheException(
                    ProblemCode.INTERNAL, "A template's " + CARD + " lacks the field '" + field + "'.");
        }
        return text;
    }
}

package io.lathe.workbench.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.workbench.json.Json;
import io.lathe.workbench.process.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The endpoint that was started last, kept in a file so that the next workbench finds it. */
record EndpointCard(LocalProcess process, int port) {
    static Optional<EndpointCard> read(Path file) {
        try {
            JsonNode card = Json.tree(Files.readString(file));
            return Optional.of(new EndpointCard(
                    new LocalProcess(
                            card.path("pid").asLong(), card.path("started").asLong()),
                    card.path("port").asInt()));
        } catch (IOException | LatheException e) {
            return Optional.empty();
        }
    }

    void write(Path file) {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("pid", process.pid());
        card.put("started", process.started());
        card.put("port", port);
        card.put("url", url());
        Path fresh = Path.of(file + ".new");
        try {
            Files.writeString(fresh, Json.write(card) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(fresh);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }
}

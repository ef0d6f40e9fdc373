package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.datasets.store.Sha256;
import io.lathe.datasets.store.SmallDisk;
import io.lathe.workbench.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workbench whose data folder is a small disk that fills while it runs. */
@Tag("slow")
class FullDiskTest {
    private static final int ROOM_KIB = 24 << 10;

    @TempDir
    Path folder;

    private Path data = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void makeCheckout() throws Exception {
        home = Checkout.in(folder.resolve("home"));
        data = folder.resolve("data");
    }

    @Test
    void whatCannotBeKeptIsRefusedWithTheRemedyAndWorksWhenThereIsRoom() throws Exception {
        byte[] object = new byte[4 << 20];
        String sha256 = Sha256.of(object);
        try (SmallDisk disk = SmallDisk.at(data, ROOM_KIB)) {
            try (RunningWorkbench workbench = new RunningWorkbench(data, home)) {
                workbench.makeProject("kept");
                HttpRequest.Builder upload = workbench
                        .kernel(
                                "kept",
                                "/api/v1/project/store/objects/objects/" + sha256.substring(0, 2) + "/" + sha256)
                        .header("If-None-Match", "*")
                        .PUT(BodyPublishers.ofByteArray(object));
                disk.fill();
                assertFull(workbench.send(upload));
                HttpResponse<String> token = token(workbench, "t");
                for (int i = 0; i < 1000 && token.statusCode() == 201; i++) {
                    // The database's log has a little room of its own.
                    disk.fill();
                    token = token(workbench, "t" + i);
                }
                assertFull(token);
                assertThat(workbench.get("/api/v1/projects").findValuesAsText("name"))
                        .contains("kept");
                disk.makeRoom();
                assertThat(workbench.send(upload).statusCode()).isEqualTo(201);
                assertThat(token(workbench, "after").statusCode()).isEqualTo(201);
            }
            try (RunningWorkbench again = new RunningWorkbench(data, home)) {
                assertThat(again.get("/api/v1/tokens").findValuesAsText("name")).contains("after");
            }
        }
    }

    @Test
    void noRoomAtStartIsSaidWithoutATraceAndLeavesNothingHalf() throws Exception {
        try (SmallDisk disk = SmallDisk.at(data, ROOM_KIB)) {
            disk.fill();
            assertThatThrownBy(() -> new RunningWorkbench(data, home).close())
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("Free some space");
            disk.makeRoom();
            try (RunningWorkbench workbench = new RunningWorkbench(data, home)) {
                workbench.makeProject("first");
            }
        }
    }

    private void assertFull(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
        JsonNode problem = Json.tree(answer.body());
        assertThat(problem.path("type").asText()).isEqualTo(ProblemCode.INSUFFICIENT_STORAGE.typeUri());
        assertThat(problem.path("detail").asText())
                .contains("'" + data + "' is full")
                .containsPattern("\\d KiB are free")
                .contains("Free some space there and try again");
    }

    private static HttpResponse<String> token(RunningWorkbench workbench, String name) {
        return workbench.send(
                workbench.operator("/api/v1/tokens").POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
    }
}

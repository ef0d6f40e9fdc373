package io.lathe.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lathe.launcher.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void settingsOfANewerLatheAreRefusedAsSuch() throws Exception {
        Path file = folder.resolve("settings.json");
        Files.writeString(file, "{\"format\":1,\"ports\":[8080]}");
        assertThatThrownBy(() -> Settings.load(file))
                .hasMessageContaining("is of a newer Lathe")
                .hasMessageContaining("format 1")
                .hasMessageNotContaining("delete");
    }

    @Test
    void missingFileMeansTheStandardPorts() {
        assertThat(Settings.load(file())).isEqualTo(new Settings(8080, 8501, "process", "names"));
    }

    @Test
    void chosenPortsAreKept() {
        Settings.STANDARD.with(ports(9001, 9002)).save(file());
        assertThat(Settings.load(file()).with(Settings.Wishes.NONE))
                .isEqualTo(new Settings(9001, 9002, "process", "names"));
    }

    @Test
    void zeroPicksFreePortsThatAreThenKept() {
        Settings chosen = Settings.STANDARD.with(ports(0, 0));
        assertThat(chosen.port()).isPositive().isNotEqualTo(chosen.servingPort());
        chosen.save(file());
        assertThat(Settings.load(file())).isEqualTo(chosen);
    }

    @Test
    void samePortTwiceIsRefused() {
        assertThatThrownBy(() -> Settings.STANDARD.with(ports(9001, 9001)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("9001");
    }

    @Test
    void portOutsideTheRangeIsRefused() {
        assertThatThrownBy(() -> Settings.STANDARD.with(ports(70_000, 8501)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("70000");
    }

    @Test
    void unknownProvisionerNamesTheNearest() {
        Settings.Wishes wishes =
                new Settings.Wishes(Optional.empty(), Optional.empty(), Optional.of("proces"), Optional.empty());
        assertThatThrownBy(() -> Settings.STANDARD.with(wishes)).hasMessageContaining("'process'");
    }

    @Test
    void brokenOrUnknownSettingsNameTheFile() throws IOException {
        Files.writeString(file(), "{\"port\":8080,\"servingPort\":8501,\"provisioner\":\"process\",\"prot\":1}");
        assertThatThrownBy(() -> Settings.load(file()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("prot");
        Files.writeString(file(), "{\"port\":");
        assertThatThrownBy(() -> Settings.load(file())).hasMessageContaining(file().toString());
    }

    @Test
    void whatIsWrongWithSettingsIsSaidByLineAndNotByClass() throws IOException {
        Map<String, String> wrong = Map.of(
                "{\n\"port\":8080,\n]", "line 3: this is not JSON",
                "{\"port\":8080,\"servingPort\":8501,\n\"provisioner\":\"process\",\n\"prot\":1}",
                        "line 3: there is no setting 'prot'",
                "{\"port\":8080,\n\"servingPort\":[],\"provisioner\":\"process\"}",
                        "line 2: 'servingPort' cannot have that value",
                "{\"port\":99999,\"servingPort\":1,\"provisioner\":\"process\"}",
                        "port must be 0 (any) or 1 to 65535, not 99999",
                "{\"port\":8080}", "it has no 'servingPort'",
                "", "it is no JSON object",
                "[]", "it is no JSON object");
        for (var one : wrong.entrySet()) {
            Files.writeString(file(), one.getKey());
            assertThatThrownBy(() -> Settings.load(file()))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("cannot read the settings in " + file() + ": " + one.getValue())
                    .hasMessageContaining("Mend the file, or delete it")
                    .hasMessageNotContaining("REDACTED")
                    .hasMessageNotContaining("io.lathe");
        }
    }

    private Path file() {
        return folder.resolve("settings.json");
    }

    private static Settings.Wishes ports(int port, int servingPort) {
        return new Settings.Wishes(Optional.of(port), Optional.of(servingPort), Optional.empty(), Optional.empty());
    }
}

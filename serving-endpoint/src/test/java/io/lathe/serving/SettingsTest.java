package io.lathe.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void everyOptionIsMapped() {
        assertThat(Settings.parse(
                        "--port", "8501", "--data", "/d", "--token-file", "/t", "--workbench", "http://127.0.0.1:8080"))
                .isEqualTo(new Settings(Path.of("/d"), 8501, URI.create("http://127.0.0.1:8080"), Path.of("/t")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot 1 | Unknown option '--prot'. Did you mean '--port'?",
                "--port | Option --port needs a value",
                "--port 1 --port 2 | given twice",
                "--data /d --token-file /t --workbench http://h | Option --port is needed",
                "--data /d --token-file /t --workbench http://h --port 65536 | 0 to 65535",
                "--data /d --token-file /t --workbench http://h --port -1 | 0 to 65535",
                "--data /d --token-file /t --workbench file:///etc --port 0 | must look like",
                "--data /d --token-file /t --workbench http://u:p@h --port 0 | must look like",
                "--data /d --token-file /t --workbench http://h:x:y:z/[ --port 0 | no URL",
            })
    void aWrongOptionIsRefusedInWords(String line, String message) {
        assertThatThrownBy(() -> Settings.parse(line.split(" "))).hasMessageContaining(message);
    }
}

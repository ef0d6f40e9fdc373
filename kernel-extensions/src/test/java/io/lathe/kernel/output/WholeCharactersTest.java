package io.lathe.kernel.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeCharactersTest {
    private final List<String> arrived = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 31})
    void everyFlushDeliversWholeCharacters(int step) throws IOException {
        String text = "żółć 東京 🚀 plain\n".repeat(50);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        try (PrintStream out = printing()) {
            for (int at = 0; at < bytes.length; at += step) {
                out.write(bytes, at, Math.min(step, bytes.length - at));
                out.flush();
            }
        }

        assertThat(String.join("", arrived)).isEqualTo(text);
        assertThat(arrived).noneMatch(part -> part.contains("\uFFFD"));
    }

    @Test
    void bytesThatAreNoTextPass() throws IOException {
        try (PrintStream out = printing()) {
            out.write(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 'a'});
            out.flush();
        }
        assertThat(String.join("", arrived)).endsWith("a").hasSize(5);
    }

    /** Decodes what has come at each flush, as the kernel does. */
    private PrintStream printing() {
        var buffer = new ByteArrayOutputStream();
        var kernel = new OutputStream() {
            @Override
            public void write(int value) {
                buffer.write(value);
            }

            @Override
            public void flush() {
                arrived.add(buffer.toString(StandardCharsets.UTF_8));
                buffer.reset();
            }
        };
        return new PrintStream(new WholeCharacters(kernel), true, StandardCharsets.UTF_8);
    }
}

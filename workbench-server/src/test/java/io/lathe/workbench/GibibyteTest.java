package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lathe.workbench.proxy.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 1 GiB into a real JupyterLab and out of it, through a workbench that would die if it held a tenth of it. */
@Tag("scale")
class GibibyteTest {
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 1024;
    private static final int SLOW_READERS = 20;

    @TempDir
    static Path data;

    private static WorkbenchProcess workbench;
    private static LabBrowser browser;
    private static byte[] noise;
    private static long sum;

    @BeforeAll
    static void upload() {
        workbench = new WorkbenchProcess(data, List.of("-Xmx64m", "-XX:MaxDirectMemorySize=32m"), "penguins");
        browser = workbench.open("penguins");
        noise = new byte[PIECE];
        new SplittableRandom(7).nextBytes(noise);
        CRC32C sent = new CRC32C();
        for (int i = 0; i < PIECES; i++) {
            byte[] piece = piece(i);
            sent.update(piece);
            LabBrowser.Answer answer =
                    browser.sendPiece("/projects/penguins/api/contents/big.bin", i == PIECES - 1 ? -1 : i + 1, piece);
            assertThat(answer.status()).as(answer::text).isIn(200, 201);
        }
        sum = sent.getValue();
        Figures.add("GibibyteTest.peak memory of the workbench after 1 GiB up", workbench.peakBytes(), "bytes");
    }

    @AfterAll
    static void stop() {
        if (workbench != null) {
            workbench.close();
        }
    }

    private static byte[] piece(int number) {
        byte[] piece = noise.clone();
        ByteBuffer.wrap(piece).putInt(0, number);
        return piece;
    }

    private static long sumOf(InputStream in) throws IOException {
        CRC32C received = new CRC32C();
        byte[] buffer = new byte[PIECE];
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            received.update(buffer, 0, read);
            bytes += read;
        }
        assertThat(bytes).isEqualTo((long) PIECE * PIECES);
        return received.getValue();
    }

    private static Socket begin() {
        return browser.begin("/projects/penguins/files/big.bin?_xsrf=" + browser.cookies.get("_xsrf"));
    }

    @Test
    void whatWasUploadedInPiecesIsWholeOnDiskAndComesBackWhole() throws IOException {
        try (InputStream onDisk = Files.newInputStream(data.resolve("projects/penguins/big.bin"))) {
            assertThat(sumOf(onDisk)).isEqualTo(sum);
        }
        try (Socket socket = begin()) {
            assertThat(sumOf(socket.getInputStream())).isEqualTo(sum);
        }
        Figures.add("GibibyteTest.peak memory of the workbench after 1 GiB down", workbench.peakBytes(), "bytes");
        assertThat(workbench.isAlive()).isTrue();
    }

    @Test
    void readersThatTakeNothingHoldUpNobodyAndTakeNoMemory() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_READERS; i++) {
                slow.add(begin());
            }
            try (Socket socket = begin()) {
                assertThat(sumOf(socket.getInputStream())).isEqualTo(sum);
            }
            Figures.add(
                    "GibibyteTest.peak memory of the workbench with " + SLOW_READERS + " slow readers",
                    workbench.peakBytes(),
                    "bytes");
            for (Socket each : slow) {
                for (int i = 0; i < 4; i++) {
                    assertThat(each.getInputStream().readNBytes(PIECE)).isEqualTo(piece(i));
                }
            }
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
        assertThat(workbench.isAlive()).isTrue();
    }
}

package io.lathe.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Case O-C4: files sent in pieces, as JupyterLab sends what is dropped on it, through a workbench of 96 MB. */
@Tag("slow")
class UploadTest {
    private static final int PIECES = 64;

    @TempDir
    static Path data;

    private static WorkbenchProcess workbench;
    private static LabBrowser browser;
    private static byte[] block;

    @BeforeAll
    static void start() throws Exception {
        workbench = new WorkbenchProcess(data, List.of("-Xmx96m"), "penguins");
        browser = workbench.open("penguins");
        Process random = new ProcessBuilder(
                        WorkbenchProcess.home()
                                .resolve(".build/python/bin/python")
                                .toString(),
                        "-c",
                        "import random,sys; r=random.Random(7); sys.stdout.buffer.write(bytes(r.getrandbits(8) for _ in range(2**20)))")
                .start();
        block = random.getInputStream().readAllBytes();
        assertThat(random.waitFor()).isZero();
    }

    @AfterAll
    static void stop() {
        if (workbench != null) {
            workbench.close();
        }
    }

    private static byte[] piece(int number) {
        byte[] piece = block.clone();
        ByteBuffer.wrap(piece).putInt(0, number);
        return piece;
    }

    private static LabBrowser.Answer send(String name, int chunk, byte[] bytes) {
        return browser.sendPiece("/projects/penguins/api/contents/" + name, chunk, bytes);
    }

    private static void upload(String name, int from, int to, int first) {
        for (int i = from; i < to; i++) {
            LabBrowser.Answer answer = send(name, i == PIECES - 1 ? -1 : i + 1, piece(first + i));
            assertThat(answer.status()).as(answer::text).isIn(200, 201);
        }
    }

    private static List<String> listed() {
        return browser.get("/projects/penguins/api/contents?content=1")
                .json()
                .path("content")
                .findValuesAsText("name");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static Path file(String name) {
        return data.resolve("projects/penguins").resolve(name);
    }

    @Test
    void fileOf64MebibytesArrivesWholeAndComesBackWhole() throws Exception {
        upload("big.bin", 0, PIECES, 0);

        String expected = "88feb739a93e5c54f6ab5719124cbf56b7df913bfa7614f0532bea261d753609";
        assertThat(sha256(Files.readAllBytes(file("big.bin")))).isEqualTo(expected);
        LabBrowser.Answer read = browser.get("/projects/penguins/files/big.bin?_xsrf=" + browser.cookies.get("_xsrf"));
        assertThat(sha256(read.bytes())).isEqualTo(expected);
        assertThat(workbench.isAlive()).isTrue();
    }

    @Test
    void uploadThatIsCutIsNeverListedAndAnOlderFileStays() throws Exception {
        upload("cut.bin", 0, 26, 0);

        assertThat(listed()).doesNotContain("cut.bin");
        assertThat(file("cut.bin")).doesNotExist();
        assertThat(browser.get("/projects/penguins/api/contents/cut.bin?content=0")
                        .status())
                .isEqualTo(404);

        Files.writeString(file("kept.txt"), "before");
        upload("kept.txt", 0, 3, 0);
        assertThat(file("kept.txt")).hasContent("before");
        upload("kept.txt", 63, 64, 0);
        assertThat(Files.size(file("kept.txt"))).isEqualTo(4L << 20);
    }

    @Test
    void uploadsOfTwoNamesAtOnceDoNotMix() throws Exception {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> upload("two.bin", 0, PIECES, 1000));
        upload("one.bin", 0, PIECES, 0);
        other.join();

        assertThat(file("one.bin")).hasBinaryContent(expected(0));
        assertThat(file("two.bin")).hasBinaryContent(expected(1000));
    }

    private static byte[] expected(int first) throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < PIECES; i++) {
            all.write(piece(first + i));
        }
        return all.toByteArray();
    }

    @Test
    void secondUploadOfANameThatIsOnItsWayIsRefusedAndDoesNotDisturbTheFirst() throws Exception {
        upload("same.bin", 0, 3, 0);

        LabBrowser.Answer second = send("same.bin", 1, piece(9));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text()).contains("'same.bin' is being uploaded already");
        upload("same.bin", 3, PIECES, 0);

        assertThat(file("same.bin")).hasBinaryContent(expected(0));
    }

    @Test
    void pieceOutOfTurnSpoilsTheUpload() {
        upload("gap.bin", 0, 2, 0);

        assertThat(send("gap.bin", 4, piece(3)).status()).isEqualTo(409);
        assertThat(send("gap.bin", 3, piece(2)).status()).isEqualTo(409);
        assertThat(send("never-begun.bin", -1, piece(2)).status()).isEqualTo(409);
        assertThat(listed()).doesNotContain("gap.bin", "never-begun.bin");
    }

    @Test
    void piecesNeverLeaveTheProject() {
        for (String name : new String[] {"..%2F..%2Fescaped.bin", "%2e%2e/escaped.bin", ".hidden.bin"}) {
            assertThat(send(name, 1, piece(0)).status()).as(name).isBetween(400, 499);
        }
        assertThat(data.resolve("escaped.bin")).doesNotExist();
    }

    @Test
    void requestOverTheLimitIsRefusedWithTheLimit() {
        LabBrowser.Answer announced = browser.exchange(
                "PUT",
                "/projects/penguins/api/contents/huge.bin",
                "Origin: " + browser.origin() + "\r\nX-XSRFToken: " + browser.cookies.get("_xsrf")
                        + "\r\nContent-Length: " + ((512L << 20) + 1) + "\r\n",
                null);

        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.text()).contains("512 MiB", "536870913");
        assertThat(listed()).doesNotContain("huge.bin");
    }
}

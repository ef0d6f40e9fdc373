package io.lathe.workbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 1 GiB each way through a process that has room for a twentieth of it: it would die if it held a body. */
@Tag("slow")
class ManyBytesTest {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 1024;

    @TempDir
    Path folder;

    private static void fill(byte[] block, int number) {
        java.util.Arrays.fill(block, (byte) number);
        block[number] = (byte) (number >> 8);
    }

    @Test
    void gibibyteGoesUpAndComesDownWholeThrough48Megabytes() throws Exception {
        AtomicLong checked = new AtomicLong();
        ScriptedServer notebooks = new ScriptedServer(exchange -> {
            if (exchange.head().startsWith("PUT ")) {
                CRC32C sum = new CRC32C();
                byte[] buffer = new byte[BLOCK];
                for (long left = (long) BLOCK * BLOCKS; left > 0; ) {
                    int read = exchange.in().read(buffer, 0, (int) Math.min(left, buffer.length));
                    sum.update(buffer, 0, read);
                    left -= read;
                }
                checked.set(sum.getValue());
                exchange.ok("whole");
            } else {
                exchange.answer("HTTP/1.1 200 OK\nContent-Length: " + (long) BLOCK * BLOCKS + "\n\n");
                send(exchange.out(), new CRC32C());
            }
        });
        try (notebooks;
                SmallEdge edge = new SmallEdge(
                        folder, notebooks.port(), "-Xmx48m", "-XX:MaxDirectMemorySize=16m", "-XX:+UseSerialGC")) {
            String identity = "\r\nHost: " + edge.host() + "\r\nOrigin: http://" + edge.host() + "\r\nCookie: "
                    + edge.cookie + "\r\n";
            CRC32C up = new CRC32C();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port)) {
                socket.getOutputStream()
                        .write(("PUT /projects/a/big HTTP/1.1" + identity + "Content-Length: " + (long) BLOCK * BLOCKS
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                send(socket.getOutputStream(), up);
                assertThat(ScriptedServer.readHead(socket.getInputStream())).startsWith("HTTP/1.1 200");
            }
            assertThat(checked.get()).isEqualTo(up.getValue());

            CRC32C down = new CRC32C();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port)) {
                socket.getOutputStream()
                        .write(("GET /projects/a/big HTTP/1.1" + identity + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                assertThat(ScriptedServer.readHead(in)).startsWith("HTTP/1.1 200");
                byte[] buffer = new byte[BLOCK];
                for (long left = (long) BLOCK * BLOCKS; left > 0; ) {
                    int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                    assertThat(read).isPositive();
                    down.update(buffer, 0, read);
                    left -= read;
                }
            }
            assertThat(down.getValue()).isEqualTo(up.getValue());
            SmallEdge.Use use = edge.use();
            Figures.add("ManyBytesTest.heap after 2 GiB", use.heapBytes(), "bytes");
            Figures.add("ManyBytesTest.direct memory after 2 GiB", use.directBytes(), "bytes");
        }
    }

    private static void send(OutputStream out, CRC32C sum) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCKS; i++) {
            fill(block, i);
            sum.update(block);
            out.write(block);
        }
        out.flush();
    }
}

package io.lathe.product.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of, and done to, the real processes from outside. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessSecurityTest {
    private static final int HALF_OPEN = 300;

    private final RunningPair pair;

    ProcessSecurityTest(@TempDir Path folder) throws Exception {
        pair = new RunningPair(folder);
    }

    @AfterAll
    void stop() {
        pair.close();
    }

    /** Uses every secret once, so that it could have been written somewhere. */
    private Map<String, String> usedSecrets() throws Exception {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("operator token", pair.secret("run/operator-token"));
        secrets.put("serving token", pair.secret("run/serving-token"));
        String link = new ObjectMapper()
                .readTree(pair.post("/api/v1/login-links", "").body())
                .path("url")
                .asText();
        String code = link.substring(link.indexOf('=') + 1);
        secrets.put("login code", code);
        pair.send(pair.request(pair.port(), "/login?code=" + code).GET());
        String cookie = pair.send(pair.request(pair.port(), "/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("code=" + code)))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceFirst("^lathe_session=([^;]+);.*$", "$1");
        secrets.put("session", cookie);
        pair.send(pair.request(pair.port(), "/").header("Cookie", "lathe_session=" + cookie));
        String guessed = "guessed-7d1e5c3a9b";
        secrets.put("a token that is wrong", guessed);
        for (int port : List.of(pair.port(), pair.servingPort())) {
            pair.send(pair.request(port, "/v1/models/m:predict?token=" + guessed)
                    .header("Authorization", "Bearer " + guessed)
                    .POST(BodyPublishers.ofString("{\"x\":")));
        }
        return secrets;
    }

    @Test
    void noSecretIsInAFileALogAnArgumentOrAnEnvironment() throws Exception {
        Map<String, String> secrets = usedSecrets();
        List<String> found = new ArrayList<>();
        List<Path> places = new ArrayList<>(List.of(pair.log));
        for (long pid : List.of(pair.pid(), pair.servingPid())) {
            places.add(Path.of("/proc", String.valueOf(pid), "cmdline"));
            places.add(Path.of("/proc", String.valueOf(pid), "environ"));
        }
        try (Stream<Path> files = Files.walk(pair.data)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("operator-token") && !file.endsWith("serving-token"))
                    .forEach(places::add);
        }
        assertThat(places)
                .anyMatch(place -> place.endsWith("lathe.db"))
                .anyMatch(place -> place.endsWith("serving.log"));
        for (Path place : places) {
            String bytes = new String(Files.readAllBytes(place), StandardCharsets.ISO_8859_1);
            secrets.forEach((name, secret) -> {
                if (bytes.contains(secret)) {
                    found.add(name + " in " + place);
                }
            });
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theDataFolderIsTheOwnersAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pair.data)))
                .isEqualTo("rwx------");
        for (String secret : List.of("run/operator-token", "run/serving-token")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pair.data.resolve(secret))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void bothListenOnLoopbackAlone() throws Exception {
        for (int port : List.of(pair.port(), pair.servingPort())) {
            List<String> listening = listening(port);
            assertThat(listening).isNotEmpty().allMatch(ProcessSecurityTest::isLoopback);
        }
    }

    /** Addresses in hexadecimal, as the kernel prints them, of the sockets that listen on a port. */
    private static List<String> listening(int port) throws IOException {
        String wanted = ":" + HexFormat.of().withUpperCase().toHexDigits((short) port);
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > 3 && columns[3].equals("0A") && columns[1].endsWith(wanted)) {
                    addresses.add(columns[1].substring(0, columns[1].indexOf(':')));
                }
            }
        }
        return addresses;
    }

    private static boolean isLoopback(String address) {
        return List.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000")
                .contains(address);
    }

    @Test
    void requestsThatNeverEndKeepNobodyElseWaiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int port : List.of(pair.port(), pair.servingPort())) {
                for (int i = 0; i < HALF_OPEN; i++) {
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    slow.add(socket);
                    String start = i % 2 == 0
                            ? "GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\nX: "
                            : "POST /v1/models/m:predict HTTP/1.1\r\nHost: localhost:" + port
                                    + "\r\nContent-Length: 1000\r\n\r\n{";
                    socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
                }
            }
            assertThat(pair.send(pair.request(pair.port(), "/api/v1/health").GET())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(pair.send(pair.request(pair.servingPort(), "/v2/health/live")
                                    .GET())
                            .statusCode())
                    .isEqualTo(200);
            for (Socket socket : slow) {
                socket.getOutputStream().write('x');
            }
            assertThat(pair.send(pair.request(pair.servingPort(), "/lathe/status")
                                    .GET())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void noRequestForgesALineInALog() throws Exception {
        String forged = "%0d%0a2026-01-01T00:00:00.000Z%20INFO%20%20App%20forged%1b%5b31m%e2%80%a8forged";
        for (int port : List.of(pair.port(), pair.servingPort())) {
            for (String path : List.of("/", "/projects/", "/api/v1/models/", "/v1/models/", "/assets/")) {
                pair.send(pair.request(port, path + forged)
                        .header("Authorization", "Bearer " + pair.secret("run/operator-token"))
                        .header("User-Agent", "x\ty \u00a0")
                        .GET());
            }
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write("GET /\u001b[31m HTTP/1.1\r\nHost: a\u001b[31m\rforged\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                socket.getInputStream().readAllBytes();
            }
        }
        for (Path log : List.of(pair.log, pair.data.resolve("logs/serving.log"))) {
            assertThat(Files.readString(log)).doesNotContain("\u001b", "\u2028");
            assertThat(Files.readAllLines(log)).noneMatch(line -> line.startsWith("2026-01-01"));
        }
    }
}

package io.lathe.launcher.setup;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells from a tool's last words that it could not reach its source of packages. */
final class Network {
    private static final Pattern UNREACHABLE = Pattern.compile("Could not transfer artifact"
            + "|UnknownHostException|Temporary failure in name resolution|Name or service not known|Could not resolve host"
            + "|NewConnectionError|ProxyError|Cannot connect to proxy|ConnectTimeoutError|ReadTimeoutError|[Cc]onnect timed out"
            + "|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|Connection refused|Network is unreachable");

    private static final List<String> PROXIES =
            List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");

    private Network() {}

    static boolean isMeantBy(String words) {
        return UNREACHABLE.matcher(words).find();
    }

    static String remedy() {
        return "The source of its packages cannot be reached"
                + proxy().map(" "::concat).orElse("")
                + ". What was made before is kept: when the network is back, run the same command again."
                + " Behind a proxy or with a mirror of packages, see docs/troubleshooting.md";
    }

    /** The proxy that tools take from the environment, without the password that may be in it. */
    static Optional<String> proxy() {
        return PROXIES.stream()
                .flatMap(name -> Stream.ofNullable(System.getenv(name))
                        .filter(value -> !value.isBlank())
                        .map(value -> "through " + name + "=" + value.replaceFirst("//.*@", "//")))
                .findFirst();
    }
}

package io.lathe.workbench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeRulesTest {
    private static final String OWN = "http://a.notebooks.localhost:8080";

    /** A dash stands for a header that is not sent. */
    @ParameterizedTest
    @CsvSource({
        // method, Origin, site, mode, dest, allowed
        "GET, -, -, -, -, true",
        "GET, -, none, navigate, document, true",
        "GET, -, same-origin, cors, empty, true",
        "GET, -, cross-site, navigate, document, true",
        "GET, -, same-site, navigate, document, true",
        "GET, -, cross-site, navigate, iframe, false",
        "GET, -, same-site, navigate, object, false",
        "GET, -, cross-site, no-cors, script, false",
        "GET, -, same-site, no-cors, image, false",
        "GET, http://b.notebooks.localhost:8080, same-site, cors, empty, false",
        "GET, http://a.notebooks.localhost, -, -, -, false",
        "HEAD, -, cross-site, no-cors, empty, false",
        "OPTIONS, http://evil.example, cross-site, cors, empty, false",
        "OPTIONS, -, cross-site, navigate, document, false",
        "POST, http://a.notebooks.localhost:8080, same-origin, cors, empty, true",
        "POST, http://a.notebooks.localhost:8080, -, -, -, true",
        "POST, -, same-origin, cors, empty, true",
        "POST, -, none, navigate, document, false",
        "POST, -, -, -, -, false",
        "POST, null, cross-site, navigate, document, false",
        "POST, https://a.notebooks.localhost:8080, -, -, -, false",
        "POST, http://A.notebooks.localhost:8080, -, -, -, false",
        "DELETE, http://evil.example, cross-site, cors, empty, false",
        "PROPFIND, -, cross-site, cors, empty, false",
        "get, -, -, -, -, false"
    })
    void onlyTheProjectsOwnPagesAndNavigationsGetThrough(
            String method, String origin, String site, String mode, String destination, boolean allowed) {
        HttpFields.Mutable headers = HttpFields.build();
        put(headers, "Origin", origin);
        put(headers, "Sec-Fetch-Site", site);
        put(headers, "Sec-Fetch-Mode", mode);
        put(headers, "Sec-Fetch-Dest", destination);

        assertThat(EdgeRules.refusal(method, headers, OWN).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void webSocketNeedsExactlyItsOwnOrigin() {
        assertThat(EdgeRules.refusalOfWebSocket(HttpFields.build().add("Origin", OWN), OWN))
                .isEmpty();
        assertThat(EdgeRules.refusalOfWebSocket(HttpFields.build().add("Sec-Fetch-Site", "same-origin"), OWN))
                .isPresent();
        assertThat(EdgeRules.refusalOfWebSocket(HttpFields.build().add("Origin", "http://evil.example"), OWN))
                .isPresent();
        assertThat(EdgeRules.refusalOfWebSocket(
                        HttpFields.build().add("Origin", OWN).add("Origin", OWN), OWN))
                .isPresent();
    }

    private static void put(HttpFields.Mutable headers, String name, String value) {
        if (!value.equals("-")) {
            headers.put(name, value);
        }
    }
}

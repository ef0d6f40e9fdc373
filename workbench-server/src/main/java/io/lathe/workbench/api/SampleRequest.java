package io.lathe.workbench.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.lathe.workbench.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of a model that works when a token is put in.
 *
 * @param curl the call as a command line for a POSIX shell
 */
public record SampleRequest(String url, Map<String, Object> body, String curl) {
    /**
     * @param serving the endpoint's address
     * @param sampleRow a raw row the model accepts
     */
    public static SampleRequest of(String serving, String model, JsonNode sampleRow) {
        String url = serving + "/v1/models/" + model + ":predict";
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("instances", List.of(sampleRow));
        String curl = "curl -s " + url + " \\\n  -H \"Authorization: Bearer $LATHE_CONSUMER_TOKEN\" \\\n"
                + "  -H 'Content-Type: application/json' \\\n  -d '"
                + Json.write(body).replace("'", "'\\''") + "'";
        return new SampleRequest(url, body, curl);
    }
}

package io.lathe.kernel.magic;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that keep the order they are written in, for help texts. */
final class Ordered {

    private Ordered() {}

    static Map<String, String> map(String... keysAndValues) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
